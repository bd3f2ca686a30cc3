using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Imports;

/// <summary>Makes a guest whom an import changed as the guest was before.</summary>
internal static class RestoreGuest
{
    /// <summary>Whether anything came to a guest since the import made it.</summary>
    public static async Task<bool> HasMore(Contact contact, BellhopDb db, CancellationToken cancel)
    {
        var (organization, id) = (contact.OrganizationId, contact.Id);
        return await db.Touches.AnyAsync(t => t.OrganizationId == organization && t.ContactId == id && t.Kind != TouchKind.Import, cancel)
            || await db.Bookings.AnyAsync(b => b.OrganizationId == organization && b.ContactId == id, cancel)
            || await db.Notes.AnyAsync(n => n.OrganizationId == organization && n.ContactId == id, cancel)
            || await db.Reviews.AnyAsync(r => r.OrganizationId == organization && r.ContactId == id, cancel);
    }

    public static async Task Run(Contact contact, ImportChange change, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var before = JsonSerializer.Deserialize<ImportedChanges.Before>(change.Before)!;
        var shown = (contact.Name, contact.Phone, contact.Email);
        var (tags, property) = (contact.TagIds, contact.PropertyId);
        contact.Show(
            before.Name is { } name ? name.Value : contact.Name,
            before.Phone is { } was ? was.Value : contact.Phone,
            before.Email is { } email ? email.Value : contact.Email
        );
        if (before.PhoneAttached && shown.Phone is { } phone)
        {
            await FreeIdentity.One(contact, IdentityKind.Phone, Phone.Parse(phone, null).MatchKey!, db, cancel);
        }

        if (before.EmailAttached && shown.Email is { } address)
        {
            await FreeIdentity.One(contact, IdentityKind.Email, address, db, cancel);
        }

        contact.TagIds = [.. contact.TagIds.Except(before.Tags)];
        db.RemoveRange(
            await db
                .ContactTags.Where(t =>
                    t.OrganizationId == contact.OrganizationId && t.ContactId == contact.Id && before.Tags.Contains(t.TagId)
                )
                .ToListAsync(cancel)
        );
        await RestoreConsents(contact, before, db, cancel);
        await RestorePlaces(contact, before, db, cancel);
        contact.UpdatedAt = db.Now.After(contact.UpdatedAt);
        await Say(contact, before, shown, tags, property, who, db, cancel);
        db.ImportChanges.Remove(change);
        await db.Flush(cancel);
        await BookingFollower.Recount(db, contact.OrganizationId, contact.Id, cancel);
        await MeetEarlier(contact, before, who, db, cancel);
    }

    /// <summary>What the timeline shows: each field that is as it was.</summary>
    private static async Task Say(
        Contact contact,
        ImportedChanges.Before before,
        (string? Name, string? Phone, string? Email) shown,
        Guid[] tags,
        Guid property,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var changes = ContactChanges.Between(shown, contact);
        if (before.Tags.Intersect(tags).Any())
        {
            var names = await TagNames.Of(tags, who.OrganizationId, db, cancel);
            changes["tags"] = [Names(tags), Names(contact.TagIds)];

            string? Names(Guid[] ids) =>
                string.Join(", ", names.Values.Where(t => ids.Contains(t.Id)).Select(t => t.Name)) is { Length: > 0 } text ? text : null;
        }

        if (before.AssignedTo is not null || before.KnownAt.Count > 0)
        {
            changes["property"] = property == contact.PropertyId ? [null, null] : [property.ToString(), contact.PropertyId.ToString()];
        }

        if (before.Consents.Count > 0)
        {
            changes["consents"] = [null, null];
        }

        changes["import"] = [null, null];
        db.Happened(who, "contact.updated", "contact", contact.Id, contact.Id, changes);
    }

    /// <summary>
    /// The guest is as an earlier import left it, though its version is another: that import can still be taken back. Where it made the
    /// guest and was taken back already, only this one's changes kept the guest.
    /// </summary>
    private static async Task MeetEarlier(Contact contact, ImportedChanges.Before before, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (before.Version is not { } version)
        {
            return;
        }

        var earlier = await db
            .ImportChanges.Where(c => c.OrganizationId == contact.OrganizationId && c.ContactId == contact.Id && c.Version == version)
            .ToListAsync(cancel);
        earlier.ForEach(c => c.Version = contact.UpdatedAt);
        var makers = earlier.Where(c => c.Created).Select(c => c.ImportId).ToList();
        if (
            makers.Count > 0
            && await db.Imports.AnyAsync(
                i => i.OrganizationId == contact.OrganizationId && makers.Contains(i.Id) && i.State == ImportState.Reversed,
                cancel
            )
            && !await HasMore(contact, db, cancel)
        )
        {
            db.Happened(who, "contact.deleted", "contact", contact.Id);
            await db.DeleteContactRows(contact.OrganizationId, contact.Id, cancel);
        }
    }

    private static async Task RestoreConsents(Contact contact, ImportedChanges.Before before, BellhopDb db, CancellationToken cancel)
    {
        foreach (var (channel, granted) in before.Consents)
        {
            if (await db.Consents.FindAsync([contact.OrganizationId, contact.Id, channel], cancel) is not { Source: Source.Import } consent)
            {
                continue; // the guest has said something since
            }

            if (granted is { } was)
            {
                (consent.Granted, consent.At) = (was, db.Now);
            }
            else
            {
                db.Consents.Remove(consent);
            }
        }
    }

    /// <summary>Where the import made the guest known, and nothing has happened since, it is known no more.</summary>
    private static async Task RestorePlaces(Contact contact, ImportedChanges.Before before, BellhopDb db, CancellationToken cancel)
    {
        contact.PropertyId = before.AssignedTo ?? contact.PropertyId;
        foreach (var at in await CorrectContact.ShowAtPlaces(contact, db, cancel))
        {
            var touches = await db
                .Touches.Where(t =>
                    t.OrganizationId == contact.OrganizationId && t.ContactId == contact.Id && t.PropertyId == at.PropertyId
                )
                .Take(100)
                .ToListAsync(cancel);
            if (
                before.KnownAt.Contains(at.PropertyId)
                && at.PropertyId != contact.PropertyId
                && touches.TrueForAll(t => t.Kind == TouchKind.Import)
            )
            {
                db.RemoveRange(touches);
                db.Remove(at);
            }
        }
    }
}
