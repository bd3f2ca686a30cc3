using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Platform;

namespace Bellhop.Features.Today;

/// <summary>
/// The SQL of a day's lists. A seek in an index finds the bookings of a day; these are never more than the property has beds. They are
/// sorted by the guest's name; requests are in the order in which they came.
/// </summary>
internal static class TodaySql
{
    /// <summary>Sorts after every name.</summary>
    private const string NoName = "\U0010FFFF";

    /// <summary>Properties with one day, and whether this day is their today.</summary>
    internal sealed record Days(DateOnly Day, bool IsToday, IReadOnlyList<Guid> Properties);

    /// <summary>The last row of a page: its sort key and id.</summary>
    internal readonly record struct Position(string Key, Guid Id);

    /// <summary>
    /// A page of a list. A row has the columns of a booking, the property's name, the number of the stay, and the sort key.
    /// </summary>
    /// <param name="seesGuests">Whether names may decide the order.</param>
    public static Sql Page(TodayList list, IReadOnlyList<Days> days, bool seesGuests, int most, Position? after, int o, BellhopDb db)
    {
        var byName = seesGuests && list != TodayList.Requests;
        var guest = byName ? Sql.Of($" LEFT JOIN contacts c ON c.organization_id = {o} AND c.id = d.contact_id") : Sql.None;
        var key = byName ? Sql.Of($"coalesce(c.name_key, {NoName})") : $"''";
        var later = after is { } place ? $" WHERE ({key}, d.id) > ({place.Key}, {place.Id})" : Sql.None;
        return $"""
            SELECT {BookingSql.Selected(o)}, {StayNumber(o)}, k.name
            FROM (SELECT d.id, {key} AS name FROM ({Rows(list, days, $"b.id, b.contact_id", o, db.Dialect)}) d{guest}{later}
                ORDER BY 2, 1{SqlDialect.Limit(most)}) k{db.Dialect.JoinAfter}bookings b ON b.organization_id = {o} AND b.id = k.id
            ORDER BY k.name, k.id
            """;
    }

    /// <summary>How many bookings each list has at each property. A row has the property, the list and the number.</summary>
    public static Sql Counts(IReadOnlyList<Days> days, int o, SqlDialect dialect) =>
        Sql.Join(
            " UNION ALL ",
            Enum.GetValues<TodayList>()
                .Select(list =>
                    Sql.Of(
                        $"SELECT property_id, {(int)list:fixed}, count(*) FROM ({Rows(list, days, $"b.property_id", o, dialect)}) d "
                            + $"GROUP BY property_id"
                    )
                )
        );

    private static Sql Rows(TodayList list, IReadOnlyList<Days> days, Sql columns, int o, SqlDialect dialect) =>
        Sql.Join(" UNION ALL ", days.Select(d => Rows(list, d, columns, o, dialect)));

    private static Sql Rows(TodayList list, Days at, Sql columns, int o, SqlDialect dialect)
    {
        Sql there = $"SELECT {columns} FROM bookings b WHERE b.organization_id = {o}{Sql.AndIn($"b.property_id", at.Properties)}";
        return list switch
        {
            TodayList.Arrivals => $"{there} AND b.arrival = {at.Day} AND b.status IN ('Confirmed', 'InHouse')",
            TodayList.Departures => $"{there} AND b.departure = {at.Day} AND {dialect.NotByIndex}b.status IN ('InHouse', 'Completed')",
            TodayList.InHouse => InHouse.Select(
                dialect,
                columns,
                o,
                at.Properties,
                at.Day,
                at.IsToday ? Sql.None : $" AND b.arrival <= {at.Day} AND b.departure > {at.Day}"
            ),
            _ => $"{there} AND b.status = 'Pending' AND b.source IN ('Website', 'AiAgent')",
        };
    }

    private static Sql StayNumber(int o) =>
        $"""
            CASE WHEN b.contact_id IS NOT NULL THEN (SELECT count(*) FROM bookings s
                WHERE s.organization_id = {o} AND s.contact_id = b.contact_id AND s.property_id = b.property_id
                AND s.status IN ('Confirmed', 'InHouse', 'Completed')
                AND (s.arrival, s.booked_at, s.id) <= (b.arrival, b.booked_at, b.id)) END
            """;
}
