using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.RealAddresses;

/// <summary>
/// Guests in house or arriving whose only address is one by which a booking site passes mail on. It dies some weeks after the stay, so the
/// desk asks for the real one. The list, the page of a day and the filter of contacts share this rule.
/// </summary>
internal static class RelayGuests
{
    /// <summary>A stay of such a guest.</summary>
    public sealed record Stay(
        Guid BookingId,
        Guid PropertyId,
        Guid ContactId,
        string? Name,
        string? Phone,
        DateOnly Arrival,
        DateOnly Departure
    );

    /// <summary>The first stays after a place, by arrival and id. No more than these are kept in memory.</summary>
    /// <param name="after">The arrival and id of the stay to go on after; null for the beginning.</param>
    public static async Task<IReadOnlyList<Stay>> First(
        int most,
        (DateOnly Arrival, Guid BookingId)? after,
        int organizationId,
        IEnumerable<(Guid Id, DateOnly Today)> places,
        DateOnly? arrivedBy,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        Sql goesOn = after is { } place ? $" WHERE (s.arrival, s.id) > ({place.Arrival}, {place.BookingId})" : Sql.None;
        var stays = new List<Stay>();
        foreach (var day in places.GroupBy(p => p.Today, p => p.Id))
        {
            var left = most;
            await db.ReadWhile(
                $"SELECT * FROM ({Of(organizationId, day, arrivedBy)}) s{goesOn} ORDER BY s.arrival, s.id",
                row =>
                {
                    var (email, stay) = (row.Text(), Read(row));
                    if (Email.Parse(email).IsRelay)
                    {
                        stays.Add(stay);
                        left--;
                    }

                    return left > 0;
                },
                cancel
            );
        }

        return [.. stays.OrderBy(s => s.Arrival).ThenBy(s => s.BookingId.ToString(), StringComparer.Ordinal).Take(most)];
    }

    /// <summary>The stays at properties, each on its own day, by arrival.</summary>
    /// <param name="places">The properties with their days.</param>
    /// <param name="arrivedBy">Only stays that begin on this day or before; null for all to come.</param>
    public static async Task<IReadOnlyList<Stay>> Read(
        int organizationId,
        IEnumerable<(Guid Id, DateOnly Today)> places,
        DateOnly? arrivedBy,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var stays = new List<Stay>();
        foreach (var day in places.GroupBy(p => p.Today, p => p.Id))
        {
            var found = await db.Read(Of(organizationId, day, arrivedBy), row => (Email: row.Text(), Stay: Read(row)), cancel);
            stays.AddRange(found.Where(f => Email.Parse(f.Email).IsRelay).Select(f => f.Stay));
        }

        return [.. stays.OrderBy(s => s.Arrival).ThenBy(s => s.BookingId)];
    }

    private static Sql Of(int organizationId, IGrouping<DateOnly, Guid> day, DateOnly? arrivedBy) =>
        Sql.Join(
            " UNION ALL ",
            [
                Select(organizationId, [.. day], $" AND b.status = 'InHouse'", arrivedBy),
                Select(organizationId, [.. day], $" AND b.status = 'Confirmed' AND b.departure >= {day.Key}", arrivedBy),
            ]
        );

    private static Sql Select(int organizationId, IReadOnlyList<Guid> properties, Sql isActive, DateOnly? arrivedBy)
    {
        Sql until = arrivedBy is { } day ? $" AND b.arrival <= {day}" : Sql.None;
        return $"""
            SELECT b.guest_email, b.id, b.property_id, b.contact_id, c.name, c.phone, b.arrival, b.departure FROM bookings b
            JOIN contacts c ON c.organization_id = b.organization_id AND c.id = b.contact_id AND c.email IS NULL
            WHERE b.organization_id = {organizationId}{Sql.AndIn(
                $"b.property_id",
                properties
            )}{isActive}{until} AND b.guest_email IS NOT NULL
            """;
    }

    private static Stay Read(SqlRow row) => new(row.Id(), row.Id(), row.Id(), row.TextOrNull(), row.TextOrNull(), row.Day(), row.Day());
}
