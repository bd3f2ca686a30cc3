using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Loyalty;
using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts.Bulk;

/// <summary>Does an action on some contacts. Call it inside a save.</summary>
internal static class BulkStep
{
    /// <param name="Affected">How many contacts were changed.</param>
    /// <param name="Full">How many contacts did not get the tag, because they have the most tags allowed.</param>
    public readonly record struct Done(int Affected, int Full = 0);

    /// <summary>Does the action and stores which contacts it changed.</summary>
    /// <param name="run">The action; null deletes the contacts.</param>
    /// <param name="whole">True: a contact that the actor may not change refuses the whole action. False: it is skipped.</param>
    public static async Task<Done> Do(BulkRun? run, IReadOnlyList<Guid> ids, bool whole, Actor who, BellhopDb db, CancellationToken cancel)
    {
        switch (run)
        {
            case null:
                return new(await Remove(ids, whole, who, db, cancel));
            case { Action: BulkContacts.EnrolGuests, PropertyId: { } joined }:
                return new(await Enrol.Many(joined, ids, whole, who, db, cancel));
            case { PropertyId: { } property }:
                var assigned = await Assign(ids, _ => property, whole, back: false, who, db, cancel);
                db.AddRange(
                    assigned.Select(a => new BulkChange
                    {
                        OrganizationId = run.OrganizationId,
                        RunId = run.Id,
                        ContactId = a.Id,
                        PropertyBefore = a.Before,
                    })
                );
                return new(assigned.Count);
            default:
                await db.Flush(cancel); // the tag may have been made in this save

                // No contact has a tag that does not exist; the ids are still checked.
                var tag =
                    await db.Tags.SingleOrDefaultAsync(t => t.OrganizationId == run.OrganizationId && t.Id == run.TagId, cancel)
                    ?? new Tag
                    {
                        OrganizationId = run.OrganizationId,
                        Name = "",
                        NameKey = "",
                    };
                var isThere = tag.Name.Length > 0;
                var done =
                    isThere || run.Action == BulkContacts.RemoveTag
                        ? await TagMany.Change(tag, run.Action == BulkContacts.AddTag, ids, whole, who, db, cancel)
                        : new([], 0);
                db.AddRange(
                    done.Changed.Select(id => new BulkChange
                    {
                        OrganizationId = run.OrganizationId,
                        RunId = run.Id,
                        ContactId = id,
                    })
                );
                return new(done.Changed.Count, done.Full);
        }
    }

    private static async Task<int> Remove(IReadOnlyList<Guid> ids, bool whole, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var removed = 0;
        foreach (var id in ids)
        {
            try
            {
                await DeleteContact.Remove(id, who, IfMatch.Any, db, cancel);
                removed++;
            }
            catch (Refusal refusal) when (!whole && refusal.Status is 403 or 404)
            {
                // The contact is gone meanwhile, or is now known at a property that the actor does not see.
            }
        }

        return removed;
    }

    /// <summary>Assigns contacts to properties. A contact with that property already is not changed.</summary>
    /// <param name="to">Gives the property for a contact; null changes nothing.</param>
    /// <param name="back">Whether this undoes an assignment. A contact may then go back to a property that the actor does not see.</param>
    /// <returns>The changed contacts, each with its property before.</returns>
    public static async Task<List<(Guid Id, Guid Before)>> Assign(
        IReadOnlyList<Guid> ids,
        Func<Contact, Guid?> to,
        bool whole,
        bool back,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsEdit);
        var changed = new List<(Guid, Guid)>();
        var changes = new List<(Guid, IReadOnlyDictionary<string, string?[]>)>();
        foreach (var id in ids)
        {
            await db.LockContact(who.OrganizationId, id, cancel);
            var contact = await db.Contacts.VisibleTo(who, db.ContactsAtProperty).SingleOrDefaultAsync(c => c.Id == id, cancel);
            if (contact is null)
            {
                if (whole)
                {
                    throw Refusal.NotThere("contact", id);
                }

                continue;
            }

            var before = contact.PropertyId;
            if (to(contact) is not { } wanted || wanted == before)
            {
                continue;
            }

            if (!back && !who.Sees(before))
            {
                if (whole)
                {
                    throw CorrectContact.AssignedElsewhere(contact);
                }

                continue;
            }

            if (await db.FindProperty(wanted, back ? who with { Properties = null } : who, cancel) is not { } property)
            {
                continue;
            }

            await CorrectContact.Assign(contact, property, who, db, cancel);
            contact.UpdatedAt = db.Now.After(contact.UpdatedAt);
            changes.Add((id, new Dictionary<string, string?[]> { ["propertyId"] = [before.ToString(), wanted.ToString()] }));
            changed.Add((id, before));
        }

        db.HappenedToContacts(who, "contact.updated", "contact", changes);
        await db.Flush(cancel);
        return changed;
    }
}
