using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Intake;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Imports;

/// <summary>Restores a guest's fields to their values before an import. Call it inside a save that has locked the guest.</summary>
internal static class RestoredFields
{
    /// <summary>Writes the timeline's event with the restored fields.</summary>
    public static async Task Say(
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

    public static async Task Consents(Contact contact, ImportedChanges.Before before, BellhopDb db, CancellationToken cancel)
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

    /// <summary>Removes the guest from properties where the import made it known, if nothing has happened there since.</summary>
    public static async Task Places(Contact contact, ImportedChanges.Before before, BellhopDb db, CancellationToken cancel)
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
