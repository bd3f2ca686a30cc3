using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Intake;

/// <summary>
/// Writes many new guests at once, table by table instead of one by one. Each gets the same rows that <see cref="ResolveContact"/> would
/// write. Call it inside a save.
/// </summary>
internal sealed class NewGuests(Source source, TouchKind kind, Actor who, BellhopDb db)
{
    private readonly List<(KnownGuest Guest, Property Property)> _guests = [];
    private readonly Dictionary<(Guid Older, Guid Newer), LikelyDuplicate> _pairs = [];

    public int Count => _guests.Count;

    /// <summary>Adds a guest. <see cref="Write"/> stores it with the values that it has at that time.</summary>
    /// <param name="property">The property where the guest arrived.</param>
    public KnownGuest Add(Property property)
    {
        var guest = new KnownGuest
        {
            Id = Guid.CreateVersion7(),
            IsNew = true,
            PropertyId = property.Id,
        };
        guest.At.Add(property.Id);
        _guests.Add((guest, property));
        return guest;
    }

    /// <summary>Notes that two contacts may be one guest.</summary>
    /// <param name="shown">The phone or address that both show, by its match key.</param>
    /// <param name="claimed">One of the two only claims it.</param>
    public void Pair(Guid one, Guid other, (IdentityKind Kind, string Key) shown, bool claimed)
    {
        var key = one.CompareTo(other) < 0 ? (one, other) : (other, one);
        if (!_pairs.TryGetValue(key, out var pair))
        {
            _pairs[key] = pair = LikelyDuplicate.New(who.OrganizationId, one, other, db.Now);
        }

        pair.Show(shown.Kind, shown.Key, claimed);
    }

    /// <summary>Writes the added guests and returns their contacts as they are stored.</summary>
    /// <param name="places">The properties that guests are known at, by id.</param>
    public async Task<IReadOnlyList<Contact>> Write(IReadOnlyDictionary<Guid, Property> places, CancellationToken cancel)
    {
        if (_guests.Count == 0)
        {
            return [];
        }

        var now = db.Now;
        var contacts = _guests.ConvertAll(g => Contact(g.Guest, g.Property, now));
        // The given properties were read before this save.
        var only = await db.ReadFirst(
            $"SELECT id FROM properties WHERE organization_id = {who.OrganizationId} AND is_only = {true}",
            row => (Guid?)row.Id(),
            cancel
        );
        var known = new List<ContactAtProperty>(contacts.Count);
        var touches = new List<Touch>(contacts.Count);
        for (var i = 0; i < contacts.Count; i++)
        {
            foreach (var place in _guests[i].Guest.At.Select(id => places[id]))
            {
                known.Add(At(contacts[i], place, isListed: place.Id != only, now));
                touches.Add(
                    new()
                    {
                        OrganizationId = who.OrganizationId,
                        ContactId = contacts[i].Id,
                        PropertyId = place.Id,
                        Kind = kind,
                        Source = source,
                        At = now,
                    }
                );
            }
        }

        var identities = _guests
            .SelectMany(g => g.Guest.Attached.SelectMany(k => k.Identities(who.OrganizationId, g.Guest.Id, now)))
            .ToList();
        await TakeOver(identities, cancel);
        await db.BulkInsert(contacts, cancel);
        await db.BulkInsert(known, cancel);
        await db.BulkInsert(identities, cancel);
        await db.BulkInsert(touches, cancel);
        await db.BulkInsert(
            [
                .. _guests.SelectMany(g =>
                    g.Guest.Consents.Select(c => new Consent
                    {
                        OrganizationId = who.OrganizationId,
                        ContactId = g.Guest.Id,
                        Channel = c.Key,
                        Granted = c.Value,
                        At = now,
                        Source = source,
                    })
                ),
            ],
            cancel
        );
        await db.BulkInsert([.. _pairs.Values], cancel);
        await db.BulkInsert(contacts.ConvertAll(c => Event.By(who, "contact.created", "contact", c.Id, now)), cancel);
        db.TellOfMany(who.OrganizationId, "contact");
        return contacts;
    }

    /// <summary>
    /// Gives the new guests the keys that other contacts only claim. Each such contact is listed as a likely pair with the new guest.
    /// </summary>
    private async Task TakeOver(IReadOnlyList<Identity> identities, CancellationToken cancel)
    {
        foreach (var some in identities.GroupBy(i => i.Kind))
        {
            var (kind, owners) = (some.Key, some.ToDictionary(i => i.MatchKey, i => i.ContactId, StringComparer.Ordinal));
            var claimed = await db.Read(
                $"""
                SELECT id, contact_id, match_key FROM identities WHERE organization_id = {who.OrganizationId} AND kind = {kind}
                AND claimed = {true} AND {db.Dialect.Among($"match_key", owners.Keys)}
                """,
                row => (Id: row.Id(), ContactId: row.Id(), Key: row.Text()),
                cancel
            );
            if (claimed.Count == 0)
            {
                continue;
            }

            var ids = claimed.ConvertAll(c => c.Id);
            await db.Identities.Where(i => i.OrganizationId == who.OrganizationId && ids.Contains(i.Id)).ExecuteDeleteAsync(cancel);
            claimed.ForEach(c => Pair(owners[c.Key], c.ContactId, (kind, c.Key), claimed: true));
        }
    }

    private Contact Contact(KnownGuest guest, Property property, DateTime now)
    {
        var contact = new Contact
        {
            OrganizationId = who.OrganizationId,
            Id = guest.Id,
            Source = source,
            PropertyId = guest.PropertyId,
            CreatedAt = now,
            UpdatedAt = now,
            CustomerSince = now.MonthIn(property.Zone),
            TagIds = [.. guest.Tags],
        };
        contact.Show(guest.Name, guest.Phone, guest.Email, guest.Attached.SelectMany(k => k.Identities(who.OrganizationId, guest.Id, now)));
        foreach (var (detail, value) in guest.Details)
        {
            detail.Set(contact, value);
        }

        return contact;
    }

    private static ContactAtProperty At(Contact contact, Property place, bool isListed, DateTime now)
    {
        var at = new ContactAtProperty
        {
            OrganizationId = contact.OrganizationId,
            PropertyId = place.Id,
            ContactId = contact.Id,
            Listed = (short)(isListed ? 1 : 0),
            Source = contact.Source,
            CreatedAt = now,
            CustomerSince = now.MonthIn(place.Zone),
        };
        at.ShowAs(contact);
        return at;
    }
}
