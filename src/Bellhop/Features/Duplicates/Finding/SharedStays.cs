using Bellhop.Data;

namespace Bellhop.Features.Duplicates;

/// <summary>Which guests have a booking at one property from one day on.</summary>
internal sealed class SharedStays(ILookup<Guid, (Guid Property, DateOnly Arrival)> stays)
{
    /// <summary>Reads the bookings of all guests of these pairs.</summary>
    public static async Task<SharedStays> Of(
        IEnumerable<ComparePairs.Two> pairs,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var ids = pairs.SelectMany(p => new[] { p.Older, p.Newer }).ToHashSet();
        var stays =
            ids.Count == 0
                ? []
                : await db.Read(
                    $"""
                    SELECT contact_id, property_id, arrival FROM bookings
                    WHERE organization_id = {organizationId} AND {db.Dialect.Among($"contact_id", ids)}
                    """,
                    row => (Contact: row.Id(), Stay: (row.Id(), row.Day())),
                    cancel
                );
        return new(stays.ToLookup(s => s.Contact, s => s.Stay));
    }

    public bool Has(ComparePairs.Two pair) => stays[pair.Older].Intersect(stays[pair.Newer]).Any();
}
