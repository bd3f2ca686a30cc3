using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Intake;

/// <summary>
/// Staff's word on a contact stands over what channels say: what is shown changes, and what leads to the contact moves with it. Inside a
/// save that holds the contact.
/// </summary>
public static class CorrectContact
{
    /// <summary>The contact that a phone or an address leads to, if any.</summary>
    /// <param name="proven">Not one that it leads to by a claim alone.</param>
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

    /// <summary>409: a contact has this phone. Its id is told to those who may see it.</summary>
    public static async Task<Refusal> Duplicate(Guid other, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var title = ErrorText.Of<IntakeTexts>("DuplicateContact");
        return await db.Contacts.VisibleTo(who, db.ContactsAtProperty).AnyAsync(c => c.Id == other, cancel)
            ? Refusal.Conflict("duplicate-contact", title, ("contactId", other))
            : Refusal.Conflict("duplicate-contact", title);
    }

    /// <summary>Shows another phone (null for none): the number it had leads here no more.</summary>
    /// <exception cref="Refusal">409 where the new one leads to another contact.</exception>
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
    /// Shows another e-mail address (null for none). One that leads to another contact may be shown here too: the pair is listed.
    /// </summary>
    public static async Task Email(Contact contact, Email? email, string? asGiven, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var before = contact.Email;
        contact.Show(contact.Name, contact.Phone, email?.Address);
        await Move(contact, IdentityKind.Email, before, email?.Address, email?.Address, asGiven, who, db, cancel);
    }

    /// <summary>Puts the contact's name where each property's list sorts by it.</summary>
    /// <returns>Where the contact is known, tracked.</returns>
    internal static async Task<List<ContactAtProperty>> ShowAtPlaces(Contact contact, BellhopDb db, CancellationToken cancel)
    {
        var places = await db
            .ContactsAtProperty.Where(a => a.OrganizationId == contact.OrganizationId && a.ContactId == contact.Id)
            .ToListAsync(cancel);
        places.ForEach(at => at.ShowAs(contact));
        return places;
    }

    /// <summary>403: the assigned property changes only by who sees both the old and the new.</summary>
    public static Refusal AssignedElsewhere(Contact contact) =>
        Refusal.Forbidden(ErrorText.Of<IntakeTexts>("AssignedElsewhere"), "contact", contact.Id);

    /// <summary>
    /// Assigns the contact to another property, where it is known from then on. Its month of arrival is counted by that property's zone.
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
