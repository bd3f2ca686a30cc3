using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Bellhop.Platform.Web;

/// <summary>
/// A multipart request with one large file, <c>file</c>, and fields, in any order. Nothing is read before <see cref="Read"/>. The file is
/// written to disk as it arrives and never held in memory.
/// </summary>
public sealed class StreamedUpload(HttpRequest request)
{
    private const int MostText = 256 * 1024;
    private const int MostParts = 50;

    /// <param name="FileName">As the sender names it; it can be a path, and it can be empty.</param>
    /// <param name="Bytes">The length of the file.</param>
    /// <param name="Fields">The other parts.</param>
    /// <param name="ContentHash">SHA-256 of the file, in hexadecimal.</param>
    internal sealed record Received(string FileName, long Bytes, IReadOnlyDictionary<string, string> Fields, string ContentHash);

    /// <summary>Lets a route handler take a <see cref="StreamedUpload"/> as a parameter.</summary>
    public static ValueTask<StreamedUpload?> BindAsync(HttpContext http, ParameterInfo _) =>
        ValueTask.FromResult<StreamedUpload?>(new(http.Request));

    /// <summary>Reads the request to its end. The file is on disk when this returns.</summary>
    /// <param name="to">Makes the file to write to; it is closed when this ends, and the caller deletes it where this fails.</param>
    /// <param name="known">The names of the allowed fields.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <exception cref="Refusal">400 for a part that is unknown, repeated or missing, and for a request that breaks off.</exception>
    /// <exception cref="BadHttpRequestException">415 when the request is not multipart; 413.</exception>
    internal async Task<Received> Read(Func<FileStream> to, IReadOnlyList<string> known, CancellationToken cancel)
    {
        var boundary =
            MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
                ? HeaderUtilities.RemoveQuotes(type.Boundary).Value
                : null;
        if (string.IsNullOrWhiteSpace(boundary))
        {
            throw new BadHttpRequestException("The body is not multipart/form-data.", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            var parts = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 8 * 1024 };
            return await ReadParts(parts, to, known, cancel);
        }
        catch (Exception error)
            when (error is InvalidDataException
                || (error is IOException && error.Message.StartsWith("Unexpected end", StringComparison.Ordinal))
            )
        {
            throw Broken();
        }
    }

    private static async Task<Received> ReadParts(
        MultipartReader parts,
        Func<FileStream> to,
        IReadOnlyList<string> known,
        CancellationToken cancel
    )
    {
        var (fields, errors) = (new Dictionary<string, string>(StringComparer.Ordinal), new ValidationErrors());
        (string Name, long Bytes, string Hash)? file = null;
        for (var count = 0; await parts.ReadNextSectionAsync(cancel) is { } part; count++)
        {
            var name = ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)
                ? HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? ""
                : "";
            if (count == MostParts)
            {
                throw Broken();
            }

            if (name == "file" && file is null)
            {
                var (bytes, hash) = await Store(part.Body, to, cancel);
                file = (FileName(disposition!), bytes, hash);
            }
            else if (known.Contains(name, StringComparer.Ordinal) && !fields.ContainsKey(name))
            {
                fields[name] = await ReadText(part.Body, name, errors, cancel);
            }
            else
            {
                errors.Add(name.Length is > 0 and <= 64 ? name : "file", name == "file" || fields.ContainsKey(name) ? "Once" : "Unknown");
            }
        }

        if (file is null)
        {
            errors.Add("file", "Required");
        }

        errors.Refuse();
        return new(file!.Value.Name, file.Value.Bytes, fields, file.Value.Hash);
    }

    private static async Task<(long Bytes, string Hash)> Store(Stream body, Func<FileStream> to, CancellationToken cancel)
    {
        using var hash = SHA256.Create();
        await using var file = to();
        await using (var hashing = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            await body.CopyToAsync(hashing, 1 << 16, cancel);
            await hashing.FlushFinalBlockAsync(cancel);
        }

        await file.FlushAsync(cancel);
        file.Flush(flushToDisk: true);
        return (file.Length, Convert.ToHexStringLower(hash.Hash!));
    }

    private static async Task<string> ReadText(Stream body, string name, ValidationErrors errors, CancellationToken cancel)
    {
        var bytes = new byte[MostText + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        if (length > MostText)
        {
            errors.Add(name, "TooLong", MostText);
            await body.CopyToAsync(Stream.Null, cancel);
            return "";
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static string FileName(ContentDispositionHeaderValue disposition) =>
        HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "";

    private static Refusal Broken() => Refusal.Invalid("file", ErrorText.Of<WebTexts>("BrokenUpload"));
}
