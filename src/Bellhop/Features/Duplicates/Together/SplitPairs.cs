using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>
/// Takes back all merges of a run that still stand, in the background and the latest first. Where a person must say whose something is,
/// the merge stays and is counted. The pairs are to be decided again.
/// </summary>
public static class SplitPairs
{
    public const string Kind = "contacts.splitPairs";

    /// <summary>The job handler.</summary>
    public static readonly JobHandler Handler = new(Kind, Work);

    /// <param name="run">The job of <see cref="MergePairs"/>; it is kept for seven days.</param>
    /// <exception cref="Refusal">403 without contacts.edit; 404 for another's run unless the actor may manage the settings, and for one
    /// that is forgotten; 409 <c>still-running</c>, <c>already-reversed</c>.</exception>
    public static async Task<MergePairs.Result> Run(Guid run, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        return await db.Save(
            async () =>
            {
                var merged =
                    await db.Jobs.AsNoTracking().VisibleTo(who).SingleOrDefaultAsync(j => j.Id == run && j.Kind == MergePairs.Kind, cancel)
                    ?? throw Refusal.NotThere("job", run);
                if (merged.State == JobState.Queued)
                {
                    throw Refusal.StillRunning();
                }

                var left = (await PairRun.Standing(merged, db, cancel)).Count;
                if (left == 0)
                {
                    throw Refusal.Conflict("already-reversed", ErrorText.Of<DuplicateTexts>("AlreadySplit"));
                }

                var id = await db.Queue(who, Kind, run.ToString("D"), once: $"{run:D}/{who.Id:D}", cancel: cancel);
                await db.Flush(cancel);
                (await db.Jobs.VisibleTo(who).SingleAsync(j => j.Id == id, cancel)).Total ??= left;
                return new MergePairs.Result(id);
            },
            cancel
        );
    }

    private static async Task Work(Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        var run = Guid.ParseExact(job.Argument, "D");
        var merged = await db
            .Jobs.AsNoTracking()
            .SingleOrDefaultAsync(j => j.OrganizationId == job.OrganizationId && j.Id == run && j.Kind == MergePairs.Kind, cancel);
        var left = merged is null ? [] : await PairRun.Standing(merged, db, cancel);
        await db.Save(() => Begin(job, left.Count, db, cancel), cancel);
        foreach (var merge in left)
        {
            cancel.ThrowIfCancellationRequested();
            await db.GiveWay(FindDuplicates.Patience, cancel);
            try
            {
                await db.Save(() => One(merge, job, who, db, cancel), cancel, SettingsLock.Shared(who.OrganizationId), alone: true);
            }
            catch (Refusal refusal) when (Why(refusal) is { } why)
            {
                await db.Save(() => Count(why, job, db, cancel), cancel);
            }
        }
    }

    /// <summary>What an earlier run of the job took back is done; what it could not is tried again.</summary>
    private static async Task Begin(Job job, int left, BellhopDb db, CancellationToken cancel)
    {
        var mine = await Mine(job, db, cancel);
        mine.Progress = Math.Max(0, (mine.Total ?? 0) - left);
        mine.Result = mine.Progress == 0 ? null : JsonSerializer.Serialize(new Dictionary<string, int> { [PairRun.Split] = mine.Progress });
    }

    private static async Task One(Guid id, Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var merge = await db.Merges.AsNoTracking().SingleOrDefaultAsync(m => m.OrganizationId == who.OrganizationId && m.Id == id, cancel);
        await SplitContacts.Inside(id, new Dictionary<Guid, bool>(), who, db, cancel);

        // Whoever takes a whole run back does not say of each pair that they are two people.
        var both = ComparePairs.Two.Of(merge!.ContactId, merge.FromId);
        db.LikelyDuplicates.Local.Single(d => d.OlderId == both.Older && d.NewerId == both.Newer).Ask();
        await Count(PairRun.Split, job, db, cancel);
    }

    private static async Task Count(string what, Job job, BellhopDb db, CancellationToken cancel)
    {
        var mine = await Mine(job, db, cancel);
        PairRun.Count(mine, what);
        mine.Progress++;
    }

    private static Task<Job> Mine(Job job, BellhopDb db, CancellationToken cancel) =>
        db.Jobs.SingleAsync(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id, cancel);

    private static string? Why(Refusal refusal) =>
        refusal switch
        {
            { Type: "undecided" } => PairRun.Undecided,
            { Type: "merged-further" } => PairRun.Further,
            { Status: 403 } => PairRun.Elsewhere,
            { Status: 404 } => PairRun.Gone,
            _ => null,
        };
}
