using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Intake;

/// <summary>
/// The one way in for guests: finds or makes the one contact that an arrival belongs to. Runs inside the caller's save, so that touch,
/// contact and their cause are written together. When two writers bring the same new guest, the database refuses one; that save runs again
/// and finds the other's contact.
/// </summary>
public static partial class ResolveContact
{
    /// <summary>A guest arriving from somewhere.</summary>
    /// <param name="Property">The property where the guest arrives.</param>
    /// <param name="Source">Where the guest comes from.</param>
    /// <param name="Kind">The kind of the touch.</param>
    /// <param name="Guest">What is said of the guest.</param>
    /// <param name="BookingId">The booking that this arrival is, if it is one.</param>
    /// <param name="ContactId">The contact, when staff know who the guest is. Nothing is matched then.</param>
    /// <param name="Claimed">A stranger typed the guest's details. A contact that they lead to does not get them; a new contact gets its
    /// identities as claimed.</param>
    /// <param name="Referral">The advertisement or link that brought the guest, as JSON.</param>
    public sealed record Arrival(
        Property Property,
        Source Source,
        TouchKind Kind,
        Given Guest,
        Guid? BookingId = null,
        Guid? ContactId = null,
        bool Claimed = false,
        string? Referral = null
    );

    /// <summary>What is said of the guest: clean texts, parsed once.</summary>
    /// <param name="Name">As written.</param>
    /// <param name="PhoneAsGiven">The spelling that arrived, kept beside the number.</param>
    /// <param name="Phone">The parsed phone, if there is one. An impossible number leads nowhere.</param>
    /// <param name="EmailAsGiven">The spelling that arrived.</param>
    /// <param name="Email">The parsed e-mail, if there is one. A relay or dummy leads nowhere.</param>
    /// <param name="Country">The guest's country, ISO 3166-1 alpha-2.</param>
    public sealed record Given(
        string? Name,
        string? PhoneAsGiven = null,
        Phone? Phone = null,
        string? EmailAsGiven = null,
        Email? Email = null,
        string? Country = null
    )
    {
        /// <summary>Whether it is enough to identify a guest: a name, or a usable phone or e-mail.</summary>
        public bool SaysWho => Name is not null || GuestKeys.Of(this) is not { PhoneKey: null, Address: null };
    }

    /// <summary>Finds or makes the contact and records the touch. The contact's row is held until the save ends.</summary>
    public static async Task<(Contact Contact, bool IsNew)> Run(Arrival arrival, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        var keys = GuestKeys.Of(arrival.Guest);
        var (contact, rival, owners) = arrival.ContactId is { } said
            ? (
                await ForChange(db, who.OrganizationId, said, cancel) ?? throw Refusal.NotThere("contact", said),
                null,
                await FindOwners(keys, who.OrganizationId, db, cancel)
            )
            : await Match(keys, arrival.Claimed, who.OrganizationId, db, cancel);
        if (contact is not null && arrival.Claimed)
        {
            await RecordTouch(contact, arrival, who, db, cancel);
            return (contact, false);
        }

        var isNew = contact is null;
        if (contact is null)
        {
            contact = NewContact(arrival, who, db);
        }

        await AttachGuest(contact, arrival.Guest, keys, owners, rival, arrival.Claimed, who, db, cancel);
        await RecordTouch(contact, arrival, who, db, cancel);
        return (contact, isNew);
    }

    private static Contact NewContact(Arrival arrival, Actor who, BellhopDb db)
    {
        var contact = new Contact
        {
            OrganizationId = who.OrganizationId,
            Source = arrival.Source,
            PropertyId = arrival.Property.Id,
            CreatedAt = db.Now,
            UpdatedAt = db.Now,
            CustomerSince = db.Now.MonthIn(arrival.Property.Zone),
        };
        db.Contacts.Add(contact);
        db.Happened(who, "contact.created", "contact", contact.Id);
        return contact;
    }

    /// <summary>
    /// Adds proven details to a known guest: fills blanks, and attaches identities that are free or that others only claim. An identity
    /// that leads to another contact makes a likely pair.
    /// </summary>
    /// <returns>What happened to the phone and to the e-mail. Null for one that was not given, leads nowhere, or was removed by
    /// staff.</returns>
    public static async Task<(Attachment? Phone, Attachment? Email)> FillBlanks(
        Contact contact,
        Given guest,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        who.DemandKnown();
        var keys = GuestKeys.Of(guest);
        return await AttachGuest(
            contact,
            guest,
            keys,
            await FindOwners(keys, who.OrganizationId, db, cancel),
            null,
            false,
            who,
            db,
            cancel
        );
    }

    /// <summary>
    /// Finds the contact by the phone, or by the e-mail where <see cref="GuestKeys.EmailDecides"/>. The rival is another contact that the
    /// e-mail leads to.
    /// </summary>
    /// <param name="claims">The touch itself is only claimed. A proven touch ignores identities that are only claimed.</param>
    private static async Task<(Contact? Contact, Guid? Rival, IdentityOwners Owners)> Match(
        GuestKeys keys,
        bool claims,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var owners = await FindOwners(keys, organizationId, db, cancel);
        var (byPhone, byEmail) = (Owner(owners.Phone), Owner(owners.Email));

        var emailDecides =
            byEmail is { } owner
            && GuestKeys.EmailDecides(
                byPhone is not null,
                keys.PhoneKey is not null,
                ownerHasPhone: byPhone is null
                    && keys.PhoneKey is not null
                    && await db.Identities.AnyAsync(
                        i => i.OrganizationId == organizationId && i.ContactId == owner && i.Kind == IdentityKind.Phone,
                        cancel
                    )
            );
        if ((byPhone ?? (emailDecides ? byEmail : null)) is not { } found)
        {
            return (null, byEmail, owners);
        }

        var contact = await ForChange(db, organizationId, found, cancel) ?? throw Vanished();
        return (contact, byEmail == found ? null : byEmail, owners);

        Guid? Owner(Identity? identity) => identity is null || (identity.Claimed && !claims) ? null : identity.ContactId;
    }

    /// <summary>
    /// While this save waited for a contact to which an identity led, another save deleted the contact or merged it. The identity may lead
    /// elsewhere by now, so the save runs again.
    /// </summary>
    private static DbUpdateConcurrencyException Vanished() => new("The contact is gone; its identity may lead to another.");

    /// <summary>
    /// Loads a contact to change it; null when there is none. Its row is held first, so that nobody changes it after it was read.
    /// </summary>
    public static async Task<Contact?> ForChange(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel)
    {
        await db.LockContact(organizationId, contactId, cancel);
        return await db.Contacts.FindAsync([organizationId, contactId], cancel);
    }

    /// <summary>Records the touch. The first touch at a property makes the contact known there.</summary>
    internal static async Task RecordTouch(Contact contact, Arrival arrival, Actor who, BellhopDb db, CancellationToken cancel)
    {
        db.Touches.Add(
            new()
            {
                OrganizationId = who.OrganizationId,
                ContactId = contact.Id,
                PropertyId = arrival.Property.Id,
                Kind = arrival.Kind,
                Source = arrival.Source,
                At = db.Now,
                BookingId = arrival.BookingId,
                Claimed = arrival.Claimed,
                Referral = arrival.Referral,
            }
        );
        var isNew = db.Entry(contact).State == EntityState.Added;
        var isKnownHere = isNew
            ? db.ContactsAtProperty.Local.FindEntryUntyped([who.OrganizationId, arrival.Property.Id, contact.Id]) is not null
            : await db.ContactsAtProperty.FindAsync([who.OrganizationId, arrival.Property.Id, contact.Id], cancel) is not null;
        if (!isKnownHere)
        {
            var at = new ContactAtProperty
            {
                OrganizationId = who.OrganizationId,
                PropertyId = arrival.Property.Id,
                ContactId = contact.Id,
                Listed = ContactAtProperty.ListedAt(arrival.Property),
                Source = arrival.Source,
                CreatedAt = db.Now,
                CustomerSince = db.Now.MonthIn(arrival.Property.Zone),
                Rating = contact.Rating,
                RatingEmpty = contact.RatingEmpty,
            };
            at.ShowAs(contact);
            db.ContactsAtProperty.Add(at);
            if (!isNew)
            {
                db.Concerns(db.Happened(who, "contact.becameKnown", "contact", contact.Id, "property"), contact.Id, arrival.Property.Id);
            }
        }
    }
}
