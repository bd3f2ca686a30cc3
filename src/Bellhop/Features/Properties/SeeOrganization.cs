using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Properties;

/// <summary>What every page needs to know of where it is: the organisation's currency and zone, and the properties its viewer may pick.</summary>
public static class SeeOrganization
{
    /// <param name="Name">The organisation's.</param>
    /// <param name="Currency">ISO 4217: guests' totals are in it.</param>
    /// <param name="TimeZone">IANA: its months begin by it.</param>
    /// <param name="Today">Today where the organisation is.</param>
    /// <param name="Places">By name.</param>
    public sealed record Row(string Name, string Currency, string TimeZone, DateOnly Today, IReadOnlyList<Place> Places);

    /// <param name="TimeZone">IANA: its days begin by it.</param>
    public sealed record Place(Guid Id, string Name, string TimeZone);

    public static async Task<Row> Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        var organization = await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == who.OrganizationId, cancel);
        var places = await db.Properties.VisibleTo(who).OrderBy(p => p.NameKey).Select(p => new Place(p.Id, p.Name, p.TimeZone)).ToListAsync(cancel);
        return new(organization.Name, organization.Currency, organization.TimeZone, db.Host.Clock.Today(Clock.Zone(organization.TimeZone)!), places);
    }
}
