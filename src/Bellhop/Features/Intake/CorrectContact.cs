using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Intake;

/// <summary>
/// Corrections by staff, which prevail over what channels say. The shown value changes, and the contact's identities change with it. Call
/// it inside a save that holds the contact.
/// </summary>
public static class CorrectContact
{
    /// <summary>The contact that a phone or an address leads to, if any.</summary>
    /// <param name="proven">True: an identity that is only claimed does not count.</param>
    public static async Task<Guid?> Owner(
        IdentityKind kind,
        string key,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel,
        bool proven = false
    )
    {
        var (owner, claimed) = await db.ReadFirst(
            $"""
            SELECT contact_id, claimed FROM identities
            WHERE organization_id = {organizationId} AND kind = {kind} AND match_key = {key}
            """,
            row => ((Guid?)row.Id(), row.Flag()),
            cancel
        );
        return proven && claimed ? null : owner;
    }

    /// <summary>409: another contact has this phone. The refusal names that contact's id only to an actor who may see it.</summary>
    public static async Task<Refusal> Duplicate(Guid other, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var title = ErrorText.Of<IntakeTexts>("DuplicateContact");
        return await db.Contacts.VisibleTo(who, db.ContactsAtProperty).AnyAsync(c => c.Id == other, cancel)
            ? Refusal.Conflict("duplicate-contact", title, ("contactId", other))
            : Refusal.Conflict("duplicate-contact", title);
    }

    /// <summary>Changes the shown phone; null removes it. The old number no longer leads to the contact.</summary>
    /// <exception cref="Refusal">409 when the new phone leads to another contact by more than a claim.</exception>
    public static async Task Phone(Contact contact, Phone? phone, string? asGiven, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var before = contact.Phone is null ? null : Platform.Phone.Parse(contact.Phone, null).MatchKey;
        if (
            phone?.MatchKey is { } key
            && key != before
            && await Owner(IdentityKind.Phone, key, who.OrganizationId, db, cancel, proven: true) is { } owner
            && owner != contact.Id
        )
        {
            throw await Duplicate(owner, who, db, cancel);
        }

        contact.Show(contact.Name, phone?.Full, contact.Email);
        await Move(contact, IdentityKind.Phone, before, phone?.MatchKey, phone?.Full, asGiven, who, db, cancel);
    }

    /// <summary>
    /// Changes the shown e-mail address; null removes it. When it leads to another contact, both may show it, and the two are listed as a
    /// likely pair.
    /// </summary>
    public static async Task Email(Contact contact, Email? email, string? asGiven, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var before = contact.Email;
        contact.Show(contact.Name, contact.Phone, email?.Address);
        await Move(contact, IdentityKind.Email, before, email?.Address, email?.Address, asGiven, who, db, cancel);
    }

    /// <summary>Copies the contact's name to its row at each property, because the property's list sorts by it.</summary>
    /// <returns>The contact's rows at the properties, tracked.</returns>
    internal static async Task<List<ContactAtProperty>> ShowAtPlaces(Contact contact, BellhopDb db, CancellationToken cancel)
    {
        var places = await db
            .ContactsAtProperty.Where(a => a.OrganizationId == contact.OrganizationId && a.ContactId == contact.Id)
            .ToListAsync(cancel);
        places.ForEach(at => at.ShowAs(contact));
        return places;
    }

    /// <summary>403: only an actor who sees both the old and the new property may change the assigned property.</summary>
    public static Refusal AssignedElsewhere(Contact contact) =>
        Refusal.Forbidden(ErrorText.Of<IntakeTexts>("AssignedElsewhere"), "contact", contact.Id);

    /// <summary>
    /// Assigns the contact to another property and makes it known there. Its month of arrival is counted in that property's zone.
    /// </summary>
    public static async Task Assign(Contact contact, Property property, Actor who, BellhopDb db, CancellationToken cancel)
    {
        contact.PropertyId = property.Id;
        if (await db.ContactsAtProperty.FindAsync([who.OrganizationId, property.Id, contact.Id], cancel) is null)
        {
            await ResolveContact.RecordTouch(contact, new(property, Source.Manual, TouchKind.Manual, new(null)), who, db, cancel);
        }
    }

    private static async Task Move(
        Contact contact,
        IdentityKind kind,
        string? before,
        string? key,
        string? value,
        string? asGiven,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (before == key)
        {
            return; // another spelling of the same
        }

        if (before is not null)
        {
            await FreeIdentity.One(contact, kind, before, db, cancel);
            contact.TakenOff = TakenOff.Add(contact.TakenOff, contact.Id, kind, before);
        }

        if (key is not null)
        {
            contact.TakenOff = TakenOff.Remove(contact.TakenOff, contact.Id, kind, key);
            await ResolveContact.AttachIdentity(contact, kind, key, value!, asGiven ?? value!, who, db, cancel);
        }
    }
}
