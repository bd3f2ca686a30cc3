using System.Globalization;
using Bellhop.Data;

namespace Bellhop.Features.Bookings;

/// <summary>The last booking of a page in the list's order. The next page begins after it.</summary>
internal readonly record struct BookingPosition(DateOnly Arrival, Guid Id)
{
    /// <summary>The condition, with its AND, that a booking comes later in the order.</summary>
    public Sql AndLater => $" AND (b.arrival, b.id) < ({Arrival}, {Id})";

    /// <summary>Reads a cursor's text that <see cref="Write"/> made; null for null.</summary>
    public static BookingPosition? Read(string? cursor) =>
        cursor?.Split('/') is [var arrival, var id]
            ? new(DateOnly.ParseExact(arrival, "yyyy-MM-dd", CultureInfo.InvariantCulture), Guid.Parse(id))
            : null;

    public static string Write(BookingRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Arrival:yyyy-MM-dd}/{row.Id}");
}
