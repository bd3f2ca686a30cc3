using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Bellhop.Platform;

/// <summary>
/// Turns the place where a page ended into an opaque text and back. Encrypted, since the place quotes a guest; bound to the list it was made
/// for (organisation, scope, filter, sort), so that one of another list, or an edited one, is no cursor at all.
/// </summary>
public sealed class Cursors(IDataProtectionProvider protection)
{
    private const int BindingBytes = 16;

    private readonly IDataProtector _protector = protection.CreateProtector("Bellhop.Cursors");

    /// <param name="binding">Canonical text of the list.</param>
    /// <param name="place">Where the page ended.</param>
    public string Write(string binding, ReadOnlySpan<byte> place)
    {
        var plain = new byte[BindingBytes + place.Length];
        Bind(binding, plain);
        place.CopyTo(plain.AsSpan(BindingBytes));
        return Base64Url.EncodeToString(_protector.Protect(plain));
    }

    /// <summary>The place, or null where the cursor was not made here for this list.</summary>
    public byte[]? Read(string binding, string cursor)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(cursor);
            if (Base64Url.EncodeToString(bytes) != cursor)
            {
                return null; // the same bytes spelt another way: edited
            }

            var plain = _protector.Unprotect(bytes);
            Span<byte> expected = stackalloc byte[BindingBytes];
            Bind(binding, expected);
            return plain.Length >= BindingBytes && CryptographicOperations.FixedTimeEquals(plain.AsSpan(0, BindingBytes), expected) ? plain[BindingBytes..] : null;
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static void Bind(string binding, Span<byte> into)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(binding), hash);
        hash[..BindingBytes].CopyTo(into);
    }
}
