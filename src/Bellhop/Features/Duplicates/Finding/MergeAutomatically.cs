using Bellhop.Data;
using Bellhop.Features.Duplicates.Scoring;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>
/// Merges without a person. What a channel signed, that two ids are one guest's, joins the two always. The organisation's rule, if it is
/// on, joins pairs with one proven identity and nothing against it. A split takes it back like any merge, and the pair is then left alone.
/// </summary>
internal static class MergeAutomatically
{
    private static readonly Dictionary<long, long> NoCounts = [];

    /// <summary>Who the audit log, the timeline and the merge name.</summary>
    public const string Name = "Bellhop, by the rule for duplicates";

    /// <summary>Who they name where a channel signed that the two are one.</summary>
    public const string NameWhereSaid = "Bellhop, by the channel's statement";

    /// <summary>Whether nothing is in doubt, and nobody has decided the pair.</summary>
    public static bool Allows(LikelyDuplicate pair, ComparePairs.Compared compared) =>
        pair is { DismissedAt: null, SplitAt: null }
        && (
            IsSaid(pair)
                ? !Differ(compared.Older, compared.Newer) && compared.Proven.All(e => e.Field != GuestRecords.Birthday || !IsOther(e))
                : compared.MayMerge && compared.Proven.Any(e => IsProvenSame(e, pair))
        );

    /// <summary>Whether a channel signed that the two are one guest. It knows better than their names do.</summary>
    public static bool IsSaid(LikelyDuplicate pair) => pair.ReasonList.Contains(LikelyDuplicate.ChannelSaysSame, StringComparer.Ordinal);

    /// <summary>
    /// Whether what is proven of two guests speaks for one, and nothing against it. Never where both have a proven phone, or a proven id of
    /// one kind and scope, that differ.
    /// </summary>
    public static bool MayMerge(GuestRecords.Guest one, GuestRecords.Guest other, IReadOnlyList<Evidence> proven, PairModel model) =>
        !Differ(one, other) && AutomaticRule.Allows(model, one.Proven, other.Proven, proven);

    /// <summary>The comparisons of what is proven of two guests.</summary>
    /// <param name="all">Those of all that is known; the same where nothing is only claimed.</param>
    public static IReadOnlyList<Evidence> Proven(GuestRecords.Guest one, GuestRecords.Guest other, IReadOnlyList<Evidence> all) =>
        ReferenceEquals(one.Proven, one.All) && ReferenceEquals(other.Proven, other.All)
            ? all
            : Evidence.Of(GuestRecords.Kinds, one.Proven, other.Proven);

    /// <summary>Merges the pairs, each in a save of its own, where the rule still allows it.</summary>
    public static async Task Run(
        IReadOnlyList<ComparePairs.Two> pairs,
        PairWeights weights,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsEdit);
        foreach (var pair in pairs)
        {
            cancel.ThrowIfCancellationRequested();
            await db.Save(
                () => One(pair, weights, Actor.System(who.OrganizationId), db, cancel),
                cancel,
                SettingsLock.Shared(who.OrganizationId),
                alone: true
            );
        }
    }

    private static async Task One(ComparePairs.Two pair, PairWeights weights, Actor rule, BellhopDb db, CancellationToken cancel)
    {
        var organizationId = rule.OrganizationId;
        await db.LockContacts(organizationId, [pair.Older, pair.Newer], cancel);
        var listed = await db.LikelyDuplicates.SingleOrDefaultAsync(
            d => d.OrganizationId == organizationId && d.OlderId == pair.Older && d.NewerId == pair.Newer,
            cancel
        );
        var guests = await GuestRecords.Of([pair.Older, pair.Newer], organizationId, db, cancel);
        if (listed is null || guests.Count < 2 || !(IsSaid(listed) || await FindDuplicates.IsOn(organizationId, db, cancel)))
        {
            return; // merged, deleted or decided meanwhile
        }

        var compared = await ComparePairs.Judge(
            [pair],
            guests,
            weights,
            NoCounts,
            new HashSet<ComparePairs.Two> { pair },
            organizationId,
            db,
            cancel
        );
        if (Allows(listed, compared.Single()))
        {
            rule = rule with { Name = IsSaid(listed) ? NameWhereSaid : Name };
            var kept = await Merges.DemandWhole(pair.Older, rule, db, cancel);
            var other = await Merges.DemandWhole(pair.Newer, rule, db, cancel);
            await JoinGuests.Run(kept, other, new(), null, rule, db, cancel);
        }
    }

    /// <summary>
    /// A key leads to one contact, so two proven phones or two ids of one kind and scope are two people's, unless all phones are the same.
    /// </summary>
    private static bool Differ(GuestRecords.Guest one, GuestRecords.Guest other)
    {
        var (mine, theirs) = (one.Proven[GuestRecords.Phone], other.Proven[GuestRecords.Phone]);
        return (mine.Count > 0 && theirs.Count > 0 && !mine.ToHashSet(StringComparer.Ordinal).SetEquals(theirs))
            || one.Ids.Overlaps(other.Ids);
    }

    private static bool IsOther(Evidence evidence) => evidence.Level == Level.Different;

    private static bool IsProvenSame(Evidence evidence, LikelyDuplicate pair) =>
        evidence.Level == Level.Same
        && (
            (evidence.Field == GuestRecords.Phone && pair.IsProven(IdentityKind.Phone))
            || (evidence.Field == GuestRecords.Email && pair.IsProven(IdentityKind.Email))
        );
}
