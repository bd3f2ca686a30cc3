using Bellhop.Data;
using Bellhop.Features.Duplicates.Scoring;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>Compares pairs of guests and keeps what is likely.</summary>
internal static class ComparePairs
{
    // So many comparisons are in memory at once.
    private const int AtOnce = 2000;

    /// <summary>Two guests, the older first.</summary>
    public readonly record struct Two(Guid Older, Guid Newer)
    {
        public static Two Of(Guid one, Guid other) => one.CompareTo(other) < 0 ? new(one, other) : new(other, one);
    }

    /// <summary>What a comparison found.</summary>
    /// <param name="Proven">The comparisons of what is proven of the two.</param>
    /// <param name="Stay">What their bookings have in common, where that may speak for the pair.</param>
    /// <param name="MayMerge">The organisation's rule may merge the two, if the pair is as the rule wants it.</param>
    public sealed record Compared(
        Two Pair,
        GuestRecords.Guest Older,
        GuestRecords.Guest Newer,
        IReadOnlyList<Evidence> Evidence,
        IReadOnlyList<Evidence> Proven,
        SharedStay Stay,
        double Probability,
        bool MayMerge
    )
    {
        public bool IsLikely => Probability >= Weights.Shown;
    }

    /// <summary>Compares the pairs. It needs no save, and writes nothing.</summary>
    /// <param name="pairs">The pairs to compare, each once.</param>
    /// <param name="guests">The guests of the pairs; a pair without one is left out.</param>
    /// <param name="counts">How many guests have a key, where the caller knows it.</param>
    /// <param name="always">Pairs that are wanted even if they are not likely.</param>
    /// <returns>The pairs that are likely or always wanted.</returns>
    public static async Task<List<Compared>> Judge(
        IEnumerable<Two> pairs,
        IReadOnlyDictionary<Guid, GuestRecords.Guest> guests,
        PairWeights weights,
        IReadOnlyDictionary<long, long> counts,
        IReadOnlySet<Two> always,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var judged = new List<Compared>();
        foreach (var some in pairs.Where(p => guests.ContainsKey(p.Older) && guests.ContainsKey(p.Newer)).Chunk(AtOnce))
        {
            cancel.ThrowIfCancellationRequested();
            var terms = weights.Terms();
            var model = weights.Model(terms);
            var evidence = some.Select(p => Evidence.Of(GuestRecords.Kinds, guests[p.Older].All, guests[p.Newer].All)).ToList();
            weights.Count(terms, evidence, counts);

            // What is not counted yet weighs too much, never too little: only what may be likely is worth a question.
            var possible = some.Zip(evidence).Where(p => always.Contains(p.First) || MayBeShown(p.Second)).ToList();
            var unknown = weights.Count(terms, possible.Select(p => p.Second), counts);
            await weights.Ask(terms, unknown, organizationId, db, cancel);
            var open = possible.Where(p => SameStay.Speaks(GuestRecords.Kinds, p.Second) && MayBeShown(p.Second)).Select(p => p.First);
            var stays = await SharedStays.Of(open, organizationId, db, cancel);
            foreach (var (pair, found) in possible)
            {
                var (older, newer) = (guests[pair.Older], guests[pair.Newer]);
                var stay = SameStay.Speaks(GuestRecords.Kinds, found) ? stays.Between(pair) : SharedStay.None;
                var probability = PairModel.Probability(model.Of(found) + SameStay.Weight(stay, GuestRecords.Kinds, found));
                if (probability >= Weights.Shown || always.Contains(pair))
                {
                    var proven = MergeAutomatically.Proven(older, newer, found);
                    var mayMerge = MergeAutomatically.MayMerge(older, newer, proven, model);
                    judged.Add(new(pair, older, newer, found, proven, stay, probability, mayMerge));
                }
            }

            // Also by a booking that the two share, where one may speak for them.
            bool MayBeShown(IReadOnlyList<Evidence> found) =>
                PairModel.Probability(model.Of(found) + SameStay.Weight(SharedStay.Booking, GuestRecords.Kinds, found)) >= Weights.Shown;
        }

        return judged;
    }

    /// <summary>Those of which the stored pair would change, or which the rule would merge. It needs no save, and writes nothing.</summary>
    /// <param name="merges">Whether the organisation has the rule.</param>
    public static async Task<List<Compared>> News(
        IReadOnlyCollection<Compared> compared,
        bool merges,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var news = new List<Compared>();
        foreach (var some in compared.Chunk(AtOnce))
        {
            var listed = await Listed(some, organizationId, db, cancel);
            news.AddRange(some.Where(c => IsNew(c, listed.GetValueOrDefault(c.Pair))));
        }

        return news;

        bool IsNew(Compared one, LikelyDuplicate? present)
        {
            if (present is null)
            {
                return one.IsLikely;
            }

            var before = (present.Reasons, present.Score, present.Evidence, present.DismissedAt);
            Find(present, one);
            return before != (present.Reasons, present.Score, present.Evidence, present.DismissedAt)
                || IsOver(present)
                || ((merges || MergeAutomatically.IsSaid(present)) && MergeAutomatically.Allows(present, one));
        }
    }

    /// <summary>
    /// Writes pairs that are likely and takes out what is not likely any more; a pair of the door's stays, and so does one that somebody
    /// decided. Call it inside a save.
    /// </summary>
    /// <returns>The pairs to merge without a person: by a channel's statement, or by the organisation's rule if it is on.</returns>
    public static async Task<List<Two>> Write(
        IReadOnlyCollection<Compared> compared,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var (said, allowed) = (new List<Two>(), new List<Two>());
        if (compared.Count == 0)
        {
            return allowed;
        }

        var listed = await Listed(compared, organizationId, db, cancel);
        db.AttachRange(listed.Values);
        foreach (var one in compared)
        {
            var present = listed.GetValueOrDefault(one.Pair);
            if (present is null && !one.IsLikely)
            {
                continue;
            }

            if (present is null)
            {
                present = LikelyDuplicate.New(organizationId, one.Pair.Older, one.Pair.Newer, db.Now);
                db.LikelyDuplicates.Add(present);
            }

            Find(present, one);
            if (IsOver(present))
            {
                db.Remove(present);
            }
            else if (MergeAutomatically.Allows(present, one))
            {
                (MergeAutomatically.IsSaid(present) ? said : allowed).Add(one.Pair);
            }
        }

        return allowed.Count > 0 && await FindDuplicates.IsOn(organizationId, db, cancel) ? [.. said, .. allowed] : said;
    }

    /// <summary>The stored pairs among these, not tracked.</summary>
    private static async Task<Dictionary<Two, LikelyDuplicate>> Listed(
        IReadOnlyCollection<Compared> compared,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var older = compared.Select(c => c.Pair.Older).Distinct().ToList();
        var pairs = await db
            .LikelyDuplicates.AsNoTracking()
            .Where(d => d.OrganizationId == organizationId && older.Contains(d.OlderId))
            .ToListAsync(cancel);
        var wanted = compared.Select(c => c.Pair).ToHashSet();
        return pairs
            .Select(p => (Two: new Two(p.OlderId, p.NewerId), Pair: p))
            .Where(p => wanted.Contains(p.Two))
            .ToDictionary(p => p.Two, p => p.Pair);
    }

    private static void Find(LikelyDuplicate present, Compared one) =>
        present.Find(one.IsLikely ? PairEvidence.Of(one.Evidence, present, one.Stay != SharedStay.None) : [], one.Probability);

    /// <summary>Whether nothing speaks for the pair any more, and nobody has decided it.</summary>
    private static bool IsOver(LikelyDuplicate pair) => pair is { Reasons: "", DismissedAt: null, SplitAt: null };
}
