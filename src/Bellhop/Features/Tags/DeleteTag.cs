using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Tags;

/// <summary>
/// Deletes a tag. It disappears for everybody at once; a job then removes it from its guests' rows, some at a time, since a million guests
/// may have it.
/// </summary>
public static class DeleteTag
{
    private const int InOneSave = 500;

    /// <summary>The job's handler.</summary>
    public static readonly JobHandler Handler = new(
        "tags.delete",
        (job, who, db, cancel) => Finish(Guid.Parse(job.Argument), who, db, cancel)
    );

    /// <exception cref="Refusal">404; 403 <c>used-elsewhere</c>; 412 where <paramref name="match"/> names another version.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, IfMatch match, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        await db.Save(
            async () =>
            {
                var tag = await GetTag.Find(id, who, db, cancel);
                match.Demand(tag.UpdatedAt);
                await TagUse.DemandOwn(tag, who, db, cancel);
                tag.Delete(db.Now);
                await db.Queue(Actor.System(who.OrganizationId), Handler.Kind, id.ToString("D"), id.ToString("D"), cancel: cancel);
                db.Happened(who, "tag.deleted", "tag", id);
            },
            cancel
        );
    }

    /// <summary>Removes a deleted tag from all its guests, then deletes its row. It may run twice.</summary>
    internal static async Task Finish(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        await db.SaveUntilDone(() => Some(id, who.OrganizationId, db, cancel), cancel);
    }

    /// <summary>Removes the tag from some guests. Returns whether there may be more.</summary>
    private static async Task<bool> Some(Guid id, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var guests = await db
            .ContactTags.Where(t => t.OrganizationId == organizationId && t.TagId == id)
            .OrderBy(t => t.CreatedAt)
            .ThenBy(t => t.ContactId)
            .Take(InOneSave)
            .Select(t => t.ContactId)
            .ToListAsync(cancel);
        if (guests.Count > 0)
        {
            await MergeTags.Replace(id, null, guests, organizationId, db, cancel);
            await db
                .ContactTags.Where(t => t.OrganizationId == organizationId && t.TagId == id && guests.Contains(t.ContactId))
                .ExecuteDeleteAsync(cancel);
        }

        if (guests.Count == InOneSave)
        {
            return true;
        }

        await db.Tags.Where(t => t.OrganizationId == organizationId && t.Id == id && t.DeletedAt != null).ExecuteDeleteAsync(cancel);
        return false;
    }
}
