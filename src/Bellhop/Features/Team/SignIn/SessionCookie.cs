using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Bellhop.Features.Team;

/// <summary>The content of a session's cookie: user, session and organisation. The rights are read from the database.</summary>
public readonly record struct SessionTicket(Guid UserId, Guid SessionId, int OrganizationId);

/// <summary>The cookie of a session. It is encrypted, not readable by scripts, and over https bound to this host.</summary>
public sealed class SessionCookie(IDataProtectionProvider protection, DeviceCookie devices)
{
    private const int Size = 36;
    private readonly IDataProtector _seal = protection.CreateProtector("Bellhop.Session.1");

    /// <summary>Signs the browser in to the session and makes the device known to the account.</summary>
    public void Write(HttpContext http, Session session)
    {
        Span<byte> ticket = stackalloc byte[Size];
        session.UserId.TryWriteBytes(ticket);
        session.Id.TryWriteBytes(ticket[16..]);
        BinaryPrimitives.WriteInt32LittleEndian(ticket[32..], session.OrganizationId);
        http.Response.Cookies.Append(
            Name(http),
            WebEncoders.Base64UrlEncode(_seal.Protect(ticket.ToArray())),
            Options(http, session.ExpiresAt)
        );
        devices.Write(http, session);
    }

    /// <summary>The ticket in the request; null when there is none or Bellhop did not make it.</summary>
    public SessionTicket? Read(HttpContext http)
    {
        if (http.Request.Cookies[Name(http)] is not { Length: > 0 and < 1024 } sealedTicket)
        {
            return null;
        }

        try
        {
            var ticket = _seal.Unprotect(WebEncoders.Base64UrlDecode(sealedTicket));
            return ticket.Length != Size
                ? null
                : new(new(ticket.AsSpan(0, 16)), new(ticket.AsSpan(16, 16)), BinaryPrimitives.ReadInt32LittleEndian(ticket.AsSpan(32)));
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return null;
        }
    }

    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(Name(http), Options(http, null));

    private static string Name(HttpContext http) => http.Request.IsHttps ? "__Host-bellhop" : "bellhop";

    private static CookieOptions Options(HttpContext http, DateTime? expires) =>
        new()
        {
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            IsEssential = true,
            Expires = expires is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null,
        };
}
