using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts.Bulk;

/// <summary>
/// Undoes an action on many contacts. It covers only contacts that the action really changed and whose tag or property nobody changed
/// since.
/// </summary>
public static class ReverseBulk
{
    private const int InOneSave = 50;
    private const int TaggedInOneSave = 500;

    /// <summary>How long an action can be undone.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>The job's handler.</summary>
    public static readonly JobHandler Handler = new("contacts.bulkReversal", Continue);

    /// <summary>Deletes runs that are too old to be undone.</summary>
    public static readonly RecurringTask Recurring = new(
        "forgetBulkRuns",
        (db, cancel) =>
        {
            var before = db.Now - Kept;
            return RecurringTasks.Forget(db, db.Set<BulkRun>().Where(r => r.At < before).OrderBy(r => r.At), cancel);
        }
    );

    /// <exception cref="Refusal">403 without contacts.edit; 404 for another actor's run, and for one older than seven days; 409
    /// <c>still-running</c>, <c>already-reversed</c>.</exception>
    public static async Task<Answered<BulkContacts.Result>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        return await db.Save(
            async () =>
            {
                var oldest = db.Now - Kept;
                var run =
                    await db.Set<BulkRun>()
                        .SingleOrDefaultAsync(
                            r =>
                                r.OrganizationId == who.OrganizationId
                                && r.Id == id
                                && r.StarterId == who.Id
                                && r.StarterKind == who.Kind
                                && r.At >= oldest,
                            cancel
                        )
                    ?? throw Refusal.NotThere("bulkRun", id);
                if (run.UndoneAt is not null)
                {
                    throw Refusal.Conflict("already-reversed", ErrorText.Of<IntakeTexts>("AlreadyReversed"));
                }

                if (await db.Set<BulkItem>().AnyAsync(i => i.OrganizationId == run.OrganizationId && i.JobId == run.Id, cancel))
                {
                    throw Refusal.StillRunning();
                }

                run.UndoneAt = db.Now;
                var count = await ChangesOf(run, db).CountAsync(cancel);
                if (count > BulkContacts.AtOnce)
                {
                    var job = await db.Queue(who, Handler.Kind, run.Id.ToString("D"), cancel: cancel);
                    await db.Flush(cancel);
                    (await db.Jobs.SingleAsync(j => j.OrganizationId == who.OrganizationId && j.Id == job, cancel)).Total = count;
                    return new Answered<BulkContacts.Result>(new(null, job), 202, $"/jobs/{job}");
                }

                var done = await TakeBack(run, count, who, db, cancel);
                return new(new(done.Affected, Full: done.Full == 0 ? null : done.Full));
            },
            cancel,
            SettingsLock.Shared(who.OrganizationId)
        );
    }

    private static IQueryable<BulkChange> ChangesOf(BulkRun run, BellhopDb db) =>
        db.Set<BulkChange>().Where(c => c.OrganizationId == run.OrganizationId && c.RunId == run.Id);

    private static async Task Continue(Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        var id = Guid.ParseExact(job.Argument, "D");
        await db.SaveUntilDone(
            async () =>
            {
                var mine = await db.Jobs.SingleAsync(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id, cancel);
                if (
                    await db.Set<BulkRun>().SingleOrDefaultAsync(r => r.OrganizationId == job.OrganizationId && r.Id == id, cancel)
                    is not { } run
                )
                {
                    return false; // forgotten meanwhile
                }

                BulkJobs.Count(mine, await TakeBack(run, run.TagId is null ? InOneSave : TaggedInOneSave, who, db, cancel));
                await db.Flush(cancel);
                var left = await ChangesOf(run, db).CountAsync(cancel);
                mine.Progress = (mine.Total ?? 0) - left;
                return left > 0;
            },
            cancel,
            SettingsLock.Shared(who.OrganizationId)
        );
    }

    /// <summary>Undoes some changes and deletes their rows, so that the work can continue after a stop.</summary>
    private static async Task<BulkStep.Done> TakeBack(BulkRun run, int most, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var changes = await ChangesOf(run, db).AsNoTracking().OrderBy(c => c.ContactId).Take(most).ToListAsync(cancel);
        var ids = changes.ConvertAll(c => c.ContactId);
        await ChangesOf(run, db).Where(c => ids.Contains(c.ContactId)).ExecuteDeleteAsync(cancel);
        var tag = run.TagId is null
            ? null
            : await db.Tags.SingleOrDefaultAsync(t => t.OrganizationId == run.OrganizationId && t.Id == run.TagId, cancel);
        var others = await ChangedSince(run, ids, tag?.Name, db, cancel);
        ids.RemoveAll(others.Contains);
        if (run.PropertyId is { } property)
        {
            var before = changes.ToDictionary(c => c.ContactId, c => c.PropertyBefore);
            return new(
                (
                    await BulkStep.Assign(
                        ids,
                        c => c.PropertyId == property ? before[c.Id] : null,
                        whole: false,
                        back: true,
                        who,
                        db,
                        cancel
                    )
                ).Count
            );
        }

        if (tag is null || ids.Count == 0)
        {
            return default; // a tag that is gone is on nobody
        }

        var done = await TagMany.Change(tag, run.Action == BulkContacts.RemoveTag, ids, whole: false, who, db, cancel);
        return new(done.Changed.Count, done.Full);
    }

    /// <summary>The contacts whose tag or property changed again after the action, as their events tell.</summary>
    private static async Task<HashSet<Guid>> ChangedSince(BulkRun run, List<Guid> ids, string? tag, BellhopDb db, CancellationToken cancel)
    {
        var times = new Dictionary<Guid, int>();
        foreach (var some in ids.Chunk(TaggedInOneSave))
        {
            var events = db
                .Events.AsNoTracking()
                .Where(e =>
                    e.OrganizationId == run.OrganizationId
                    && e.EntityKind == "contact"
                    && e.Action == "contact.updated"
                    && e.EntityId != null
                    && some.Contains(e.EntityId!.Value)
                    && e.At >= run.At
                )
                .Join(
                    db.EventDetails,
                    e => new { e.OrganizationId, e.Id },
                    d => new { d.OrganizationId, d.Id },
                    (e, d) => new { e.EntityId, d.Detail }
                );
            await foreach (var happened in events.AsAsyncEnumerable().WithCancellation(cancel))
            {
                var fields = JsonSerializer.Deserialize<Dictionary<string, string?[]>>(happened.Detail)!;
                if (
                    run.PropertyId is null
                        ? fields.TryGetValue("tags", out var tags) && tag is not null && Has(tags[0], tag) != Has(tags[^1], tag)
                        : fields.ContainsKey("propertyId")
                )
                {
                    times[happened.EntityId!.Value] = times.GetValueOrDefault(happened.EntityId.Value) + 1;
                }
            }
        }

        return [.. times.Where(t => t.Value > 1).Select(t => t.Key)];
    }

    private static bool Has(string? names, string name) =>
        names is not null && $", {names}, ".Contains($", {name}, ", StringComparison.Ordinal);
}
