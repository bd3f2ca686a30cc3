using Bellhop.Data;
using Bellhop.Features.Duplicates.Scoring;

namespace Bellhop.Features.Duplicates;

/// <summary>Which pairs of guests have a booking at one property from the same day to the same day.</summary>
internal static class SharedStays
{
    private sealed record Stay(Guid PropertyId, DateOnly Arrival, DateOnly Departure);

    /// <summary>Reads the bookings of all guests of the pairs at once.</summary>
    /// <returns>The pairs that share a stay.</returns>
    public static async Task<Dictionary<ComparePairs.Two, SharedStay>> Of(
        IReadOnlyCollection<ComparePairs.Two> pairs,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var shared = new Dictionary<ComparePairs.Two, SharedStay>();
        if (pairs.Count == 0)
        {
            return shared;
        }

        var ids = pairs.SelectMany(p => new[] { p.Older, p.Newer }).ToHashSet();
        var stays = await db.Read(
            $"""
            SELECT contact_id, property_id, arrival, departure, reference FROM bookings
            WHERE organization_id = {organizationId} AND {db.Dialect.Among($"contact_id", ids)}
            """,
            row => (Guest: row.Id(), Stay: new Stay(row.Id(), row.Day(), row.Day()), Reference: row.TextOrNull()),
            cancel
        );
        var mine = stays.ToLookup(s => s.Guest);
        foreach (var pair in pairs)
        {
            var theirs = mine[pair.Newer].ToLookup(s => s.Stay, s => s.Reference);
            foreach (var (_, stay, reference) in mine[pair.Older].Where(s => theirs.Contains(s.Stay)))
            {
                var same = reference is not null && theirs[stay].Contains(reference, StringComparer.OrdinalIgnoreCase);
                var found = same ? SharedStay.Booking : SharedStay.Days;
                shared[pair] = found > shared.GetValueOrDefault(pair) ? found : shared[pair];
            }
        }

        return shared;
    }
}
