using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Bellhop.Platform;

/// <summary>
/// The keys that encrypt cursors. Data protection derives new keys for each text, which costs as much as a page's query. So it protects
/// only one key a day, and each cursor contains this protected key and the data that the key encrypted.
/// </summary>
internal sealed class CursorKeys(IDataProtector protector, TimeProvider clock)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(1);

    private readonly BoundedCache<string, CursorKey> _opened = new(100, StringComparer.Ordinal);
    private volatile CursorKey? _mine;

    /// <summary>The key that this process encrypts with today.</summary>
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

    /// <summary>Reads a protected key from a cursor that this process, or another one on the same database, has made.</summary>
    /// <exception cref="CryptographicException">The key was not protected here.</exception>
    public CursorKey Of(byte[] box) =>
        _opened.TryGet(Convert.ToBase64String(box), out var key) ? key : Kept(new(protector.Unprotect(box), box, clock.GetUtcNow()));

    private CursorKey Kept(CursorKey key)
    {
        _opened.Set(Convert.ToBase64String(key.Sealed), key);
        return key;
    }
}

/// <summary>A key and its protected form.</summary>
internal sealed class CursorKey(byte[] key, byte[] box, DateTimeOffset since)
{
    public const int Bytes = 32;

    private const int Nonce = 12;
    private const int Tag = 16;

    /// <summary>Bytes that encryption adds.</summary>
    public const int Overhead = Nonce + Tag;

    // Two threads may not use one cipher at once, and making a cipher costs more than using it.
    private readonly ConcurrentBag<AesGcm> _ciphers = [];

    public byte[] Sealed => box;

    public DateTimeOffset Since => since;

    /// <param name="plain">What to hide.</param>
    /// <param name="binding">Must be given again, unchanged, to decrypt.</param>
    /// <param name="into">Its length is that of <paramref name="plain"/> plus <see cref="Overhead"/>.</param>
    public void Encrypt(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> binding, Span<byte> into)
    {
        RandomNumberGenerator.Fill(into[..Nonce]);
        var cipher = Take();
        cipher.Encrypt(into[..Nonce], plain, into[Overhead..], into[Nonce..Overhead], binding);
        _ciphers.Add(cipher);
    }

    /// <exception cref="CryptographicException">The bytes were changed, or the binding differs.</exception>
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
