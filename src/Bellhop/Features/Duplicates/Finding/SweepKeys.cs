using Bellhop.Data;
using Bellhop.Features.Duplicates.Scoring;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>The part of a sweep that reads the keys in their order and compares the guests that share one.</summary>
internal static class SweepKeys
{
    // So many keys are in memory, whatever the number of guests. Comparing is part of the save: more would hold others up.
    private const int KeysAtOnce = 1000;

    public sealed record Step(SweepPlace.Pairs? Next, List<ComparePairs.Two> Allowed);

    /// <summary>The groups of guests that share one of the next keys.</summary>
    /// <param name="Groups">Of two guests and more, but not of those that too many share.</param>
    /// <param name="Last">The last key that was read whole; null after the last one.</param>
    public sealed record Read(List<List<Guid>> Groups, long? Last);

    public static async Task<Step> Some(
        SweepPlace.Pairs place,
        PairWeights weights,
        long guestCount,
        Job job,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var (groups, last) = await Next(place.After, KeysAtOnce, job.OrganizationId, db, cancel);
        var pairs = groups.SelectMany(Pairs).ToHashSet();
        var guests = await GuestRecords.Of(
            [.. pairs.SelectMany(p => new[] { p.Older, p.Newer }).Distinct()],
            job.OrganizationId,
            db,
            cancel
        );
        var allowed = await ComparePairs.Run(pairs, guests, weights, job.OrganizationId, db, cancel);
        SweepPlace next = last is { } key ? new SweepPlace.Pairs(key) : new SweepPlace.Listed(Guid.Empty);
        await SweepDuplicates.Note(next, job, db, cancel);
        var share = last is { } at ? Share(at) : 1;
        await db
            .Jobs.Where(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(j => j.Progress, (int)(guestCount * (1 + share))), cancel);
        return new(next as SweepPlace.Pairs, allowed);
    }

    /// <summary>Reads the next keys in their order. The last key that was begun is left for the next call.</summary>
    public static async Task<Read> Next(long? after, int most, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        Sql goesOn = after is { } key ? $" AND key > {key}" : Sql.None;
        var rows = await db.Read(
            $"""
            SELECT key, contact_id FROM duplicate_keys WHERE organization_id = {organizationId}{goesOn}
            ORDER BY key, contact_id{SqlDialect.Limit(most)}
            """,
            row => (Key: row.Long(), Id: row.Id()),
            cancel
        );
        if (rows.Count == 0)
        {
            return new([], null);
        }

        var isLast = rows.Count < most;
        var (first, end) = (rows[0].Key, rows[^1].Key);
        if (!isLast && first == end)
        {
            return new([], end); // so many share it that it says nothing
        }

        var groups = rows.Where(r => isLast || r.Key != end)
            .GroupBy(r => r.Key, r => r.Id)
            .Select(g => g.ToList())
            .Where(g => g.Count is > 1 and <= CandidatePairs.MostGuestsOfKey)
            .ToList();
        return new(groups, isLast ? null : rows.FindLast(r => r.Key != end).Key);
    }

    public static IEnumerable<ComparePairs.Two> Pairs(List<Guid> group)
    {
        for (var i = 0; i < group.Count; i++)
        {
            for (var j = i + 1; j < group.Count; j++)
            {
                yield return ComparePairs.Two.Of(group[i], group[j]);
            }
        }
    }

    /// <summary>How much of all keys lies before one: they are hashes, and spread evenly.</summary>
    public static double Share(long key) => ((double)key - long.MinValue) / (2.0 * -(double)long.MinValue);
}
