using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Bellhop.Platform.Web;

/// <summary>
/// Pages and their files are sent compressed. A page has fresh ciphertext in each answer (the token of its forms, the nonce, the state for
/// its circuit), so its length tells nothing. Pages that show a secret are not compressed, and neither is the API, which shows a key once.
/// </summary>
internal static class Compression
{
    private static readonly string[] Types = ["text/html", "text/css", "text/javascript", "image/svg+xml"];

    /// <summary>Where the address itself is the secret, and the page repeats it; where a password is made.</summary>
    private static readonly string[] Secret = ["/invite", "/review", "/setup", "/sign-in", "/api", "/openapi"];

    public static void Add(IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = Types;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });

        // A page is compressed for one reader: what takes long is saved nowhere.
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
    }

    public static void Use(WebApplication app) =>
        app.UseWhen(
            static http => !Secret.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)),
            static pages => pages.UseResponseCompression()
        );
}
