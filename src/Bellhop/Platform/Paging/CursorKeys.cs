using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Bellhop.Platform;

/// <summary>
/// The keys of cursors. Data protection derives new keys for every text it seals, which costs as much as the query of a page; so it seals
/// one key a day, and each cursor carries that beside what the key itself encrypted.
/// </summary>
internal sealed class CursorKeys(IDataProtector protector, TimeProvider clock)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(1);

    private readonly BoundedCache<string, CursorKey> _opened = new(100, StringComparer.Ordinal);
    private volatile CursorKey? _mine;

    /// <summary>The key this process seals with today.</summary>
    public CursorKey Mine()
    {
        var now = clock.GetUtcNow();
        if (_mine is { } key && now - key.Since < Lasts)
        {
            return key;
        }

        var bytes = RandomNumberGenerator.GetBytes(CursorKey.Bytes);
        return _mine = Kept(new(bytes, protector.Protect(bytes), now));
    }

    /// <summary>A key from a cursor, of this process or another on the same database.</summary>
    /// <exception cref="CryptographicException">It was not sealed here.</exception>
    public CursorKey Of(byte[] box) =>
        _opened.TryGet(Convert.ToBase64String(box), out var key) ? key : Kept(new(protector.Unprotect(box), box, clock.GetUtcNow()));

    private CursorKey Kept(CursorKey key)
    {
        _opened.Set(Convert.ToBase64String(key.Sealed), key);
        return key;
    }
}

/// <summary>One key, and how it stands in a cursor.</summary>
internal sealed class CursorKey(byte[] key, byte[] box, DateTimeOffset since)
{
    public const int Bytes = 32;

    private const int Nonce = 12;
    private const int Tag = 16;

    /// <summary>Bytes that encryption adds.</summary>
    public const int Overhead = Nonce + Tag;

    // One cipher is not for two threads at once, and setting one up costs more than using it.
    private readonly ConcurrentBag<AesGcm> _ciphers = [];

    public byte[] Sealed => box;

    public DateTimeOffset Since => since;

    /// <param name="plain">What to hide.</param>
    /// <param name="binding">What must be said again to read it.</param>
    /// <param name="into">As long as both together.</param>
    public void Encrypt(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> binding, Span<byte> into)
    {
        RandomNumberGenerator.Fill(into[..Nonce]);
        var cipher = Take();
        cipher.Encrypt(into[..Nonce], plain, into[Overhead..], into[Nonce..Overhead], binding);
        _ciphers.Add(cipher);
    }

    /// <exception cref="CryptographicException">It was edited, or the binding is another.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> from, ReadOnlySpan<byte> binding)
    {
        var plain = new byte[from.Length - Overhead];
        var cipher = Take();
        try
        {
            cipher.Decrypt(from[..Nonce], from[Overhead..], from[Nonce..Overhead], plain, binding);
        }
        finally
        {
            _ciphers.Add(cipher);
        }

        return plain;
    }

    private AesGcm Take() => _ciphers.TryTake(out var cipher) ? cipher : new(key, Tag);
}
