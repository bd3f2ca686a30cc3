using System.Text.Json;
using System.Text.Json.Serialization;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts.Bulk;

/// <summary>One action on many contacts. Up to a thousand are done at once; more are done by a job with progress.</summary>
public static class BulkContacts
{
    /// <summary>The most contacts that are done before answering.</summary>
    public const int AtOnce = 1000;

    public const string Delete = "delete";
    public const string AddTag = "addTag";
    public const string RemoveTag = "removeTag";
    public const string AssignProperty = "assignProperty";

    /// <summary>Makes the contacts members of a property's loyalty programme. It is not undone.</summary>
    public const string EnrolGuests = "enrol";

    private const string Actions = $"{Delete}, {AddTag}, {RemoveTag}, {AssignProperty}, {EnrolGuests}";

    /// <param name="Action"><c>delete</c>, <c>addTag</c>, <c>removeTag</c>, <c>assignProperty</c> or <c>enrol</c>.</param>
    /// <param name="Ids">The ids of the contacts; or use the filter.</param>
    /// <param name="Filter">All contacts that match the list's filter, given as its parameters.</param>
    /// <param name="Tag">The name of the tag to add or remove. A tag that does not exist is made.</param>
    /// <param name="PropertyId">The property to assign, or whose loyalty programme the contacts join.</param>
    public sealed record Input(
        string Action,
        IReadOnlyList<Guid>? Ids = null,
        IReadOnlyDictionary<string, JsonElement>? Filter = null,
        string? Tag = null,
        Guid? PropertyId = null
    )
    {
        /// <summary>The page's filter, used instead of ids and filter.</summary>
        [JsonIgnore]
        public ContactFilter? Matching { get; init; }
    }

    /// <param name="Affected">How many contacts the action was done to.</param>
    /// <param name="JobId">The job that does the action, when there are many contacts.</param>
    /// <param name="RunId">The id to undo the action within seven days. Null when it cannot be undone or changed nothing.</param>
    /// <param name="Full">How many contacts did not get the tag, because they have the most tags allowed.</param>
    public sealed record Result(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Affected,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? JobId = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? RunId = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Full = null
    );

    /// <exception cref="Refusal">403 without the action's permission: contacts.delete, loyalty.manage, else contacts.edit; 400; 404 when
    /// the actor does not see one of the ids; 403 when a contact to delete is known at a property that the actor does not see. Nothing is
    /// changed then.</exception>
    public static async Task<Answered<Result>> Run(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Needs(input?.Action));
        var (filter, tag) = Read(input!);
        return await db.Save(
            async () =>
            {
                var ids = filter is null ? [.. input!.Ids!.Distinct().Order()] : await BulkChoice.Find(filter, AtOnce + 1, who, db, cancel);
                if (input!.Action == Delete)
                {
                    await Approvals.Demand(ApprovalAction.BulkDelete, Most, Subject(input, filter), who, db, cancel);
                }

                var run = await Begin(input!, tag, who, db, cancel);
                if (ids.Count > AtOnce)
                {
                    return await Hand(filter, ids, run, who, db, cancel);
                }

                if (run is not null)
                {
                    db.Add(run);
                }

                var done = await BulkStep.Do(run, ids, whole: true, who, db, cancel);
                var isUndone = done.Affected > 0 && input.Action != EnrolGuests;
                if (!isUndone && run is not null)
                {
                    db.Remove(run); // there is nothing to take back
                }

                return new Answered<Result>(new(done.Affected, null, isUndone ? run?.Id : null, done.Full == 0 ? null : done.Full));

                Task<int> Most(int most) =>
                    most <= AtOnce || filter is null ? Task.FromResult(ids.Count) : BulkChoice.Count(filter, most, who, db, cancel);
            },
            cancel,
            SettingsLock.Shared(who.OrganizationId),
            alone: true
        );
    }

    /// <summary>The permission that an action needs.</summary>
    internal static Permission Needs(string? action) =>
        action switch
        {
            Delete => Permission.ContactsDelete,
            EnrolGuests => Permission.LoyaltyManage,
            _ => Permission.ContactsEdit,
        };

    private static string Subject(Input input, ContactFilter? filter) =>
        filter is null ? Approval.SubjectOf(input.Ids!) : Approval.SubjectOf("filter " + filter.ToQuery());

    private static (ContactFilter? Filter, string? Tag) Read(Input input)
    {
        var errors = new ValidationErrors();
        if (input.Action is not (Delete or AddTag or RemoveTag or AssignProperty or EnrolGuests))
        {
            errors.Add("action", "OneOf", Actions);
        }

        var tag = input.Action is AddTag or RemoveTag ? TagRules.Name(input.Tag, errors, "tag") : null;
        if (input.Action is not (AddTag or RemoveTag) && input.Tag is not null)
        {
            errors.Add("tag", "Unknown");
        }

        if ((input.Action is AssignProperty or EnrolGuests) != input.PropertyId is not null)
        {
            errors.Add("propertyId", input.PropertyId is null ? "Required" : "Unknown");
        }

        if (input.Matching is { } matching)
        {
            errors.Refuse();
            return (matching, tag);
        }

        if (input.Ids is null == input.Filter is null)
        {
            errors.Add("ids", ErrorText.Of<IntakeTexts>("IdsOrFilter"));
        }

        var filter = input.Filter is null ? null : BulkChoice.Read(input.Filter, errors);
        errors.Refuse();
        return (filter, tag);
    }

    /// <summary>Begins a run that can be undone; null for a deletion.</summary>
    private static async Task<BulkRun?> Begin(Input input, string? tagName, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (input.Action == Delete)
        {
            return null;
        }

        if (input.PropertyId is { } property && !await db.Properties.VisibleTo(who).AnyAsync(p => p.Id == property, cancel))
        {
            throw Refusal.NotThere("property", property);
        }

        Guid? tag = null;
        if (input.Action == AddTag)
        {
            tag = (await TagContact.FindOrMake(tagName!, who, db, cancel)).Tag.Id;
        }
        else if (input.Action == RemoveTag)
        {
            var key = Tags.Tag.Key(tagName!);
            tag = await db.Tags.VisibleTo(who).Where(t => t.NameKey == key).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(cancel);
        }

        return new()
        {
            OrganizationId = who.OrganizationId,
            Action = input.Action,
            TagId = tag,
            PropertyId = input.PropertyId,
            StarterId = who.Id,
            StarterKind = who.Kind,
            At = db.Now,
        };
    }

    /// <summary>Stores the chosen contacts and starts a job for them.</summary>
    private static async Task<Answered<Result>> Hand(
        ContactFilter? filter,
        IReadOnlyList<Guid> ids,
        BulkRun? run,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var id = await db.Queue(who, run is null ? BulkJobs.Deletion.Kind : BulkJobs.Change.Kind, "", cancel: cancel);
        if (run is not null)
        {
            // The job and its run share one id.
            run = new()
            {
                OrganizationId = run.OrganizationId,
                Id = id,
                Action = run.Action,
                TagId = run.TagId,
                PropertyId = run.PropertyId,
                StarterId = run.StarterId,
                StarterKind = run.StarterKind,
                At = run.At,
            };
            db.Add(run);
        }

        await db.Flush(cancel);
        var count = filter is null ? await BulkChoice.Keep(id, ids, who, db, cancel) : await BulkChoice.Keep(id, filter, who, db, cancel);
        if (
            run is null
            && who.Properties is { } limited
            && await db.Set<BulkItem>()
                .AnyAsync(
                    i =>
                        i.OrganizationId == who.OrganizationId
                        && i.JobId == id
                        && db.ContactsAtProperty.Any(a =>
                            a.OrganizationId == i.OrganizationId && a.ContactId == i.ContactId && !limited.Contains(a.PropertyId)
                        ),
                    cancel
                )
        )
        {
            throw Refusal.Forbidden(ErrorText.Of<IntakeTexts>("KnownElsewhere"));
        }

        (await db.Jobs.SingleAsync(j => j.OrganizationId == who.OrganizationId && j.Id == id, cancel)).Total = count;
        return new(new(null, id, run is { Action: EnrolGuests } ? null : run?.Id), 202, $"/jobs/{id}");
    }
}
