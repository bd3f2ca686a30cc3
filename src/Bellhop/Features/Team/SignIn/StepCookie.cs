using System.Buffers.Binary;
using System.Security.Cryptography;
using Bellhop.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Bellhop.Features.Team;

/// <summary>Somebody who gave the right password, and must still show a code.</summary>
/// <param name="StampHash">The hash of the account's security stamp; with another one the password must be given again.</param>
public sealed record PendingSignIn(Guid UserId, byte[] StampHash);

/// <summary>The cookie between the password and the code. It does not sign anybody in, and it ends after some minutes.</summary>
public sealed class StepCookie(IDataProtectionProvider protection, TimeProvider clock)
{
    private const int Size = 16 + SHA256.HashSizeInBytes + sizeof(long);
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    private readonly IDataProtector _seal = protection.CreateProtector("Bellhop.SignInStep.1");

    /// <summary>Keeps in the browser that the password was right.</summary>
    public void Write(HttpContext http, PendingSignIn pending)
    {
        var bytes = new byte[Size];
        pending.UserId.TryWriteBytes(bytes);
        pending.StampHash.CopyTo(bytes.AsSpan(16));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(Size - sizeof(long)), (clock.Now() + Lasts).Ticks);
        http.Response.Cookies.Append(Name(http), WebEncoders.Base64UrlEncode(_seal.Protect(bytes)), Options(http));
    }

    /// <summary>Who gave the right password in this browser; null for nobody, or too long ago.</summary>
    public PendingSignIn? Read(HttpContext http)
    {
        if (http.Request.Cookies[Name(http)] is not { Length: > 0 and < 1024 } text)
        {
            return null;
        }

        try
        {
            var bytes = _seal.Unprotect(WebEncoders.Base64UrlDecode(text));
            return bytes.Length != Size || BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(Size - sizeof(long))) <= clock.Now().Ticks
                ? null
                : new(new(bytes.AsSpan(0, 16)), bytes[16..^sizeof(long)]);
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return null;
        }
    }

    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(Name(http), Options(http));

    private static string Name(HttpContext http) => http.Request.IsHttps ? "__Host-bellhop-step" : "bellhop-step";

    private static CookieOptions Options(HttpContext http) =>
        new()
        {
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            IsEssential = true,
        };
}
