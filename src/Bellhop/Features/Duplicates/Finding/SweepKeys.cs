using Bellhop.Data;
using Bellhop.Features.Duplicates.Scoring;

namespace Bellhop.Features.Duplicates;

/// <summary>Reads who shares a key, in the order of the keys, a bounded number at a time: they are hashes, and spread evenly.</summary>
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
    /// <param name="Groups">Of two guests and more, but not of those that too many share; in the order of their keys.</param>
    /// <param name="Last">Up to which key they were read; null after the last one.</param>
    public sealed record Some(List<Group> Groups, long? Last);

    /// <summary>Into how many parts the keys of so many guests are cut, each of some ten thousand.</summary>
    public static long Parts(long guests) => Math.Max(1, guests / 1000);

    /// <summary>
    /// Reads the next part of the keys. The database leaves out what nobody shares, which is most of them; of a key, all guests are read.
    /// </summary>
    public static async Task<Some> Next(long? after, long parts, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var from = after is { } key ? key + 1 : long.MinValue;
        var to = (long)Int128.Min((Int128)from + (Int128)(ulong.MaxValue / (ulong)parts), long.MaxValue);
        var rows = await db.Read(
            db.Dialect.Shared(
                $"key",
                $"contact_id",
                $"duplicate_keys WHERE organization_id = {organizationId}",
                $"key BETWEEN {from} AND {to}",
                $"BETWEEN 2 AND {CandidatePairs.MostGuestsOfKey:fixed}"
            ),
            row => (Key: row.Long(), Guest: row.Id()),
            cancel
        );
        var groups = rows.GroupBy(r => r.Key, r => r.Guest, (key, guests) => new Group(key, [.. guests])).ToList();
        return new(groups, to == long.MaxValue ? null : to);
    }

    /// <summary>How much of all keys lies before one.</summary>
    public static double Share(long key) => ((double)key - long.MinValue) / (2.0 * -(double)long.MinValue);
}
