using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>The likely pairs of two contacts, when they are merged and when they are split.</summary>
internal static class GuestPairs
{
    public static Task<List<LikelyDuplicate>> Of(Contact one, Contact other, BellhopDb db, CancellationToken cancel) =>
        db
            .LikelyDuplicates.Where(d =>
                d.OrganizationId == one.OrganizationId
                && (d.OlderId == one.Id || d.NewerId == one.Id || d.OlderId == other.Id || d.NewerId == other.Id)
            )
            .ToListAsync(cancel);

    /// <summary>A pair of the merged contact becomes one of the kept contact.</summary>
    public static void Join(Contact kept, Contact other, List<LikelyDuplicate> pairs, BellhopDb db)
    {
        var mine = pairs.Where(p => Partner(p, other.Id) is null).ToDictionary(p => Partner(p, kept.Id)!.Value);
        foreach (var pair in pairs)
        {
            if (Partner(pair, other.Id) is not { } partner)
            {
                continue;
            }

            db.Remove(pair);
            if (partner == kept.Id)
            {
                continue;
            }

            if (mine.TryGetValue(partner, out var present))
            {
                present.Join(pair);
            }
            else
            {
                db.Add(LikelyDuplicate.Of(kept.Id, partner, pair));
            }
        }
    }

    /// <summary>Each contact has its pairs again, but those that somebody has decided since, or whose other contact is gone.</summary>
    public static async Task Split(Contact kept, Contact other, MergeState state, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var now = (await Of(kept, kept, db, cancel)).ToDictionary(p => Partner(p, kept.Id)!.Value);
        var before = state.Pairs.ToLookup(s => Partner(s, kept.Id) is null);
        var mine = before[false].ToDictionary(s => Partner(s, kept.Id)!.Value);
        foreach (var stored in before[true])
        {
            var partner = Partner(stored, other.Id)!.Value;
            if (!now.TryGetValue(partner, out var present))
            {
                continue;
            }

            Decided(stored.Restore<LikelyDuplicate>(db), present);
            if (!mine.ContainsKey(partner))
            {
                db.Remove(present);
            }
        }

        foreach (var (partner, stored) in mine)
        {
            if (partner != other.Id && now.TryGetValue(partner, out var present))
            {
                var was = LikelyDuplicate.Of(kept.Id, partner, (LikelyDuplicate)stored.Make(db.Entry(present).Metadata, db));
                (present.Reasons, present.Score, present.SplitAt) = (was.Reasons, was.Score, was.SplitAt);
                if (present.DismissedAt is null || present.DismissedAt <= was.DismissedAt)
                {
                    present.Evidence = was.Evidence;
                    present.DismissAs(was);
                }
            }
        }

        Part(kept, other, mine.GetValueOrDefault(other.Id), who, db);
    }

    /// <summary>What somebody said of the one guest and a third counts for each of the two.</summary>
    private static void Decided(LikelyDuplicate pair, LikelyDuplicate present)
    {
        if (present.DismissedAt is not null && pair.DismissedAt is null)
        {
            pair.DismissAs(present);
            pair.Evidence = present.Evidence;
        }
    }

    /// <summary>
    /// Whoever splits two guests says that they are not the same person: the pair is asked again only on new evidence, and no rule merges
    /// it again.
    /// </summary>
    private static void Part(Contact kept, Contact other, StoredRow? stored, Actor who, BellhopDb db)
    {
        var pair = stored?.Restore<LikelyDuplicate>(db) ?? LikelyDuplicate.New(kept.OrganizationId, kept.Id, other.Id, db.Now);
        if (stored is null)
        {
            db.Add(pair);
        }

        foreach (var (reason, key) in PairEvidence.OfBoth(kept, other))
        {
            pair.Note(reason, key);
        }

        pair.SplitAt = db.Now;
        pair.Dismiss(db.Now, who.Name, null);
    }

    private static Guid? Partner(LikelyDuplicate pair, Guid contact) =>
        pair.OlderId == contact ? pair.NewerId
        : pair.NewerId == contact ? pair.OlderId
        : null;

    private static Guid? Partner(StoredRow pair, Guid contact)
    {
        var (older, newer) = (pair.Value<Guid>(nameof(LikelyDuplicate.OlderId)), pair.Value<Guid>(nameof(LikelyDuplicate.NewerId)));
        return older == contact ? newer
            : newer == contact ? older
            : null;
    }
}
