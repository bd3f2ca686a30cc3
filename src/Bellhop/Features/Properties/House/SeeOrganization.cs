using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Properties;

/// <summary>What every page needs: the organisation's currency and zone, and the properties that its viewer may choose.</summary>
public static class SeeOrganization
{
    /// <param name="Name">The organisation's name.</param>
    /// <param name="Currency">ISO 4217: the currency of guests' totals.</param>
    /// <param name="TimeZone">IANA: the zone in which its months begin.</param>
    /// <param name="Today">Today in the organisation's zone.</param>
    /// <param name="Places">The viewer's properties, by name.</param>
    public sealed record Row(string Name, string Currency, string TimeZone, DateOnly Today, IReadOnlyList<Place> Places);

    /// <param name="TimeZone">IANA: the zone of the property's days.</param>
    /// <param name="Currency">ISO 4217: the currency of its prices.</param>
    public sealed record Place(Guid Id, string Name, string TimeZone, string Currency);

    internal static Sql Question(int organizationId) =>
        $"""
            SELECT o.name, o.currency, o.time_zone, p.id, p.name, p.time_zone, p.currency FROM organizations o
                LEFT JOIN properties p ON p.organization_id = o.id
            WHERE o.id = {organizationId} ORDER BY p.name_key
            """;

    public static async Task<Row> Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        var rows = await db.Read(
            Question(who.OrganizationId),
            row => (Name: row.Text(), Currency: row.Text(), TimeZone: row.Text(), Place: ReadPlace(row)),
            cancel
        );
        if (rows is not [var house, ..])
        {
            throw new InvalidOperationException("There is no such organisation.");
        }

        return new(
            house.Name,
            house.Currency,
            house.TimeZone,
            db.Host.Clock.Today(Clock.Zone(house.TimeZone)!),
            [.. rows.Select(r => r.Place).OfType<Place>().Where(p => who.Sees(p.Id))]
        );
    }

    private static Place? ReadPlace(SqlRow row)
    {
        if (row.IsNull)
        {
            row.Skip(4);
            return null;
        }

        return new(row.Id(), row.Text(), row.Text(), row.Text());
    }
}
