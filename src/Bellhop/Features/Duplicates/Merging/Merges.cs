using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>What merge, split and whoever follows a merged id ask of the standing merges.</summary>
internal static class Merges
{
    /// <summary>The contact's latest merge; null for a contact that none led to.</summary>
    public static Task<Merge?> Last(Guid contactId, int organizationId, BellhopDb db, CancellationToken cancel) =>
        db
            .Merges.AsNoTracking()
            .Where(m => m.OrganizationId == organizationId && m.ContactId == contactId)
            .OrderByDescending(m => m.At)
            .FirstOrDefaultAsync(cancel);

    /// <summary>The contact that a merged id leads to; null when it leads nowhere, or the actor does not see that contact.</summary>
    public static async Task<Guid?> Survivor(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var (survivor, _) = await db.ReadFirst(
            $"""
            SELECT m.contact_id FROM merges m WHERE m.organization_id = {who.OrganizationId} AND m.from_id = {id}
            {ContactSeen.And($"m.contact_id", who)}
            """,
            row => ((Guid?)row.Id(), true),
            cancel
        );
        return survivor;
    }

    /// <summary>Reads something of a contact; if that one was merged into another, returns the other's id instead.</summary>
    /// <exception cref="Refusal">What the reading says, 404 for a contact that leads nowhere.</exception>
    public static async Task<Guid?> ReadOrFollow(Func<Task> read, Actor who, BellhopDb db, CancellationToken cancel)
    {
        try
        {
            await read();
            return null;
        }
        catch (Refusal gone) when (gone is { Status: 404, About: ("contact", { } id) })
        {
            if (await Survivor(id, who, db, cancel) is { } survivor)
            {
                return survivor;
            }

            throw;
        }
    }

    /// <summary>Demands that the actor sees a contact, and every property at which it is known.</summary>
    /// <exception cref="Refusal">404; 403 when the contact is known at a property that the actor does not see.</exception>
    public static async Task<Contact> DemandWhole(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var contact =
            await db.Contacts.VisibleTo(who, db.ContactsAtProperty).SingleOrDefaultAsync(c => c.Id == id, cancel)
            ?? throw Refusal.NotThere("contact", id);
        if (!await ContactSeen.IsWhole(id, who, db, cancel))
        {
            throw Refusal.Forbidden(ErrorText.Of<DuplicateTexts>("KnownElsewhere"), "contact", id);
        }

        return contact;
    }

    /// <summary>Finds a merge whose contact the actor sees whole.</summary>
    /// <exception cref="Refusal">404; 403 as <see cref="DemandWhole"/>.</exception>
    public static async Task<(Merge Merge, Contact Kept)> Find(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var merge =
            await db.Merges.SingleOrDefaultAsync(m => m.OrganizationId == who.OrganizationId && m.Id == id, cancel)
            ?? throw Refusal.NotThere("merge", id);
        if (!await db.Contacts.VisibleTo(who, db.ContactsAtProperty).AnyAsync(c => c.Id == merge.ContactId, cancel))
        {
            throw Refusal.NotThere("merge", id);
        }

        return (merge, await DemandWhole(merge.ContactId, who, db, cancel));
    }
}

/// <summary>A merge as the API shows it.</summary>
/// <param name="Id">The merge's.</param>
/// <param name="ContactId">The contact that the merged id leads to.</param>
/// <param name="From">The merged id.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Who">Who merged them.</param>
public sealed record MergeRow(Guid Id, Guid ContactId, Guid From, DateTime At, MergeRow.Doer Who)
{
    /// <param name="Kind">User, ApiKey or System.</param>
    /// <param name="Id">The id of the user or key.</param>
    /// <param name="Name">The name at that time.</param>
    public sealed record Doer(ActorKind Kind, Guid Id, string Name);

    internal static MergeRow Of(Merge m) => new(m.Id, m.ContactId, m.FromId, m.At, new(m.WhoKind, m.WhoId, m.WhoName));
}
