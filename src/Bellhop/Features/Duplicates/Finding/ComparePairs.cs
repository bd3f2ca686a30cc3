using Bellhop.Data;
using Bellhop.Features.Duplicates.Scoring;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>Compares pairs of guests and keeps what is likely. Call it inside a save.</summary>
internal static class ComparePairs
{
    /// <summary>Two guests, the older first.</summary>
    public readonly record struct Two(Guid Older, Guid Newer)
    {
        public static Two Of(Guid one, Guid other) => one.CompareTo(other) < 0 ? new(one, other) : new(other, one);
    }

    private sealed record Compared(Two Pair, IReadOnlyList<Evidence> Evidence);

    /// <summary>
    /// Compares the pairs, writes those that are likely and takes out what is not likely any more; a pair of the door's stays, and so does
    /// one that somebody decided.
    /// </summary>
    /// <param name="pairs">The pairs to compare.</param>
    /// <param name="guests">The guests of the pairs; a pair without one is left alone.</param>
    /// <returns>The pairs to merge without a person: by a channel's statement, or by the organisation's rule if it is on.</returns>
    public static async Task<List<Two>> Run(
        IReadOnlyCollection<Two> pairs,
        IReadOnlyDictionary<Guid, GuestRecords.Guest> guests,
        PairWeights weights,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var compared = pairs
            .Distinct()
            .Where(p => guests.ContainsKey(p.Older) && guests.ContainsKey(p.Newer))
            .Select(p => new Compared(p, Evidence.Of(GuestRecords.Kinds, guests[p.Older].All, guests[p.Newer].All)))
            .ToList();
        var model = await weights.For(compared.Select(c => c.Evidence), organizationId, db, cancel);
        var stays = await Stays(compared, model, organizationId, db, cancel);
        var older = compared.Select(c => c.Pair.Older).Distinct().ToList();
        var known = (
            await db.LikelyDuplicates.Where(d => d.OrganizationId == organizationId && older.Contains(d.OlderId)).ToListAsync(cancel)
        ).ToDictionary(d => new Two(d.OlderId, d.NewerId));
        var (said, allowed) = (new List<Two>(), new List<Two>());
        foreach (var (pair, evidence) in compared)
        {
            var stay = stays.GetValueOrDefault(pair);
            var probability = PairModel.Probability(model.Of(evidence) + SameStay.Weight(stay, GuestRecords.Kinds, evidence));
            var present = known.GetValueOrDefault(pair);
            if (present is null && probability < Weights.Shown)
            {
                continue;
            }

            if (present is null)
            {
                present = LikelyDuplicate.New(organizationId, pair.Older, pair.Newer, db.Now);
                db.LikelyDuplicates.Add(present);
            }

            present.Find(probability < Weights.Shown ? [] : Reasons(evidence, stay, present), probability);
            if (present is { Reasons: "", DismissedAt: null, SplitAt: null })
            {
                db.Remove(present);
            }
            else if (MergeAutomatically.Allows(present, guests[pair.Older], guests[pair.Newer], model))
            {
                (MergeAutomatically.IsSaid(present) ? said : allowed).Add(pair);
            }
        }

        return allowed.Count > 0 && await FindDuplicates.IsOn(organizationId, db, cancel) ? [.. said, .. allowed] : said;
    }

    /// <summary>The shared stays of those pairs for which one may speak, and that are likely or become it by that.</summary>
    private static Task<Dictionary<Two, SharedStay>> Stays(
        IEnumerable<Compared> compared,
        PairModel model,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var open = compared.Where(c =>
            SameStay.Speaks(GuestRecords.Kinds, c.Evidence)
            && PairModel.Probability(model.Of(c.Evidence) + Weights.SameBooking) >= Weights.Shown
        );
        return SharedStays.Of([.. open.Select(c => c.Pair)], organizationId, db, cancel);
    }

    /// <summary>What the comparison found, as a pair keeps it.</summary>
    private static List<string> Reasons(IReadOnlyList<Evidence> evidence, SharedStay stay, LikelyDuplicate present)
    {
        var found = new List<string>();
        var names = evidence.Where(e => e.Field == GuestRecords.Name).ToList();
        if (names.Count > 0 && names.Exists(e => e.Level != Level.Different))
        {
            found.Add(names.TrueForAll(e => e.Level == Level.Same) ? PairEvidence.SameName : PairEvidence.NameAlike);
        }

        foreach (var one in evidence)
        {
            var (same, alike) = (one.Level == Level.Same, one.Level != Level.Different);
            switch (one.Field)
            {
                case GuestRecords.Phone when same:
                    Claimed(IdentityKind.Phone);
                    break;
                case GuestRecords.Phone when alike:
                    found.Add(PairEvidence.PhoneAlike);
                    break;
                case GuestRecords.Email when same:
                    Claimed(IdentityKind.Email);
                    break;
                case GuestRecords.Email when alike:
                    found.Add(PairEvidence.EmailAlike);
                    break;
                case GuestRecords.Birthday when same:
                    found.Add(PairEvidence.SameBirthday);
                    break;
            }
        }

        // That two of different names shared a stay is no reason: couples do.
        if (stay != SharedStay.None && SameStay.Speaks(GuestRecords.Kinds, evidence))
        {
            found.Add(PairEvidence.SameStay);
        }

        return found;

        // The door says which of the two has proven it. Where it said nothing, nobody has.
        void Claimed(IdentityKind kind)
        {
            if (!present.IsProven(kind))
            {
                found.Add(LikelyDuplicate.Reason(kind, claimed: true));
            }
        }
    }
}
