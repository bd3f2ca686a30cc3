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

        // A booking with the status in house counts by that alone, so that a guest who overstays or was never checked out counts. Other
        // bookings count by date until the guest has left.
        var stays = days.Select(places =>
        {
            var at = Sql.AndIn($"property_id", places.ToList());
            return Sql.Of(
                $"""
                SELECT contact_id, 1 AS here FROM bookings
                WHERE organization_id = {organizationId}{at} AND status = 'InHouse' AND contact_id IS NOT NULL
                UNION ALL SELECT contact_id, CASE WHEN arrival <= {places.Key} THEN 1 ELSE 0 END FROM bookings
                WHERE organization_id = {organizationId}{at} AND departure > {places.Key} AND status IN ('Confirmed', 'Completed')
                AND contact_id IS NOT NULL
                """
            );
        });
        return await db.ReadFirst(
            $"""
            SELECT coalesce(sum(here), 0), coalesce(sum(1 - here), 0)
            FROM (SELECT contact_id, max(here) AS here FROM ({Sql.Join(" UNION ALL ", stays)}) s GROUP BY contact_id) g
            """,
            row => ((int)row.Long(), (int)row.Long()),
            cancel
        );
    }
}
