using System.Data.Common;
using Bellhop.Data;

namespace Bellhop.Features.Contacts;

/// <summary>How the list is sorted by a column.</summary>
/// <param name="Name">As addresses and the API write it.</param>
/// <param name="Key">The column sorted by, first in an index of this order.</param>
/// <param name="Value">What kind of value it is.</param>
/// <param name="Empty">The column that is 1 where there is no key; null where there always is one.</param>
/// <param name="Read">Which of the column's SQL is the key.</param>
/// <param name="RisesFirst">Whether the list begins with the least where it is chosen anew.</param>
internal sealed record SortKey(string Name, string Key, SortValue Value, string? Empty = null, int Read = 0, bool RisesFirst = false);

/// <summary>A kind of key: how a cursor keeps one, as a text or as a number, and how the database compares it.</summary>
/// <param name="Keep">What a cursor keeps of the key in a row.</param>
/// <param name="Ask">The same as a value to compare with.</param>
internal sealed record SortValue(Func<DbDataReader, BellhopDb, int, (string? Text, long Number)> Keep, Func<string?, long, object?> Ask)
{
    public static SortValue Text { get; } = new((row, _, at) => (row.GetString(at), 0), (text, _) => text);
    public static SortValue Short { get; } = new((row, _, at) => (null, row.GetInt16(at)), (_, number) => (short)number);
    public static SortValue Int { get; } = new((row, _, at) => (null, row.GetInt32(at)), (_, number) => (int)number);
    public static SortValue Long { get; } = new((row, _, at) => (null, row.GetInt64(at)), (_, number) => number);

    public static SortValue Day { get; } =
        new((row, db, at) => (null, db.ReadDay(row, at).DayNumber), (_, number) => DateOnly.FromDayNumber((int)number));

    public static SortValue Instant { get; } =
        new((row, db, at) => (null, db.ReadInstant(row, at).Ticks), (_, number) => new DateTime(number, DateTimeKind.Utc));
}
