using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Today;

/// <summary>
/// Guests' enquiries that wait for an offer. They stand among the requests, and leave them when the stay is booked or withdrawn, when its
/// days are past, or a month after one that names no days.
/// </summary>
internal static class TodayEnquiries
{
    private const int DaysWithoutDays = 30;

    /// <summary>How many wait at each property.</summary>
    public static async Task<IReadOnlyList<(Guid Property, int Number)>> Count(
        IReadOnlyList<TodaySql.Days> days,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        await db.Read(
            Sql.Join(
                " UNION ALL ",
                days.Select(at => Sql.Of($"SELECT e.property_id, count(*) FROM enquiries e{Waiting(at, who, db)} GROUP BY e.property_id"))
            ),
            row => (row.Id(), (int)row.Long()),
            cancel
        );

    /// <summary>The enquiries after an id, the longest waiting first, in the shape of bookings.</summary>
    public static async Task<IReadOnlyList<TodayItem>> Read(
        IReadOnlyList<TodaySql.Days> days,
        bool seesGuests,
        int most,
        Guid? after,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var later = after is { } id ? Sql.Of($" AND e.id > {id}") : Sql.None;
        var rows = await db.Read(
            $"""
            SELECT * FROM ({Sql.Join(
                " UNION ALL ",
                days.Select(at =>
                    Sql.Of(
                        $"SELECT e.id, e.property_id, p.name, p.currency, e.contact_id, e.source, e.external_id, e.arrival, e.departure, "
                            + $"c.name AS guest, c.phone, c.email, e.room_type, e.adults, e.children, e.notes, e.at FROM enquiries e "
                            + $"JOIN contacts c ON c.organization_id = e.organization_id AND c.id = e.contact_id "
                            + $"JOIN properties p ON p.organization_id = e.organization_id AND p.id = e.property_id"
                            + $"{Waiting(at, who, db)}{later}"
                    )
                )
            )}) x ORDER BY id{SqlDialect.Limit(most)}
            """,
            row => Row(row, seesGuests),
            cancel
        );
        return rows;
    }

    private static Sql Waiting(TodaySql.Days at, Actor who, BellhopDb db)
    {
        var oldest = db.Now.AddDays(-DaysWithoutDays);
        return $" WHERE e.organization_id = {who.OrganizationId}{Sql.AndIn($"e.property_id", at.Properties)} AND e.done_at IS NULL "
            + $"AND (e.arrival >= {at.Day} OR (e.arrival IS NULL AND e.at >= {oldest}))";
    }

    private static TodayItem Row(SqlRow row, bool seesGuests)
    {
        var (id, place, name, currency) = (row.Id(), row.Id(), row.Text(), row.Text());
        var (contact, source, key) = (row.Id(), row.Name<Source>(), row.Text());
        var (arrival, departure) = (row.DayOrNull(), row.DayOrNull());
        var guest = new BookingGuest(row.TextOrNull(), row.TextOrNull(), row.TextOrNull());
        var (room, adults, children, notes) = (row.TextOrNull(), row.NumberOrNull(), row.NumberOrNull(), row.TextOrNull());
        var at = row.Instant();
        var from = arrival ?? DateOnly.FromDateTime(at);
        var none = new Money(0, currency);
        return new(
            new(
                id,
                new(place, name),
                contact,
                source,
                key,
                null,
                BookingStatus.Pending,
                from,
                departure ?? from,
                departure is { } to ? to.DayNumber - from.DayNumber : 0,
                none,
                none,
                none,
                null,
                seesGuests ? guest : null,
                room,
                adults,
                children,
                seesGuests ? notes : null,
                at,
                at,
                at
            )
        )
        {
            Enquiry = true,
        };
    }
}
