using System.Net;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Channels;

/// <summary>What came of fetching a file from a provider.</summary>
internal enum MediaOutcome
{
    /// <summary>It is here.</summary>
    Taken,

    /// <summary>The provider no longer has it.</summary>
    Gone,

    /// <summary>It is larger than we take, or than the provider gives out.</summary>
    TooLarge,

    /// <summary>Something passing went wrong: another try can help.</summary>
    Later,
}

/// <summary>A file that hangs on a message, as the provider names it.</summary>
/// <param name="MediaId">The provider's id of the file.</param>
/// <param name="Url">Where the provider has it, if it says so.</param>
internal sealed record MediaPlace(AccountKind Kind, string? MediaId, string? Url);

/// <summary>
/// Fetches the files of guests' messages. WhatsApp and Telegram give an address for an id; Messenger and Instagram send the address with
/// the message. An address that is not the provider's own server is called as any address from outside: encrypted, never in a private
/// network, bounded in time and size.
/// </summary>
public sealed class ProviderMedia(Providers providers, ProviderSettings settings, OutsideHttp outside)
{
    /// <summary>The largest file that we take, in bytes: WhatsApp's own limit.</summary>
    public const long Most = 100L * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Kinds that are files. Others are links and cards, which nobody has to fetch.</summary>
    private static readonly HashSet<string> Files = new(StringComparer.Ordinal)
    {
        "image",
        "video",
        "audio",
        "voice",
        "file",
        "document",
        "sticker",
        "photo",
        "animation",
        "video_note",
        "story_mention",
        "ig_reel",
        "reel",
    };

    /// <summary>Whether there is a file to fetch.</summary>
    internal static bool IsFile(Attachment attachment) =>
        Files.Contains(attachment.Kind) && (attachment.MediaId is not null || attachment.Url is not null);

    /// <param name="token">The account's token; null where there is none any more.</param>
    /// <param name="to">What is written there is a file only if the outcome says so.</param>
    internal async Task<MediaOutcome> Fetch(MediaPlace place, string? token, Stream to, CancellationToken cancel)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(Patience);
        try
        {
            return place switch
            {
                { Kind: AccountKind.Telegram, MediaId: { } id } when token is not null => await FromTelegram(id, token, to, late.Token),
                { Kind: AccountKind.WhatsApp, MediaId: { } id } when token is not null => await FromWhatsApp(id, token, to, late.Token),
                { Kind: AccountKind.Messenger or AccountKind.Instagram, Url: { } url } => await From(place.Kind, url, null, to, late.Token),
                { Kind: AccountKind.Telegram or AccountKind.WhatsApp, MediaId: not null } => MediaOutcome.Later, // once the token is there
                _ => MediaOutcome.Gone,
            };
        }
        catch (Exception error) when (error is HttpRequestException or HttpIOException || IsTimeout(error, cancel))
        {
            return MediaOutcome.Later;
        }
    }

    private async Task<MediaOutcome> FromWhatsApp(string id, string token, Stream to, CancellationToken cancel)
    {
        var (status, body) = await providers.Meta.Get(AccountKind.WhatsApp, Uri.EscapeDataString(id), token, cancel);
        if (body.Address("url") is { } url && status is >= 200 and < 300)
        {
            return body.Number("file_size") > Most ? MediaOutcome.TooLarge : await From(AccountKind.WhatsApp, url, token, to, cancel);
        }

        // "Unsupported get request" is what the Graph API says of an id that is no more.
        return status == 404 || body.In("error").Number("code") is 100 or 131052 ? MediaOutcome.Gone : MediaOutcome.Later;
    }

    private async Task<MediaOutcome> FromTelegram(string id, string token, Stream to, CancellationToken cancel)
    {
        var (status, body) = await providers.Telegram.Get("getFile?file_id=" + Uri.EscapeDataString(id), token, cancel);
        if (status == 400)
        {
            return body.Name("description")?.Contains("too big", StringComparison.OrdinalIgnoreCase) == true
                ? MediaOutcome.TooLarge
                : MediaOutcome.Gone;
        }

        if (body.In("result").Address("file_path") is not { } path || !IsPlain(path))
        {
            return MediaOutcome.Later;
        }

        using var answer = await providers.Telegram.Download(path, token, cancel);
        return await Copy(answer, to, cancel);
    }

    private async Task<MediaOutcome> From(AccountKind kind, string url, string? token, Stream to, CancellationToken cancel)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return MediaOutcome.Gone;
        }

        if (IsOwn(address, settings.Of(kind)))
        {
            using var answer = await providers.Meta.Download(address, token, cancel);
            return await Copy(answer, to, cancel);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        var (said, isWhole) = await outside.Copy(request, to, Most, Patience, cancel);
        return said.Status is not { } status ? (said.Failure == OutsideFailure.Address ? MediaOutcome.Gone : MediaOutcome.Later)
            : status is >= 200 and < 300 ? (isWhole ? MediaOutcome.Taken : MediaOutcome.TooLarge)
            : Refused((HttpStatusCode)status);
    }

    private static async Task<MediaOutcome> Copy(HttpResponseMessage answer, Stream to, CancellationToken cancel)
    {
        if (!answer.IsSuccessStatusCode)
        {
            return Refused(answer.StatusCode);
        }

        await using var content = await answer.Content.ReadAsStreamAsync(cancel);
        return await content.CopyUpTo(to, Most, cancel) ? MediaOutcome.Taken : MediaOutcome.TooLarge;
    }

    // An expired signature in an address is a 403.
    private static MediaOutcome Refused(HttpStatusCode status) =>
        status is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden ? MediaOutcome.Gone : MediaOutcome.Later;

    // The address that the operator has set may be a private one: it is the stand-in's.
    private static bool IsOwn(Uri address, Uri set) =>
        address.Scheme == set.Scheme && address.Authority == set.Authority && address.UserInfo.Length == 0;

    private static bool IsPlain(string path) =>
        path.Split('/')
            .All(part => part is not ("" or "." or "..") && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'));

    private static bool IsTimeout(Exception error, CancellationToken cancel) =>
        error is OperationCanceledException && !cancel.IsCancellationRequested;
}
