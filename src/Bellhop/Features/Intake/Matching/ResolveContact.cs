using System.Data.Common;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Intake;

/// <summary>
/// The one door: an arrival of a guest finds or makes the one contact it belongs to. Runs inside the caller's save, so that touch, contact
/// and what caused them are written together; of two writers with the same new guest, the database refuses one, whose save runs again and
/// finds the other's.
/// </summary>
public static class ResolveContact
{
    /// <summary>A guest arriving from somewhere.</summary>
    /// <param name="Property">Where.</param>
    /// <param name="Source">From where.</param>
    /// <param name="Kind">As what.</param>
    /// <param name="Guest">Who.</param>
    /// <param name="BookingId">The booking it is, where it is one.</param>
    /// <param name="ContactId">The guest, where staff know who it is: nothing is matched then.</param>
    public sealed record Arrival(
        Property Property,
        Source Source,
        TouchKind Kind,
        Given Guest,
        Guid? BookingId = null,
        Guid? ContactId = null
    );

    /// <summary>What is said of the guest; clean texts, parsed once.</summary>
    /// <param name="Name">As written.</param>
    /// <param name="PhoneAsGiven">The spelling that came in, kept beside the number.</param>
    /// <param name="Phone">Parsed, where there is one; one that is not possible leads nowhere.</param>
    /// <param name="EmailAsGiven">The spelling that came in.</param>
    /// <param name="Email">Parsed, where there is one; a relay or dummy leads nowhere.</param>
    public sealed record Given(
        string? Name,
        string? PhoneAsGiven = null,
        Phone? Phone = null,
        string? EmailAsGiven = null,
        Email? Email = null
    )
    {
        /// <summary>Whether it says enough to tell a guest: a name, or something that leads to one.</summary>
        public bool SaysWho => Name is not null || GuestKeys.Of(this) is not { PhoneKey: null, Address: null };
    }

    /// <summary>Finds or makes the contact, records the touch. The contact's row is held until the save ends.</summary>
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
            : await Match(keys, who.OrganizationId, db, cancel);
        var isNew = contact is null;
        if (contact is null)
        {
            contact = new Contact
            {
                OrganizationId = who.OrganizationId,
                Source = arrival.Source,
                PropertyId = arrival.Property.Id,
                CreatedAt = db.Now,
                UpdatedAt = db.Now,
                CustomerSince = db.Now.MonthIn(arrival.Property.Zone),
            };
            db.Contacts.Add(contact);
            db.SaveContext.NewContacts.Add(contact.Id);
            db.Happened(who, "contact.created", "contact", contact.Id);
        }

        await AttachGuest(contact, arrival.Guest.Name, keys, owners, rival, who, db, cancel);
        await RecordTouch(contact, arrival, who, db, cancel);
        return (contact, isNew);
    }

    /// <summary>
    /// A later word about a guest already known: blanks are filled and free identities added; one that leads elsewhere lists the pair.
    /// </summary>
    public static async Task FillBlanks(Contact contact, Given guest, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        var keys = GuestKeys.Of(guest);
        await AttachGuest(contact, guest.Name, keys, await FindOwners(keys, who.OrganizationId, db, cancel), null, who, db, cancel);
    }

    /// <summary>
    /// The contact that already has this phone or, for a touch without one, this e-mail; and another that the rest leads to.
    /// </summary>
    private static async Task<(Contact? Contact, Guid? Rival, IdentityOwners Owners)> Match(
        GuestKeys keys,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        while (true)
        {
            var owners = await FindOwners(keys, organizationId, db, cancel);
            var (byPhone, byEmail) = (owners.Phone?.ContactId, owners.Email?.ContactId);

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

            if (await ForChange(db, organizationId, found, cancel) is { } contact)
            {
                return (contact, byEmail == found ? null : byEmail, owners);
            }
        }
    }

    /// <summary>Loads a contact to change it: its row is held first, so that what is read is what is changed.</summary>
    public static async Task<Contact?> ForChange(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel)
    {
        if (db.SaveContext.LockedContacts.Add(contactId) && !db.SaveContext.NewContacts.Contains(contactId))
        {
            await db.LockContact(organizationId, contactId, cancel);
        }

        return await db.Contacts.FindAsync([organizationId, contactId], cancel);
    }

    private static async Task AttachGuest(
        Contact contact,
        string? name,
        GuestKeys keys,
        IdentityOwners owners,
        Guid? rival,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var before = (contact.Name, contact.Phone, contact.Email);
        keys = keys.Without(contact.TakenOff, contact.Id);
        contact.Show(contact.Name ?? name, contact.Phone ?? keys.Phone, contact.Email ?? keys.Address);
        if (keys.PhoneKey is { } phoneKey)
        {
            await AttachIdentity(
                contact,
                owners.Phone,
                IdentityKind.Phone,
                phoneKey,
                keys.Phone!,
                keys.PhoneAsGiven ?? keys.Phone!,
                who,
                db,
                cancel
            );
        }

        if (keys.Address is { } address)
        {
            await AttachIdentity(
                contact,
                owners.Email,
                IdentityKind.Email,
                address,
                address,
                keys.EmailAsGiven ?? address,
                who,
                db,
                cancel
            );
        }

        if (rival is { } other)
        {
            await ListPair(contact.Id, other, Reason(IdentityKind.Email), who.OrganizationId, db, cancel);
        }

        if (db.Entry(contact).State != EntityState.Added && before != (contact.Name, contact.Phone, contact.Email))
        {
            contact.UpdatedAt = db.Now.After(contact.UpdatedAt);
            await CorrectContact.ShowAtPlaces(contact, db, cancel);

            db.Happened(who, "contact.updated", "contact", contact.Id, contact.Id, ContactChanges.Between(before, contact));
        }
    }

    /// <summary>Makes an identity lead to the contact where it is free; where it leads elsewhere, lists the pair.</summary>
    internal static async Task AttachIdentity(
        Contact contact,
        IdentityKind kind,
        string key,
        string value,
        string asGiven,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        await AttachIdentity(
            contact,
            await db.Identities.SingleOrDefaultAsync(
                i => i.OrganizationId == who.OrganizationId && i.Kind == kind && i.MatchKey == key,
                cancel
            ),
            kind,
            key,
            value,
            asGiven,
            who,
            db,
            cancel
        );

    private static async Task AttachIdentity(
        Contact contact,
        Identity? present,
        IdentityKind kind,
        string key,
        string value,
        string asGiven,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (present is null)
        {
            db.Identities.Add(
                new()
                {
                    OrganizationId = who.OrganizationId,
                    ContactId = contact.Id,
                    Kind = kind,
                    MatchKey = key,
                    Value = value,
                    AsGiven = asGiven,
                    FirstSeenAt = db.Now,
                    LastSeenAt = db.Now,
                }
            );
        }
        else if (present.ContactId == contact.Id)
        {
            present.LastSeenAt = db.Now;
        }
        else
        {
            await ListPair(contact.Id, present.ContactId, Reason(kind), who.OrganizationId, db, cancel);
        }
    }

    /// <summary>Why two contacts with the same phone or address are listed.</summary>
    internal static string Reason(IdentityKind kind) => kind == IdentityKind.Phone ? "same-phone" : "same-email";

    internal static async Task ListPair(Guid one, Guid other, string reason, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var (older, newer) = one.CompareTo(other) < 0 ? (one, other) : (other, one);
        var present = await db.LikelyDuplicates.FindAsync([organizationId, older, newer], cancel);
        if (present is null)
        {
            db.LikelyDuplicates.Add(
                new()
                {
                    OrganizationId = organizationId,
                    OlderId = older,
                    NewerId = newer,
                    Reasons = reason,
                    FoundAt = db.Now,
                }
            );
        }
        else if (!present.Reasons.Split(',').Contains(reason, StringComparer.Ordinal))
        {
            present.Reasons += "," + reason;
        }
    }

    /// <summary>Records the touch; from the first at a property on, the contact is known there.</summary>
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
            }
        );
        if (
            db.Entry(contact).State == EntityState.Added
            || await db.ContactsAtProperty.FindAsync([who.OrganizationId, arrival.Property.Id, contact.Id], cancel) is null
        )
        {
            db.ContactsAtProperty.Add(
                new()
                {
                    OrganizationId = who.OrganizationId,
                    PropertyId = arrival.Property.Id,
                    ContactId = contact.Id,
                    Source = arrival.Source,
                    CreatedAt = db.Now,
                    CustomerSince = db.Now.MonthIn(arrival.Property.Zone),
                    NameKey = contact.NameKey,
                    NameEmpty = contact.NameEmpty,
                    Rating = contact.Rating,
                    RatingEmpty = contact.RatingEmpty,
                }
            );
        }
    }

    /// <summary>Where a guest's identities lead already.</summary>
    private static async Task<IdentityOwners> FindOwners(GuestKeys keys, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var owners = new IdentityOwners();
        if (keys is { PhoneKey: null, Address: null })
        {
            return owners;
        }

        await using var reading = await db.Read(
            """
            SELECT id, contact_id, kind, match_key, value, as_given, verified, first_seen_at, last_seen_at FROM identities
            WHERE organization_id = @organization AND ((kind = 'Phone' AND match_key = @phone) OR (kind = 'Email' AND match_key = @address))
            """,
            cancel
        );
        await using var row = await reading
            .With("organization", organizationId)
            .With("phone", keys.PhoneKey ?? "")
            .With("address", keys.Address ?? "")
            .Command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var identity = Tracked(row, organizationId, db);
            owners = identity.Kind == IdentityKind.Phone ? owners with { Phone = identity } : owners with { Email = identity };
        }

        return owners;
    }

    private static Identity Tracked(DbDataReader row, int organizationId, BellhopDb db)
    {
        var id = db.ReadId(row, 0);
        return db.Identities.Local.FindEntryUntyped([organizationId, id])?.Entity
            ?? db.Attach(
                new Identity
                {
                    OrganizationId = organizationId,
                    Id = id,
                    ContactId = db.ReadId(row, 1),
                    Kind = row.ReadName<IdentityKind>(2),
                    MatchKey = row.GetString(3),
                    Value = row.GetString(4),
                    AsGiven = row.GetString(5),
                    Verified = row.GetBoolean(6),
                    FirstSeenAt = db.ReadInstant(row, 7),
                    LastSeenAt = db.ReadInstant(row, 8),
                }
            ).Entity;
    }

    /// <summary>The identities of a guest that are there already, each with the contact it leads to.</summary>
    private readonly record struct IdentityOwners(Identity? Phone, Identity? Email);
}

/// <summary>What changed of a contact, for the event: field → [before, after].</summary>
public static class ContactChanges
{
    public static Dictionary<string, string?[]> Between((string? Name, string? Phone, string? Email) before, Contact after)
    {
        var changes = new Dictionary<string, string?[]>(StringComparer.Ordinal);
        Note(changes, "name", before.Name, after.Name);
        Note(changes, "phone", before.Phone, after.Phone);
        Note(changes, "email", before.Email, after.Email);
        return changes;
    }

    private static void Note(Dictionary<string, string?[]> changes, string field, string? was, string? now)
    {
        if (was != now)
        {
            changes[field] = [was, now];
        }
    }
}
