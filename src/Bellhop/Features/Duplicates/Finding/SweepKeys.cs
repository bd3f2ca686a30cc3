using Bellhop.Data;
using Bellhop.Features.Duplicates.Scoring;

namespace Bellhop.Features.Duplicates;

/// <summary>Reads the keys of all guests in their order, a bounded number at a time.</summary>
internal static class SweepKeys
{
    /// <summary>Guests that share a key.</summary>
    public sealed record Group(long Key, List<Guid> Guests)
    {
        public IEnumerable<ComparePairs.Two> Pairs()
        {
            for (var i = 0; i < Guests.Count; i++)
            {
                for (var j = i + 1; j < Guests.Count; j++)
                {
                    yield return ComparePairs.Two.Of(Guests[i], Guests[j]);
                }
            }
        }
    }

    /// <summary>The groups of guests that share one of the next keys.</summary>
    /// <param name="Groups">Of two guests and more, but not of those that too many share.</param>
    /// <param name="Last">The last key that was read whole; null after the last one.</param>
    public sealed record Some(List<Group> Groups, long? Last);

    /// <summary>Reads the next keys in their order. The last key that was begun is left for the next call.</summary>
    public static async Task<Some> Next(long? after, int most, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var groups = new List<Group>();
        var (mine, read) = (new Group(0, []), 0);
        long? whole = null;
        Sql goesOn = after is { } key ? $" AND key > {key}" : Sql.None;
        await db.ReadWhile(
            $"""
            SELECT key, contact_id FROM duplicate_keys WHERE organization_id = {organizationId}{goesOn}
            ORDER BY key, contact_id{SqlDialect.Limit(most)}
            """,
            row =>
            {
                var next = row.Long();
                if (read++ > 0 && next != mine.Key)
                {
                    whole = mine.Key;
                    Add();
                }

                if (mine.Guests.Count == 0 || next != mine.Key)
                {
                    mine = new(next, mine.Guests.Count == 1 ? Reused(mine.Guests) : []);
                }

                mine.Guests.Add(row.Id());
                return true;
            },
            cancel
        );
        if (read < most)
        {
            Add();
            return new(groups, null);
        }

        return new(groups, whole ?? mine.Key); // one key that so many share says nothing

        void Add()
        {
            if (mine.Guests.Count is > 1 and <= CandidatePairs.MostGuestsOfKey)
            {
                groups.Add(mine);
            }
        }

        // Most keys are one guest's: their list serves the next one.
        static List<Guid> Reused(List<Guid> guests)
        {
            guests.Clear();
            return guests;
        }
    }

    /// <summary>How much of all keys lies before one: they are hashes, and spread evenly.</summary>
    public static double Share(long key) => ((double)key - long.MinValue) / (2.0 * -(double)long.MinValue);
}
