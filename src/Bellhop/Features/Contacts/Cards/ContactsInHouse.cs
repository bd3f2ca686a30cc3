using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>Counts the guests in house, each once, at properties each on its own day.</summary>
internal static class ContactsInHouse
{
    /// <summary>Counts again only after something in the organisation has changed, because every page needs the figure.</summary>
    public static ValueTask<int> Remember(
        int organizationId,
        IReadOnlyList<SeeOrganization.Place> places,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var days = places.Select(p => (p.Id, Today: db.Now.DayIn(Clock.Zone(p.TimeZone)!))).ToList();
        return db.Host.OrganizationCache.Get(
            organizationId,
            "inHouse " + string.Join(' ', days.Select(d => $"{d.Id:N}{d.Today.DayNumber}")),
            () => Count(organizationId, days, db, cancel)
        );
    }

    private static async Task<int> Count(
        int organizationId,
        IReadOnlyList<(Guid Id, DateOnly Today)> places,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        (int)
            await db.ReadFirst(
                $"SELECT count(DISTINCT contact_id) FROM ({InHouse.Guests(db.Dialect, organizationId, places)}) g",
                row => row.Long(),
                cancel
            );
}
