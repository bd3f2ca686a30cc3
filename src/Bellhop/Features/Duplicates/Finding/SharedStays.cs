using Bellhop.Data;
using Bellhop.Features.Duplicates.Scoring;

namespace Bellhop.Features.Duplicates;

/// <summary>What bookings of guests have in common: the property, the first and the last day, and perhaps the reference.</summary>
internal sealed class SharedStays(ILookup<Guid, (SharedStays.Stay Stay, string? Reference)> stays)
{
    public readonly record struct Stay(Guid PropertyId, DateOnly Arrival, DateOnly Departure);

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
                    SELECT contact_id, property_id, arrival, departure, reference FROM bookings
                    WHERE organization_id = {organizationId} AND {db.Dialect.Among($"contact_id", ids)}
                    """,
                    row => (Contact: row.Id(), Stay: new Stay(row.Id(), row.Day(), row.Day()), Reference: row.TextOrNull()),
                    cancel
                );
        return new(stays.ToLookup(s => s.Contact, s => (s.Stay, s.Reference)));
    }

    public SharedStay Between(ComparePairs.Two pair)
    {
        var theirs = stays[pair.Newer].ToLookup(s => s.Stay, s => s.Reference);
        var shared = SharedStay.None;
        foreach (var (stay, reference) in stays[pair.Older].Where(s => theirs.Contains(s.Stay)))
        {
            var same = reference is not null && theirs[stay].Contains(reference, StringComparer.OrdinalIgnoreCase);
            shared = same ? SharedStay.Booking : (SharedStay)Math.Max((int)shared, (int)SharedStay.Days);
        }

        return shared;
    }
}
