using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>
/// Merges several likely pairs in the background, each in a save of its own. The older guest of each is kept with its values. A pair that
/// is no longer what the person saw is left alone and counted.
/// </summary>
public static class MergePairs
{
    public const string Kind = "contacts.mergePairs";

    /// <summary>As many pairs are taken at once.</summary>
    public const int Most = 200;

    /// <summary>The job handler.</summary>
    public static readonly JobHandler Handler = new(Kind, Work);

    /// <param name="Pairs">The pairs' ids, 1 to <see cref="Most"/>.</param>
    /// <param name="SeenAt">When they were read, UTC.</param>
    public sealed record Input(IReadOnlyList<Guid> Pairs, DateTime SeenAt);

    /// <param name="JobId">The job that merges them, and the run that <see cref="SplitPairs"/> takes back.</param>
    public sealed record Result(Guid JobId);

    /// <exception cref="Refusal">403 without contacts.edit, and <c>approval-needed</c> as the organisation's rule says; 400.</exception>
    public static async Task<Result> Run(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        List<Guid> ids = [.. input.Pairs.Distinct()];
        if (ids.Count is 0 or > Most)
        {
            throw Refusal.Invalid("pairs", ErrorText.Of<DuplicateTexts>("Pairs", Most));
        }

        return await db.Save(
            async () =>
            {
                var pairs = await Seen(ids, who, db, cancel);
                var subject = Approval.SubjectOf("merge pairs " + string.Join(',', ids.Order()));
                var guests = pairs.SelectMany(p => p).Distinct().Count();
                await Approvals.Demand(ApprovalAction.Merge, _ => Task.FromResult(guests), subject, who, db, cancel);
                var id = await db.Queue(who, Kind, new PairRun(input.SeenAt, pairs).Write(), cancel: cancel);
                await db.Flush(cancel);
                var job = await db.Jobs.VisibleTo(who).SingleAsync(j => j.Id == id, cancel);
                (job.Total, job.Progress) = (ids.Count, ids.Count - pairs.Count);
                if (job.Progress > 0)
                {
                    PairRun.Count(job, PairRun.Gone, job.Progress);
                }

                return new Result(id);
            },
            cancel
        );
    }

    /// <summary>The pairs that the actor sees, as the list has them.</summary>
    private static async Task<List<Guid[]>> Seen(List<Guid> ids, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var guests = db.Contacts.VisibleTo(who, db.ContactsAtProperty);
        var pairs = await db
            .LikelyDuplicates.AsNoTracking()
            .Where(d => d.OrganizationId == who.OrganizationId && ids.Contains(d.Id))
            .Where(d => guests.Any(c => c.Id == d.OlderId) && guests.Any(c => c.Id == d.NewerId))
            .OrderByDescending(d => d.Score)
            .ThenByDescending(d => d.Id)
            .Select(d => new { d.OlderId, d.NewerId })
            .ToListAsync(cancel);
        return pairs.ConvertAll(p => new[] { p.OlderId, p.NewerId });
    }

    private static async Task Work(Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        var run = PairRun.Of(job);
        for (var more = true; more; )
        {
            cancel.ThrowIfCancellationRequested();
            await db.GiveWay(FindDuplicates.Patience, cancel);
            more = await db.Save(() => Next(run, job, who, db, cancel), cancel, SettingsLock.Shared(who.OrganizationId), alone: true);
        }
    }

    /// <summary>Merges the next pair, and counts it in the same save: so none is counted twice when the job runs again.</summary>
    private static async Task<bool> Next(PairRun run, Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var stored = await db.Jobs.AsNoTracking().SingleAsync(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id, cancel);
        var (total, at) = (stored.Total ?? 0, stored.Progress - ((stored.Total ?? 0) - run.Pairs.Count));
        if (at >= run.Pairs.Count)
        {
            return false;
        }

        var came = await One(run.Pairs[at], run, job.Id, who, db, cancel);
        var mine = await db.Jobs.SingleAsync(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id, cancel);
        PairRun.Count(mine, came);
        mine.Progress++;
        return mine.Progress < total;
    }

    /// <summary>Merges a pair, or says why not.</summary>
    private static async Task<string> One(Guid[] pair, PairRun run, Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var organizationId = who.OrganizationId;
        var (one, other) = (
            await PairRun.Now(pair[0], id, organizationId, db, cancel),
            await PairRun.Now(pair[1], id, organizationId, db, cancel)
        );
        if (one == other)
        {
            return PairRun.Already;
        }

        await db.LockContacts(organizationId, [one, other], cancel);
        var both = ComparePairs.Two.Of(one, other);
        var listed = await db
            .LikelyDuplicates.AsNoTracking()
            .SingleOrDefaultAsync(d => d.OrganizationId == organizationId && d.OlderId == both.Older && d.NewerId == both.Newer, cancel);
        if (listed is null)
        {
            return PairRun.Gone;
        }

        if (listed.DismissedAt is not null)
        {
            return PairRun.ToldApart;
        }

        if (!DuplicateWords.IsLikely((double)listed.Score / LikelyDuplicate.Certain))
        {
            return PairRun.LessAlike;
        }

        Contact mine,
            theirs;
        try
        {
            (mine, theirs) = (await Merges.DemandWhole(one, who, db, cancel), await Merges.DemandWhole(other, who, db, cancel));
        }
        catch (Refusal refusal) when (refusal.Status is 403 or 404)
        {
            return refusal.Status == 403 ? PairRun.Elsewhere : PairRun.Gone;
        }

        if (await IsChanged(mine, run, id, db, cancel) || await IsChanged(theirs, run, id, db, cancel))
        {
            return PairRun.Changed;
        }

        var (kept, joins) = (mine.CreatedAt, mine.Id).CompareTo((theirs.CreatedAt, theirs.Id)) < 0 ? (mine, theirs) : (theirs, mine);
        await JoinGuests.Run(kept, joins, new(), id, who, db, cancel);
        return PairRun.Merged;
    }

    // What the run itself merged into a guest is no news.
    private static async Task<bool> IsChanged(Contact guest, PairRun run, Guid id, BellhopDb db, CancellationToken cancel) =>
        guest.UpdatedAt > run.SeenAt
        && !(await Merges.Last(guest.Id, guest.OrganizationId, db, cancel) is { } last && PairRun.IsOf(id, last.State));
}
