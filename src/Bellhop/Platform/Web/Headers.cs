using System.Security.Cryptography;

namespace Bellhop.Platform.Web;

/// <summary>The nonce that lets this response's own inline scripts run: write it on each, as <c>nonce</c>.</summary>
public sealed class CspNonce
{
    public string Value { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
}

/// <summary>Headers that every answer carries, so that a browser does nothing with it that we did not mean.</summary>
internal sealed class Headers(RequestDelegate next)
{
    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        // At the last moment: whoever clears the headers on the way does not clear these.
        http.Response.OnStarting(Set, http);
        return next(http);
    }

    private static Task Set(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        var isApi = http.Request.Path.StartsWithSegments(Web.Prefix, StringComparison.OrdinalIgnoreCase);
        headers.ContentSecurityPolicy = isApi ? ApiPolicy : PagePolicy(http.RequestServices.GetRequiredService<CspNonce>().Value);
        if (isApi || (Actor.Of(http).IsKnown && IsOurs(http)))
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }

    /// <summary>Made for somebody, not a file that is the same for all.</summary>
    private static bool IsOurs(HttpContext http) =>
        http.Response.ContentType is { } type && (type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) || type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase));

    private static string PagePolicy(string nonce) =>
        $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
}
