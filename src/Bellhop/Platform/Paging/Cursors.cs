using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Bellhop.Platform;

/// <summary>
/// Turns the place where a page ended into an opaque text and back. The text is encrypted, because the place quotes a guest. It is bound to
/// its list (organisation, scope, filter, sort): a cursor of another list, or a changed one, is not accepted.
/// </summary>
public sealed class Cursors(IDataProtectionProvider protection, TimeProvider clock)
{
    private readonly CursorKeys _keys = new(protection.CreateProtector("Bellhop.Cursors"), clock);

    /// <param name="binding">Canonical text of the list.</param>
    /// <param name="place">Where the page ended.</param>
    public string Write(string binding, ReadOnlySpan<byte> place)
    {
        var key = _keys.Mine();
        var bytes = new byte[sizeof(ushort) + key.Sealed.Length + CursorKey.Overhead + place.Length];
        BitConverter.TryWriteBytes(bytes, (ushort)key.Sealed.Length);
        key.Sealed.CopyTo(bytes, sizeof(ushort));
        key.Encrypt(place, Encoding.UTF8.GetBytes(binding), bytes.AsSpan(sizeof(ushort) + key.Sealed.Length));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The place, or null where the cursor was not made here for this list.</summary>
    public byte[]? Read(string binding, string cursor)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(cursor);
            if (Base64Url.EncodeToString(bytes) != cursor || bytes.Length < sizeof(ushort))
            {
                return null; // the same bytes spelt another way: edited
            }

            var length = BitConverter.ToUInt16(bytes);
            var rest = bytes.AsSpan(sizeof(ushort));
            return rest.Length < length + CursorKey.Overhead
                ? null
                : _keys.Of(rest[..length].ToArray()).Decrypt(rest[length..], Encoding.UTF8.GetBytes(binding));
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
