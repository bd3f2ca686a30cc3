using Bellhop.Platform;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Bellhop.Data;

/// <summary>Stores a list of ids as text. SQL never searches in it.</summary>
internal sealed class GuidList() : ValueConverter<Guid[], string>(ids => GuidText.Write(ids), text => GuidText.Read(text));

internal sealed class GuidListComparer()
    : ValueComparer<Guid[]>(
        (a, b) => a == b || (a != null && b != null && a.SequenceEqual(b)),
        ids => ids.Aggregate(0, HashCode.Combine),
        ids => ids.ToArray()
    );

/// <summary>Stores ids as 16 big-endian bytes, so that time-ordered ids sort by time.</summary>
internal sealed class GuidBytes() : ValueConverter<Guid, byte[]>(id => id.ToByteArray(true), bytes => new Guid(bytes, true));

/// <summary>Instants as Unix time in milliseconds.</summary>
internal sealed class UnixMilliseconds()
    : ValueConverter<DateTime, long>(
        instant => new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)).ToUnixTimeMilliseconds(),
        milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime
    );

/// <summary>Instants as UTC, cut to milliseconds.</summary>
internal sealed class Utc()
    : ValueConverter<DateTime, DateTime>(
        instant => DateTime.SpecifyKind(instant, DateTimeKind.Utc).ToMilliseconds(),
        read => DateTime.SpecifyKind(read, DateTimeKind.Utc)
    );
