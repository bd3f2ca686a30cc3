using System.Buffers.Binary;

namespace Bellhop.Platform;

/// <summary>
/// Ids for rows whose order within one millisecond counts: each is greater than all that this process has made before, where
/// <see cref="Guid.CreateVersion7()"/> leaves that to chance.
/// </summary>
/// <remarks>UUID version 7 whose 12 bits behind the time count on, RFC 9562 section 6.2, method 1. The other 62 bits are random.</remarks>
public static class OrderedId
{
    private const int CountBits = 12;

    /// <summary>Milliseconds since 1970 and the count within them, as the latest id has them.</summary>
    private static long _latest;

    /// <summary>An id greater than all before it. A clock that goes back does not change that.</summary>
    public static Guid Next()
    {
        var random = Guid.CreateVersion7();
        Span<byte> bytes = stackalloc byte[16];
        random.TryWriteBytes(bytes, bigEndian: true, out _);
        var now = BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16 << CountBits;
        long latest,
            next;
        do
        {
            latest = Volatile.Read(ref _latest);
            next = Math.Max(now, latest + 1);
        } while (Interlocked.CompareExchange(ref _latest, next, latest) != latest);

        var count = next & ((1 << CountBits) - 1);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (next >> CountBits << 16) | 0x7000 | count);
        return new(bytes, bigEndian: true);
    }
}
