using System.IO.Compression;
using System.Text;
using Bellhop.Platform;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Bellhop.Features.Channels;

/// <summary>Unwraps what a sender puts around its message: gzip, and the form with an action and a request that AlpineBits uses.</summary>
/// <param name="Action">AlpineBits' action; null for a message that comes bare.</param>
/// <param name="Message">The message's own bytes.</param>
public sealed record SentEnvelope(string? Action, byte[] Message)
{
    /// <summary>The most bytes that a compressed message may become.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private const int LongestBoundary = 100;
    private const int LongestAction = 200;

    /// <summary>Null where it cannot be unwrapped, or would become too large.</summary>
    public static async Task<SentEnvelope?> Open(byte[] body, string? mediaType, string? encoding, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(body);
        try
        {
            // Some senders compress without saying so: a message never begins with these two bytes.
            var plain = IsGzip(encoding) || body is [0x1F, 0x8B, ..] ? await Expand(body, cancel) : body;
            if (plain is null || !MediaTypeHeaderValue.TryParse(mediaType, out var type) || !IsForm(type))
            {
                return plain is null ? null : new(null, plain);
            }

            return type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
                ? OfFields(plain)
                : await OfParts(plain, HeaderUtilities.RemoveQuotes(type.Boundary).Value, cancel);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            return null;
        }
    }

    private static bool IsGzip(string? encoding) => encoding is not null && encoding.Contains("gzip", StringComparison.OrdinalIgnoreCase);

    private static bool IsForm(MediaTypeHeaderValue type) =>
        type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        || type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private static async Task<byte[]?> Expand(byte[] body, CancellationToken cancel)
    {
        await using var packed = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        return await packed.ReadUpTo(MostBytes, cancel);
    }

    private static SentEnvelope? OfFields(byte[] body)
    {
        var fields = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));
        return fields.TryGetValue("request", out var request) && request is [{ } text]
            ? new(fields.TryGetValue("action", out var action) && action is [{ } said] ? said : null, Encoding.UTF8.GetBytes(text))
            : new(null, body); // some say "form" of a bare message, because their library does
    }

    private static async Task<SentEnvelope?> OfParts(byte[] body, string? boundary, CancellationToken cancel)
    {
        if (boundary is not { Length: > 0 and <= LongestBoundary })
        {
            return null;
        }

        var reader = new MultipartReader(boundary, new MemoryStream(body)) { HeadersCountLimit = 16, HeadersLengthLimit = 4096 };
        var (action, request) = ((string?)null, (byte[]?)null);
        while (await reader.ReadNextSectionAsync(cancel) is { } section)
        {
            using var bytes = new MemoryStream();
            await section.Body.CopyToAsync(bytes, cancel);
            switch (HeaderUtilities.RemoveQuotes(section.GetContentDispositionHeader()?.Name ?? default).Value)
            {
                case "action" when bytes.Length <= LongestAction:
                    action = Encoding.UTF8.GetString(bytes.ToArray()).Trim();
                    break;
                case "request":
                    request = bytes.ToArray();
                    break;
                default:
                    break;
            }
        }

        return request is null && action is null ? null : new(action, request ?? []);
    }
}
