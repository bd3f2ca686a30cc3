using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Notices;

/// <summary>
/// Makes the requests to push services: signed with our key (VAPID, RFC 8292), and encrypted for the browser alone (RFC 8291).
/// </summary>
public sealed class PushKeys(IDataProtectionProvider protection, PublicAddress address, TimeProvider clock)
{
    private const int RecordSize = 4096;
    private const int SaltSize = 16;
    private const int TagSize = 16;
    private static readonly TimeSpan SignatureLasts = TimeSpan.FromHours(12);

    /// <summary>A device that is off hears of it within a day, or not at all.</summary>
    private const string Kept = "86400";

    private readonly IDataProtector _seal = protection.CreateProtector("Bellhop.Push.1");

    /// <summary>Our public key, as browsers take it. The first call makes the pair.</summary>
    internal async Task<string> PublicKey(BellhopDb db, CancellationToken cancel)
    {
        var found = await db.PushKeys.AsNoTracking().SingleOrDefaultAsync(cancel);
        found ??= await db.Save(
            async () =>
            {
                if (await db.PushKeys.AsNoTracking().SingleOrDefaultAsync(cancel) is { } made)
                {
                    return made;
                }

                using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                var key = new PushKey
                {
                    PublicKey = Point(pair.ExportParameters(false).Q),
                    PrivateKey = _seal.Protect(pair.ExportPkcs8PrivateKey()),
                };
                db.PushKeys.Add(key);
                return key;
            },
            cancel
        );
        return Base64Url.EncodeToString(found.PublicKey);
    }

    /// <summary>The request that brings a text to a browser.</summary>
    /// <param name="text">At most some 3,000 bytes.</param>
    /// <exception cref="CryptographicException">The keys that encrypted our private key are lost.</exception>
    internal async Task<HttpRequestMessage> Request(PushSubscription to, byte[] text, BellhopDb db, CancellationToken cancel)
    {
        var pair = await db.PushKeys.AsNoTracking().SingleAsync(cancel);
        using var signing = ECDsa.Create();
        signing.ImportPkcs8PrivateKey(_seal.Unprotect(pair.PrivateKey), out _);
        using var once = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var request = new HttpRequestMessage(HttpMethod.Post, to.Endpoint)
        {
            Content = new ByteArrayContent(Encrypt(text, to.PublicKey, to.Auth, once, RandomNumberGenerator.GetBytes(SaltSize))),
        };
        request.Content.Headers.ContentType = new("application/octet-stream");
        request.Content.Headers.ContentEncoding.Add("aes128gcm");
        request.Headers.Add("TTL", Kept);
        request.Headers.Add("Urgency", "normal");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"vapid t={Sign(signing, new Uri(to.Endpoint))}, k={Base64Url.EncodeToString(pair.PublicKey)}"
        );
        return request;
    }

    /// <summary>Encrypts for a browser: one record of RFC 8188, with keys as RFC 8291 says.</summary>
    /// <param name="once">A key pair for this text alone.</param>
    internal static byte[] Encrypt(byte[] text, byte[] browser, byte[] auth, ECDiffieHellman once, byte[] salt)
    {
        using var theirs = ECDiffieHellman.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new() { X = browser[1..33], Y = browser[33..] },
            }
        );
        var ours = Point(once.ExportParameters(false).Q);
        var shared = HKDF.Extract(HashAlgorithmName.SHA256, once.DeriveRawSecretAgreement(theirs.PublicKey), auth);
        var input = HKDF.Expand(HashAlgorithmName.SHA256, shared, 32, [.. "WebPush: info\0"u8, .. browser, .. ours]);
        var secret = HKDF.Extract(HashAlgorithmName.SHA256, input, salt);
        var key = HKDF.Expand(HashAlgorithmName.SHA256, secret, 16, "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = HKDF.Expand(HashAlgorithmName.SHA256, secret, 12, "Content-Encoding: nonce\0"u8.ToArray());
        byte[] plain = [.. text, 2]; // 2 says: the last record
        var (hidden, tag) = (new byte[plain.Length], new byte[TagSize]);
        using var cipher = new AesGcm(key, TagSize);
        cipher.Encrypt(nonce, plain, hidden, tag);
        var size = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(size, RecordSize);
        return [.. salt, .. size, (byte)ours.Length, .. ours, .. hidden, .. tag];
    }

    private string Sign(ECDsa key, Uri endpoint)
    {
        var claims = new Dictionary<string, object>
        {
            ["aud"] = endpoint.GetLeftPart(UriPartial.Authority),
            ["exp"] = (clock.GetUtcNow() + SignatureLasts).ToUnixTimeSeconds(),
        };
        if (address.IsSet)
        {
            claims["sub"] = address.Of("");
        }

        var signed =
            Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8)
            + "."
            + Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims));
        return signed + "." + Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
    }

    private static byte[] Point(ECPoint point) => [4, .. point.X!, .. point.Y!];
}
