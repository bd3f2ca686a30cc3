using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Intake;

/// <summary>Finds and attaches the identities of a contact, and lists likely pairs.</summary>
public static partial class ResolveContact
{
    /// <summary>What happened to an identity that was given for a guest.</summary>
    /// <param name="IsAttached">The identity leads to the guest from now on.</param>
    /// <param name="Other">The other contact that the identity leads to, or led to by a claim. The two are listed as a likely pair.</param>
    public readonly record struct Attachment(bool IsAttached, Guid? Other = null);

    private static async Task<(Attachment? Phone, Attachment? Email)> AttachGuest(
        Contact contact,
        Given guest,
        GuestKeys keys,
        IdentityOwners owners,
        Guid? rival,
        bool claimed,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        (Attachment? Phone, Attachment? Email) attached = default;
        var before = (contact.Name, contact.Phone, contact.Email);
        keys = keys.Without(contact.TakenOff, contact.Id);
        contact.Show(contact.Name ?? guest.Name, contact.Phone ?? keys.Phone, contact.Email ?? keys.Address);
        var country = contact.CountryGiven;
        if (country is null && guest.Country is not null && guest.Country != contact.Country)
        {
            contact.SayCountry(guest.Country);
        }

        if (keys.PhoneKey is { } phoneKey)
        {
            attached.Phone = await AttachIdentity(
                contact,
                owners.Phone,
                IdentityKind.Phone,
                phoneKey,
                keys.Phone!,
                keys.PhoneAsGiven ?? keys.Phone!,
                claimed,
                who,
                db,
                cancel
            );
        }

        if (keys.Address is { } address)
        {
            attached.Email = await AttachIdentity(
                contact,
                owners.Email,
                IdentityKind.Email,
                address,
                address,
                keys.EmailAsGiven ?? address,
                claimed,
                who,
                db,
                cancel
            );
        }

        if (rival is { } other)
        {
            await ListPair(contact.Id, other, (IdentityKind.Email, keys.Address!), claimed, who.OrganizationId, db, cancel);
        }

        await SayChanged(contact, before, country, who, db, cancel);
        return attached;
    }

    /// <summary>Records that a known contact shows other details than before, where it does.</summary>
    private static async Task SayChanged(
        Contact contact,
        (string? Name, string? Phone, string? Email) before,
        string? country,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var changes = ContactChanges.Between(before, contact);
        if (country != contact.CountryGiven)
        {
            changes["country"] = [country, contact.CountryGiven];
        }

        if (db.Entry(contact).State != EntityState.Added && changes.Count > 0)
        {
            contact.UpdatedAt = db.Now.After(contact.UpdatedAt);
            await CorrectContact.ShowAtPlaces(contact, db, cancel);

            db.Happened(who, "contact.updated", "contact", contact.Id, contact.Id, changes);
        }
    }

    /// <summary>
    /// Attaches a proven identity to the contact when it is free or only claimed. When another contact has or claims it, the two are listed
    /// as a likely pair.
    /// </summary>
    internal static async Task<Attachment> AttachIdentity(
        Contact contact,
        IdentityKind kind,
        string key,
        string value,
        string asGiven,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var mine = db.Identities.Where(i => i.OrganizationId == who.OrganizationId && i.Kind == kind && i.MatchKey == key);
        return await AttachIdentity(contact, await mine.SingleOrDefaultAsync(cancel), kind, key, value, asGiven, false, who, db, cancel);
    }

    /// <summary>
    /// Attaches an address that the guest said and nothing has proven. It is not shown. If it leads to another contact, the two are listed
    /// as a likely pair.
    /// </summary>
    /// <returns>The identity, still claimed; null where the address is another contact's, or this contact has proven it.</returns>
    internal static async Task<Identity?> Claim(Contact contact, Email email, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var key = email.Address;
        var present =
            db.Identities.Local.FirstOrDefault(i => i.Kind == IdentityKind.Email && i.MatchKey == key)
            ?? await db.Identities.SingleOrDefaultAsync(
                i => i.OrganizationId == who.OrganizationId && i.Kind == IdentityKind.Email && i.MatchKey == key,
                cancel
            );
        await AttachIdentity(contact, present, IdentityKind.Email, key, key, key, true, who, db, cancel);
        var mine = present ?? db.Identities.Local.Single(i => i.Kind == IdentityKind.Email && i.MatchKey == key);
        return mine.ContactId == contact.Id && mine.Claimed ? mine : null;
    }

    private static async Task<Attachment> AttachIdentity(
        Contact contact,
        Identity? present,
        IdentityKind kind,
        string key,
        string value,
        string asGiven,
        bool claimed,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (present is null)
        {
            var identity = Identity.Of(who.OrganizationId, contact.Id, (kind, key, value), asGiven, db.Now);
            identity.Claimed = claimed;
            db.Identities.Add(identity);
            return new(true);
        }

        var other = present.ContactId == contact.Id ? (Guid?)null : present.ContactId;
        if (other is { } owner)
        {
            await ListPair(contact.Id, owner, (kind, key), claimed || present.Claimed, who.OrganizationId, db, cancel);
            if (claimed || !present.Claimed)
            {
                return new(false, owner);
            }

            present.LeadTo(contact.Id, value, asGiven, claimed, db.Now);
            return new(true, other);
        }

        present.LastSeenAt = db.Now;
        present.Claimed &= claimed;
        return new(true);
    }

    /// <summary>Lists two contacts that show the same phone or address as a likely pair.</summary>
    /// <param name="shown">The phone or address, by its match key.</param>
    /// <param name="claimed">One of the two only claims it.</param>
    internal static async Task ListPair(
        Guid one,
        Guid other,
        (IdentityKind Kind, string Key) shown,
        bool claimed,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var pair = await PairOf(one, other, organizationId, db, cancel);
        pair.Show(shown.Kind, shown.Key, claimed);
    }

    /// <summary>The pair of two contacts, new where it is not listed yet.</summary>
    private static async Task<LikelyDuplicate> PairOf(Guid one, Guid other, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var (older, newer) = one.CompareTo(other) < 0 ? (one, other) : (other, one);
        if (await db.LikelyDuplicates.FindAsync([organizationId, older, newer], cancel) is { } present)
        {
            return present;
        }

        var pair = LikelyDuplicate.New(organizationId, older, newer, db.Now);
        db.LikelyDuplicates.Add(pair);
        return pair;
    }

    /// <summary>Reads the stored identities that have these keys.</summary>
    private static async Task<IdentityOwners> FindOwners(GuestKeys keys, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var owners = new IdentityOwners();
        if (keys is { PhoneKey: null, Address: null })
        {
            return owners;
        }

        foreach (
            var read in await db.Read(
                $"""
                SELECT id, contact_id, kind, match_key, value, as_given, verified, first_seen_at, last_seen_at, claimed, label
                FROM identities
                WHERE organization_id = {organizationId}
                AND ((kind = 'Phone' AND match_key = {keys.PhoneKey ?? ""}) OR (kind = 'Email' AND match_key = {keys.Address ?? ""}))
                """,
                row => Read(row, organizationId),
                cancel
            )
        )
        {
            var identity = db.Identities.Local.FindEntryUntyped([organizationId, read.Id])?.Entity ?? db.Attach(read).Entity;
            owners = identity.Kind == IdentityKind.Phone ? owners with { Phone = identity } : owners with { Email = identity };
        }

        return owners;
    }

    private static Identity Read(SqlRow row, int organizationId) =>
        new()
        {
            OrganizationId = organizationId,
            Id = row.Id(),
            ContactId = row.Id(),
            Kind = row.Name<IdentityKind>(),
            MatchKey = row.Text(),
            Value = row.Text(),
            AsGiven = row.Text(),
            Verified = row.Flag(),
            FirstSeenAt = row.Instant(),
            LastSeenAt = row.Instant(),
            Claimed = row.Flag(),
            Label = row.TextOrNull(),
        };

    /// <summary>The stored identities that have a guest's keys, each with the contact that it leads to.</summary>
    private readonly record struct IdentityOwners(Identity? Phone, Identity? Email);
}
