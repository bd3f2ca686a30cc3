using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Bellhop.Features.Notices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Bellhop.Tests.Features.Notices;

/// <summary>A push service on loopback, and a browser that subscribed there and reads what comes.</summary>
internal sealed class PushService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ECDiffieHellman _browser = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _auth = RandomNumberGenerator.GetBytes(16);

    private PushService(WebApplication app) => _app = app;

    /// <summary>What came: its headers and its bytes.</summary>
    public ConcurrentQueue<(IHeaderDictionary Headers, byte[] Body)> Calls { get; } = [];

    public int Status { get; set; } = StatusCodes.Status201Created;

    public string Origin => _app.Urls.Single();

    /// <summary>What a browser tells Bellhop when it subscribes.</summary>
    public JsonObject Subscription =>
        new()
        {
            ["endpoint"] = Origin + "/for/one-browser",
            ["p256dh"] = WebEncoders.Base64UrlEncode(Point),
            ["auth"] = WebEncoders.Base64UrlEncode(_auth),
        };

    private byte[] Point
    {
        get
        {
            var q = _browser.ExportParameters(false).Q;
            return [4, .. q.X!, .. q.Y!];
        }
    }

    public static async Task<PushService> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = new PushService(builder.Build());
        service._app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            service.Calls.Enqueue(
                (new HeaderDictionary(http.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)), body.ToArray())
            );
            http.Response.StatusCode = service.Status;
        });
        await service._app.StartAsync();
        return service;
    }

    /// <summary>Reads a body as the browser does (RFC 8291).</summary>
    public JsonObject Read(byte[] body)
    {
        var (salt, theirs, hidden) = (body[..16], body[21..86], body[86..]);
        body[16..21].ShouldBe([0, 0, 16, 0, 65]);
        using var sender = ECDiffieHellman.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new() { X = theirs[1..33], Y = theirs[33..] },
            }
        );
        var shared = HKDF.Extract(HashAlgorithmName.SHA256, _browser.DeriveRawSecretAgreement(sender.PublicKey), _auth);
        var input = HKDF.Expand(HashAlgorithmName.SHA256, shared, 32, [.. "WebPush: info\0"u8, .. Point, .. theirs]);
        var secret = HKDF.Extract(HashAlgorithmName.SHA256, input, salt);
        var nonce = HKDF.Expand(HashAlgorithmName.SHA256, secret, 12, "Content-Encoding: nonce\0"u8.ToArray());
        using var cipher = new AesGcm(HKDF.Expand(HashAlgorithmName.SHA256, secret, 16, "Content-Encoding: aes128gcm\0"u8.ToArray()), 16);
        var plain = new byte[hidden.Length - 16];
        cipher.Decrypt(nonce, hidden.AsSpan(..^16), hidden.AsSpan(^16..), plain);
        plain[^1].ShouldBe((byte)2);
        return JsonNode.Parse(plain.AsSpan(..^1))!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _browser.Dispose();
    }
}
