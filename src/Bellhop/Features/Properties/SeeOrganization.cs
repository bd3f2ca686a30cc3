using System.Data.Common;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Properties;

/// <summary>
/// What every page needs to know of where it is: the organisation's currency and zone, and the properties its viewer may pick.
/// </summary>
public static class SeeOrganization
{
    /// <param name="Name">The organisation's.</param>
    /// <param name="Currency">ISO 4217: guests' totals are in it.</param>
    /// <param name="TimeZone">IANA: its months begin by it.</param>
    /// <param name="Today">Today where the organisation is.</param>
    /// <param name="Places">By name.</param>
    public sealed record Row(string Name, string Currency, string TimeZone, DateOnly Today, IReadOnlyList<Place> Places);

    /// <param name="TimeZone">IANA: its days begin by it.</param>
    /// <param name="Currency">ISO 4217: its prices are in it.</param>
    public sealed record Place(Guid Id, string Name, string TimeZone, string Currency);

    internal const string Text = """
        SELECT o.name, o.currency, o.time_zone, p.id, p.name, p.time_zone, p.currency FROM organizations o
            LEFT JOIN properties p ON p.organization_id = o.id
        WHERE o.id = @organization ORDER BY p.name_key
        """;

    public static async Task<Row> Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        await using var reading = await db.Read(Text, cancel);
        await using var row = await reading.With("organization", who.OrganizationId).Command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
        {
            throw new InvalidOperationException("There is no such organisation.");
        }

        var (name, currency, zone, places) = (row.GetString(0), row.GetString(1), row.GetString(2), new List<Place>());
        do
        {
            if (ReadPlace(row, db) is { } place && who.Sees(place.Id))
            {
                places.Add(place);
            }
        } while (await row.ReadAsync(cancel));
        return new(name, currency, zone, db.Host.Clock.Today(Clock.Zone(zone)!), places);
    }

    private static Place? ReadPlace(DbDataReader row, BellhopDb db) =>
        row.IsDBNull(3) ? null : new(db.ReadId(row, 3), row.GetString(4), row.GetString(5), row.GetString(6));
}
