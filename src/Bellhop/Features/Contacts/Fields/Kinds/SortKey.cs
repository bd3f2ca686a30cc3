using Bellhop.Data;

namespace Bellhop.Features.Contacts;

/// <summary>How the list is sorted by a column.</summary>
/// <param name="Name">Its name in addresses and in the API.</param>
/// <param name="Key">The column to sort by. It is first in an index of this order.</param>
/// <param name="Value">The kind of the value.</param>
/// <param name="Empty">The column that is 1 when the key is null; null when the key always has a value.</param>
/// <param name="RisesFirst">Whether the least comes first when a person chooses this order.</param>
internal sealed record SortKey(string Name, GuestColumn Key, SortValue Value, GuestColumn? Empty = null, bool RisesFirst = false);

/// <summary>A kind of sort key: how a cursor stores it, as a text or as a number, and how the database compares it.</summary>
/// <param name="Keep">Reads from a row what a cursor stores of the key.</param>
/// <param name="Ask">Turns the stored key into a value to compare with.</param>
internal sealed record SortValue(Func<SqlRow, (string? Text, long Number)> Keep, Func<string?, long, object> Ask)
{
    public static SortValue Text { get; } = new(row => (row.Text(), 0), (text, _) => text!);
    public static SortValue Short { get; } = new(row => (null, row.Number()), (_, number) => (short)number);
    public static SortValue Int { get; } = new(row => (null, row.Number()), (_, number) => (int)number);
    public static SortValue Long { get; } = new(row => (null, row.Long()), (_, number) => number);

    public static SortValue Day { get; } = new(row => (null, row.Day().DayNumber), (_, number) => DateOnly.FromDayNumber((int)number));

    public static SortValue Instant { get; } =
        new(row => (null, row.Instant().Ticks), (_, number) => new DateTime(number, DateTimeKind.Utc));
}
