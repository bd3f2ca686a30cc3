using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Bellhop.Platform;
using Microsoft.AspNetCore.DataProtection;

namespace Bellhop.Features.Reviews;

/// <summary>
/// Makes and reads the token of a review link. The token proves which booking it is for, shows nothing to its readers, and expires.
/// </summary>
public sealed class ReviewLinks(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(60);

    private const int Length = sizeof(int) + 16 + sizeof(long);

    private readonly IDataProtector _protector = protection.CreateProtector("Bellhop.ReviewLinks");

    /// <param name="expires">UTC.</param>
    internal string Write(int organizationId, Guid bookingId, DateTime expires)
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, organizationId);
        bookingId.TryWriteBytes(bytes.AsSpan(sizeof(int)), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(sizeof(int) + 16), new DateTimeOffset(expires).ToUnixTimeMilliseconds());
        return Base64Url.EncodeToString(_protector.Protect(bytes));
    }

    /// <summary>The booking; null when the token was not made here, was edited or has expired.</summary>
    internal (int OrganizationId, Guid BookingId)? Read(string token)
    {
        try
        {
            var bytes = _protector.Unprotect(Base64Url.DecodeFromChars(token));
            if (
                bytes.Length != Length
                || BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(sizeof(int) + 16))
                    <= new DateTimeOffset(clock.Now()).ToUnixTimeMilliseconds()
            )
            {
                return null;
            }

            return (BinaryPrimitives.ReadInt32BigEndian(bytes), new Guid(bytes.AsSpan(sizeof(int), 16), bigEndian: true));
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
