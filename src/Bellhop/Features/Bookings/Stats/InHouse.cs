using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>Says who is in house and who is active. Lists, cards, figures and pages share this rule.</summary>
public static class InHouse
{
    // A longer stay is found by an index of its own; the migration that makes it names the same number.
    private const int UsualNights = 14;

    /// <summary>
    /// The end of an activity without an end: a guest with the status in house stays active until somebody checks the guest out.
    /// </summary>
    public static DateTime NoEnd { get; } = Clock.Latest.AddDays(1).StartIn(TimeZoneInfo.Utc);

    /// <summary>True for the status in house, however long the guest overstays, and for a confirmed stay of this night.</summary>
    public static bool Is(BookingStatus status, DateOnly arrival, DateOnly departure, DateOnly today) =>
        status == BookingStatus.InHouse || (status == BookingStatus.Confirmed && arrival <= today && today < departure);

    /// <summary>True for a guest in house, and for a confirmed booking that departs today or later.</summary>
    public static bool IsActive(BookingStatus status, DateOnly departure, DateOnly today) =>
        status == BookingStatus.InHouse || (status == BookingStatus.Confirmed && departure >= today);

    /// <summary>The instant until which a booking is active; null when its status is not active.</summary>
    internal static DateTime? ActiveUntil(BookingStatus status, DateOnly departure, TimeZoneInfo zone) =>
        status switch
        {
            BookingStatus.InHouse => NoEnd,
            BookingStatus.Confirmed => departure.AddDays(1).StartIn(zone),
            _ => null,
        };

    /// <summary>
    /// SELECT of the bookings <c>b</c> in house at properties whose day is <paramref name="today"/>. Three seeks find them, however many
    /// bookings are past or to come: those with the status, and the confirmed ones by arrival, or by departure where the stay is long.
    /// </summary>
    /// <param name="columns">The columns of <c>b</c> to read.</param>
    /// <param name="rest">More conditions on <c>b</c>, each after its AND.</param>
    internal static Sql Select(
        SqlDialect dialect,
        Sql columns,
        int organizationId,
        IReadOnlyCollection<Guid> properties,
        DateOnly today,
        Sql rest
    )
    {
        Sql there =
            $"SELECT {columns} FROM bookings b WHERE b.organization_id = {organizationId}{Sql.AndIn($"b.property_id", properties)}{rest}";
        var (usual, nights) = (today.AddDays(-UsualNights), dialect.Nights($"b.arrival", $"b.departure"));
        return $"""
            {there} AND b.status = 'InHouse'
            UNION ALL {there} AND b.status = 'Confirmed' AND b.arrival >= {usual} AND b.arrival <= {today} AND b.departure > {today}
            UNION ALL {there} AND b.status = 'Confirmed' AND {dialect.NotByIndex}b.arrival < {usual} AND b.departure > {today}
            AND {nights} > {UsualNights:fixed}
            """;
    }

    /// <summary>SELECT of the ids of the guests in house, at properties each on its own day. An id may come several times.</summary>
    internal static Sql Guests(SqlDialect dialect, int organizationId, IEnumerable<(Guid Id, DateOnly Today)> places)
    {
        // Properties with the same calendar day share a query. There are never more than three days in the world.
        var days = places.GroupBy(p => p.Today, p => p.Id).ToList();
        return days.Count == 0
            ? $"SELECT b.contact_id FROM bookings b WHERE 1 = 0"
            : Sql.Join(
                " UNION ALL ",
                days.Select(day => Select(dialect, $"b.contact_id", organizationId, [.. day], day.Key, $" AND b.contact_id IS NOT NULL"))
            );
    }
}
