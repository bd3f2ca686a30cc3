using System.Security.Cryptography;

namespace Bellhop.Platform.Web;

/// <summary>The nonce that lets this response's own inline scripts run: write it on each, as <c>nonce</c>.</summary>
public sealed class CspNonce
{
    public string Value { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
}

/// <summary>
/// Put on the request of a page without scripts that other sites may show in a frame. It holds their origins, separated by spaces; empty
/// means that no site may.
/// </summary>
public sealed record Framing(string Origins);

/// <summary>Headers that every answer carries, so that a browser does nothing with it that we did not mean.</summary>
internal sealed class Headers(RequestDelegate next)
{
    // A file that a guest sent is an answer too: were it ever shown, it could run nothing.
    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

    public Task InvokeAsync(HttpContext http)
    {
        // Headers are set at the last moment, so that code that clears headers does not remove them.
        http.Response.OnStarting(Set, http);
        return next(http);
    }

    private static Task Set(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        // A page's redirect comes with the host that the request named, which anybody can forge.
        if (headers.Location is [{ } to] && IsHere(to, http.Request, out var local))
        {
            headers.Location = local;
        }

        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        var framing = http.Features.Get<Framing>();
        if (framing is not { Origins.Length: > 0 })
        {
            headers.XFrameOptions = "DENY"; // it knows no list of origins, and would refuse them all
        }

        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        var isApi =
            http.Request.Path.StartsWithSegments(Web.Prefix, StringComparison.OrdinalIgnoreCase)
            || http.Request.Path.StartsWithSegments("/webhooks", StringComparison.OrdinalIgnoreCase);
        headers.ContentSecurityPolicy =
            isApi ? ApiPolicy
            : framing is not null ? FramedPolicy(framing)
            : PagePolicy(http.RequestServices.GetRequiredService<CspNonce>().Value);
        if (http.Response.StatusCode == StatusCodes.Status200OK && http.Request.Path == "/icons.svg" && http.Request.Query.ContainsKey("v"))
        {
            headers.CacheControl = "max-age=31536000, immutable"; // its address names its content
        }

        if (isApi || framing is not null || (Actor.Of(http).IsKnown && IsOurs(http)))
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }

    /// <summary>Whether an address is one of the host that was asked, and its path and query.</summary>
    private static bool IsHere(string address, HttpRequest request, out string local)
    {
        local = "";
        if (
            !Uri.TryCreate(address, UriKind.Absolute, out var there)
            || !Uri.TryCreate($"{request.Scheme}://{request.Host.ToUriComponent()}", UriKind.Absolute, out var here)
            || Uri.Compare(there, here, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0
        )
        {
            return false;
        }

        local = there.PathAndQuery + there.Fragment;
        return !local.StartsWith("//", StringComparison.Ordinal); // without its host, that would name another
    }

    /// <summary>Whether the answer was made for this caller, and is not a file that is the same for all.</summary>
    private static bool IsOurs(HttpContext http) =>
        http.Response.ContentType is { } type
        && (
            type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)
        );

    private static string FramedPolicy(Framing framing) =>
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
        + $"{(framing.Origins.Length > 0 ? framing.Origins : "'none'")}";

    private static string PagePolicy(string nonce) =>
        $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
}
