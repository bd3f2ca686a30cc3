using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Duplicates.Scoring;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>
/// Learns an organisation's weights from guests that share a key. Keys are hashes, so the first ones in their order are as good as chance;
/// of a large organisation, so many are read that memory stays bounded.
/// </summary>
internal static class LearnGuests
{
    private const int Enough = 20_000;

    public static async Task Run(Job job, BellhopDb db, CancellationToken cancel)
    {
        var all = await PairWeights.CountGuests(job.OrganizationId, db, cancel);
        var (guests, share) = all <= Enough ? (await All(job, db, cancel), 1.0) : await Some(all, job, db, cancel);
        if (guests.Count < 2)
        {
            return;
        }

        var records = guests.ConvertAll(g => g.All);
        var candidates = CandidatePairs.Of(GuestRecords.Kinds, records);
        var model = LearnWeights.Run(GuestRecords.Kinds, records, candidates);
        var truePairs = share >= 1 ? model.TruePairs : TruePairs(all, share);
        var learned = new LearnedWeights(model.SameGuest, model.TwoGuests, truePairs)
        {
            Households = model.Households * truePairs / model.TruePairs, // in the whole list as many for each true pair
            Keys = DuplicateKeys.Mark,
        };
        await db.Save(
            async () =>
            {
                var row = await db.DuplicateWeights.SingleAsync(w => w.OrganizationId == job.OrganizationId, cancel);
                (row.Weights, row.LearnedAt) = (JsonSerializer.Serialize(learned), db.Now);
                if (row.SweepId == job.Id)
                {
                    row.SweepPlace = new SweepPlace.Pairs(null).Write();
                }
            },
            cancel
        );

        // Of a sample, each pair counts as often as it had a chance to be in it: by the keys that the two share.
        double TruePairs(long count, double part)
        {
            var found = 0.0;
            foreach (var (one, other) in candidates)
            {
                var evidence = Evidence.Of(GuestRecords.Kinds, records[one], records[other]);
                var shared = guests[one].Keys.Intersect(guests[other].Keys).Count();
                found += PairModel.Probability(model.Of(evidence)) / (1 - Math.Pow(1 - part, Math.Max(1, shared)));
            }

            var pairs = count * (count - 1.0) / 2;
            return Math.Clamp((found + 0.5) / pairs, 1e-12, Math.Min(0.2, Weights.MostPairsPerGuest * 2 / count));
        }
    }

    private static async Task<List<GuestRecords.Guest>> All(Job job, BellhopDb db, CancellationToken cancel)
    {
        var guests = new List<GuestRecords.Guest>();
        var ids = await db.Read(
            $"SELECT id FROM contacts WHERE organization_id = {job.OrganizationId} ORDER BY id{SqlDialect.Limit(2 * Enough)}",
            row => row.Id(),
            cancel
        );
        await Add(ids, guests, job, db, cancel);
        return guests;
    }

    /// <summary>Guests of the first keys, and what part of all keys these are.</summary>
    private static async Task<(List<GuestRecords.Guest>, double Share)> Some(long all, Job job, BellhopDb db, CancellationToken cancel)
    {
        var ids = new HashSet<Guid>();
        long? after = null;
        do
        {
            var (groups, last) = await SweepKeys.Next(after, SweepKeys.Parts(all), job.OrganizationId, db, cancel);
            ids.UnionWith(groups.SelectMany(g => g.Guests));
            after = last;
        } while (after is not null && ids.Count < Enough);

        var guests = new List<GuestRecords.Guest>();
        await Add(ids.Order(), guests, job, db, cancel);
        return (guests, after is { } key ? SweepKeys.Share(key) : 1);
    }

    private static async Task Add(IEnumerable<Guid> ids, List<GuestRecords.Guest> guests, Job job, BellhopDb db, CancellationToken cancel)
    {
        foreach (var some in ids.Chunk(500))
        {
            guests.AddRange((await GuestRecords.Of(some, job.OrganizationId, db, cancel)).Values.OrderBy(g => g.Id));
        }
    }
}
