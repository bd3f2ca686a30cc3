using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace Bellhop.Features.Contacts.Bulk;

/// <summary>One action on many contacts: at once up to a thousand, as a job with progress beyond.</summary>
public static class BulkContacts
{
    /// <summary>How many are done before answering.</summary>
    public const int AtOnce = 1000;

    private const int InOneSave = 50;
    private const string Delete = "delete";

    /// <param name="Action">Only <c>delete</c>.</param>
    /// <param name="Ids">These contacts; or</param>
    /// <param name="Filter">all that match: the list's filter, its parameters as members.</param>
    public sealed record Input(string Action, IReadOnlyList<Guid>? Ids = null, IReadOnlyDictionary<string, JsonElement>? Filter = null)
    {
        /// <summary>All that match the page's filter, in place of the other two.</summary>
        [System.Text.Json.Serialization.JsonIgnore]
        public ContactFilter? Matching { get; init; }
    }

    /// <param name="Affected">How many contacts the action was done to.</param>
    /// <param name="JobId">The job that will, where there are many.</param>
    public sealed record Result(
        [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] int? Affected,
        [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] Guid? JobId = null);

    /// <summary>The work as jobs name it.</summary>
    public static readonly Work Work = new("contacts.bulkDelete", Continue);

    /// <exception cref="Refusal">400; 404 where one of the ids is not the actor's to see, 403 where one is known at a property that is not theirs: then nothing is changed.</exception>
    public static async Task<Answered<Result>> Run(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsDelete);
        var filter = Read(input);
        var answer = await db.Save(async () =>
        {
            await db.HoldSettings(who.OrganizationId, alone: false, cancel);
            var ids = filter is null ? [.. input.Ids!.Distinct().Order()] : await BulkChoice.Find(filter, AtOnce + 1, who, db, cancel);
            if (ids.Count > AtOnce)
            {
                return await Hand(filter, ids, who, db, cancel);
            }

            foreach (var id in ids)
            {
                await DeleteContact.Remove(id, who, IfMatch.Any, db, cancel);
            }

            return new Answered<Result>(new(ids.Count));
        }, cancel);
        if (answer.Value.Affected > 0)
        {
            await db.ScrubDeleted(cancel);
        }

        return answer;
    }

    private static ContactFilter? Read(Input input)
    {
        var faults = new Faults();
        if (input.Action != Delete)
        {
            faults.Add("action", "OneOf", Delete);
        }

        if (input.Matching is { } matching)
        {
            faults.Refuse();
            return matching;
        }

        if (input.Ids is null == input.Filter is null)
        {
            faults.Add("ids", Fault.Of<IntakeTexts>("IdsOrFilter"));
        }

        var filter = input.Filter is null ? null : BulkChoice.Read(input.Filter, faults);
        faults.Refuse();
        return filter;
    }

    /// <summary>Writes down which contacts are meant, and hands them to a job.</summary>
    private static async Task<Answered<Result>> Hand(ContactFilter? filter, IReadOnlyList<Guid> ids, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var id = await db.Queue(who, Work.Kind, "", cancel: cancel);
        await db.Flush(cancel);
        var count = filter is null ? await BulkChoice.Keep(id, ids, who, db, cancel) : await BulkChoice.Keep(id, filter, who, db, cancel);
        if (who.Properties is { } limited && await db.Set<BulkItem>().AnyAsync(
            i => i.OrganizationId == who.OrganizationId && i.JobId == id && db.ContactAt.Any(a => a.OrganizationId == i.OrganizationId && a.ContactId == i.ContactId && !limited.Contains(a.PropertyId)), cancel))
        {
            throw Refusal.Forbidden(Fault.Of<IntakeTexts>("KnownElsewhere"));
        }

        (await db.Jobs.SingleAsync(j => j.OrganizationId == who.OrganizationId && j.Id == id, cancel)).Total = count;
        return new(new(null, id), 202, $"/jobs/{id}");
    }

    /// <summary>Goes on where it was left: each save deletes some and strikes them off. One that is not the starter's to delete any more is passed over and counted.</summary>
    private static async Task Continue(Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsDelete);
        while (await db.Save(() => DeleteSome(job, who, db, cancel), cancel))
        {
            cancel.ThrowIfCancellationRequested();
        }

        await db.ScrubDeleted(cancel);
    }

    private static async Task<bool> DeleteSome(Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        await db.HoldSettings(who.OrganizationId, alone: false, cancel);
        var mine = await db.Jobs.SingleAsync(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id, cancel);
        var items = db.Set<BulkItem>().Where(i => i.OrganizationId == job.OrganizationId && i.JobId == job.Id);
        var ids = await items.OrderBy(i => i.ContactId).Select(i => i.ContactId).Take(InOneSave).ToListAsync(cancel);
        await items.Where(i => ids.Contains(i.ContactId)).ExecuteDeleteAsync(cancel);
        var affected = 0;
        foreach (var id in ids)
        {
            try
            {
                await DeleteContact.Remove(id, who, IfMatch.Any, db, cancel);
                affected++;
            }
            catch (Refusal refusal) when (refusal.Status is 403 or 404)
            {
                // Gone meanwhile, or known elsewhere meanwhile.
            }
        }

        var before = mine.Result is null ? new Counted(0) : JsonSerializer.Deserialize<Counted>(mine.Result, JsonSerializerOptions.Web)!;
        mine.Result = JsonSerializer.Serialize(new Counted(before.Affected + affected), JsonSerializerOptions.Web);

        // Those that another deletion took off the list meanwhile are done too.
        mine.Progress = (mine.Total ?? 0) - await items.CountAsync(cancel);
        return ids.Count > 0;
    }

    private sealed record Counted(int Affected);
}
