using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts.Bulk;

/// <summary>
/// Jobs for actions on very many contacts. Each save changes some contacts and deletes their items, so a job can continue after a stop.
/// </summary>
internal static class BulkJobs
{
    private const int InOneSave = 50;
    private const int TaggedInOneSave = 500;

    /// <summary>The job handlers.</summary>
    public static readonly JobHandler Deletion = new(
        "contacts.bulkDelete",
        async (job, who, db, cancel) =>
        {
            who.Demand(Permission.ContactsDelete);
            await Continue(job, null, who, db, cancel);
        }
    );

    public static readonly JobHandler Change = new(
        "contacts.bulkChange",
        async (job, who, db, cancel) =>
        {
            if (
                await db.Set<BulkRun>()
                    .AsNoTracking()
                    .SingleOrDefaultAsync(r => r.OrganizationId == job.OrganizationId && r.Id == job.Id, cancel) is
                { } run
            )
            {
                who.Demand(BulkContacts.Needs(run.Action));
                await Continue(job, run, who, db, cancel);
            }
        }
    );

    private static Task Continue(Job job, BulkRun? run, Actor who, BellhopDb db, CancellationToken cancel) =>
        db.SaveUntilDone(() => DoSome(job, run, who, db, cancel), cancel, SettingsLock.Shared(who.OrganizationId));

    /// <summary>Changes some contacts. A contact that is gone, or that the starter may no longer change, is skipped.</summary>
    private static async Task<bool> DoSome(Job job, BulkRun? run, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var mine = await db.Jobs.SingleAsync(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id, cancel);
        var items = db.Set<BulkItem>().Where(i => i.OrganizationId == job.OrganizationId && i.JobId == job.Id);
        var most = run?.TagId is null ? InOneSave : TaggedInOneSave;
        var ids = await items.OrderBy(i => i.ContactId).Select(i => i.ContactId).Take(most).ToListAsync(cancel);
        await items.Where(i => ids.Contains(i.ContactId)).ExecuteDeleteAsync(cancel);
        var done = ids.Count == 0 ? default : await BulkStep.Do(run, ids, whole: false, who, db, cancel);
        Count(mine, done);

        // Contacts that another deletion has removed meanwhile count as done too.
        mine.Progress = (mine.Total ?? 0) - await items.CountAsync(cancel);
        return ids.Count > 0;
    }

    /// <summary>Adds the counts to the job's result.</summary>
    internal static void Count(Job job, BulkStep.Done done)
    {
        var before = job.Result is null ? new Counted(0) : JsonSerializer.Deserialize<Counted>(job.Result, JsonSerializerOptions.Web)!;
        var full = (before.Full ?? 0) + done.Full;
        job.Result = JsonSerializer.Serialize(new Counted(before.Affected + done.Affected, full == 0 ? null : full), Written);
    }

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private sealed record Counted(int Affected, int? Full = null);

    /// <summary>What the jobs count.</summary>
    public static readonly JobResult Result = new("BulkResult", ["affected"], ["full"]);
}
