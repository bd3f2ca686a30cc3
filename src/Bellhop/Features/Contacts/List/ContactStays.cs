using System.Text;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>
/// Counts the guests in house and the guests to come. It reads only bookings that are in house or have not ended, which are few, however
/// many guests there are.
/// </summary>
internal static class ContactStays
{
    /// <summary>
    /// Like <see cref="Count"/>, but counts again only after something in the organisation has changed. Every page needs the figures, and
    /// counting reads every stay to come.
    /// </summary>
    public static ValueTask<(int InHouse, int Upcoming)> Remember(
        int organizationId,
        IReadOnlyList<SeeOrganization.Place> places,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var days = places.Select(p => (p.Id, Today: db.Now.DayIn(Clock.Zone(p.TimeZone)!))).ToList();
        return db.Host.OrganizationCache.Get(
            organizationId,
            "stays " + string.Join(' ', days.Select(d => $"{d.Id:N}{d.Today.DayNumber}")),
            () => Count(organizationId, days, db, cancel)
        );
    }

    /// <param name="places">The properties to count, each by its own day. A guest of several counts once.</param>
    private static async Task<(int InHouse, int Upcoming)> Count(
        int organizationId,
        IReadOnlyList<(Guid Id, DateOnly Today)> places,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        // Properties with the same calendar day share one query. There are never more than three days in the world.
        var days = places.GroupBy(p => p.Today, p => p.Id).ToList();
        if (days.Count == 0)
        {
            return default;
        }

        await using var reading = await db.Read(Text(days.ConvertAll(d => d.Count())), cancel);
        reading.With("organization", organizationId);
        var (day, property) = (0, 0);
        foreach (var group in days)
        {
            reading.With(ContactSql.TodayNames[day++], db.Stored(group.Key));
            foreach (var id in group)
            {
                reading.With(ContactSql.PropertyNames[property++], db.Stored(id));
            }
        }

        await using var row = await reading.Command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return ((int)row.GetInt64(0), (int)row.GetInt64(1));
    }

    /// <summary>
    /// A booking with the status in house counts by that alone, so that a guest who overstays or was never checked out counts. Other
    /// bookings count by date until the guest has left.
    /// </summary>
    /// <param name="counts">The number of properties on each day.</param>
    private static string Text(IReadOnlyList<int> counts)
    {
        var sql = new StringBuilder(
            "SELECT coalesce(sum(here), 0), coalesce(sum(1 - here), 0) FROM (SELECT contact_id, max(here) AS here FROM ("
        );
        var property = 0;
        for (var day = 0; day < counts.Count; day++)
        {
            var today = "@" + ContactSql.TodayNames[day];
            var names = string.Join(", ", Enumerable.Range(property, counts[day]).Select(i => "@" + ContactSql.PropertyNames[i]));
            property += counts[day];
            sql.Append(day == 0 ? "" : " UNION ALL ")
                .Append("SELECT contact_id, 1 AS here FROM bookings WHERE organization_id = @organization AND property_id IN (")
                .Append(names);
            sql.Append(") AND status = 'InHouse' AND contact_id IS NOT NULL UNION ALL SELECT contact_id, CASE WHEN arrival <= ")
                .Append(today)
                .Append(" THEN 1 ELSE 0 END FROM bookings");
            sql.Append(" WHERE organization_id = @organization AND property_id IN (")
                .Append(names)
                .Append(") AND departure > ")
                .Append(today)
                .Append(" AND status IN ('Confirmed', 'Completed') AND contact_id IS NOT NULL");
        }

        return sql.Append(") s GROUP BY contact_id) g").ToString();
    }
}
