using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Bellhop.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Bellhop.Features.Team;

/// <summary>A device on which somebody signed in before: the account, and the hash of its security stamp at that time.</summary>
public sealed record KnownDevice(Guid UserId, byte[] StampHash)
{
    /// <summary>Whether the device is still known to this account. After a new password it is not.</summary>
    internal bool IsOf(User user) => user.Id == UserId && CryptographicOperations.FixedTimeEquals(StampHash, Hash(user.SecurityStamp));

    internal static byte[] Hash(string? stamp) => SHA256.HashData(Encoding.UTF8.GetBytes(stamp ?? ""));
}

/// <summary>
/// The cookie that marks a known device for the next sign-in. So wrong passwords that others try elsewhere do not lock out the owner. It
/// does not sign anybody in.
/// </summary>
public sealed class DeviceCookie(IDataProtectionProvider protection, TimeProvider clock)
{
    private const int IdBytes = 16,
        Size = IdBytes + 16 + SHA256.HashSizeInBytes + sizeof(long);
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(180);

    private readonly IDataProtector _seal = protection.CreateProtector("Bellhop.Device.1");

    /// <summary>Makes the browser known to the session's account.</summary>
    public void Write(HttpContext http, Session session)
    {
        var expires = clock.Now() + Lasts;
        var device = new byte[Size];
        RandomNumberGenerator.Fill(device.AsSpan(0, IdBytes));
        session.UserId.TryWriteBytes(device.AsSpan(IdBytes));
        KnownDevice.Hash(session.Stamp).CopyTo(device.AsSpan(IdBytes + 16));
        BinaryPrimitives.WriteInt64LittleEndian(device.AsSpan(Size - sizeof(long)), expires.Ticks);
        http.Response.Cookies.Append(
            Name(http),
            WebEncoders.Base64UrlEncode(_seal.Protect(device)),
            new()
            {
                HttpOnly = true,
                Secure = http.Request.IsHttps,
                SameSite = SameSiteMode.Lax,
                Path = "/",
                IsEssential = true,
                Expires = new DateTimeOffset(expires, TimeSpan.Zero),
            }
        );
    }

    /// <summary>The device of the request; null when it is not known, or no longer.</summary>
    public KnownDevice? Read(HttpContext http)
    {
        if (http.Request.Cookies[Name(http)] is not { Length: > 0 and < 1024 } text)
        {
            return null;
        }

        try
        {
            var device = _seal.Unprotect(WebEncoders.Base64UrlDecode(text));
            return device.Length != Size || BinaryPrimitives.ReadInt64LittleEndian(device.AsSpan(Size - sizeof(long))) <= clock.Now().Ticks
                ? null
                : new(new(device.AsSpan(IdBytes, 16)), device[(IdBytes + 16)..^sizeof(long)]);
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static string Name(HttpContext http) => http.Request.IsHttps ? "__Host-bellhop-device" : "bellhop-device";
}
