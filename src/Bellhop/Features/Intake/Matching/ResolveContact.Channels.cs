using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Intake;

/// <summary>Finds or makes the contact of a guest who writes by a channel. What the channel signs is proven.</summary>
public static partial class ResolveContact
{
    /// <summary>The contact that one of the ids leads to, the strongest first; null where none is known.</summary>
    public static async Task<Contact?> ByChannel(ChannelGuest guest, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        var known = await Known(guest, who.OrganizationId, db, cancel);
        return await FirstOf(guest, known, who.OrganizationId, db, cancel);
    }

    /// <summary>
    /// Finds or makes the contact and gives it the ids and the phone. An id that led to another contact leads to this one from then on: the
    /// channel signs that both are one person. The two are listed as a pair with this reason, and a job joins them (MergeAutomatically).
    /// </summary>
    /// <param name="isArrival">Whether the guest arrives now; a further message of one visit is no touch of its own.</param>
    /// <param name="together">Guests who were looked up in this save; null for none.</param>
    public static async Task<(Contact Contact, bool IsNew)> ReceiveFromChannel(
        ChannelGuest guest,
        Arrival arrival,
        bool isArrival,
        Actor who,
        BellhopDb db,
        CancellationToken cancel,
        ChannelGuests? together = null
    )
    {
        who.DemandKnown();
        var known = await Known(guest, who.OrganizationId, db, cancel, together);
        var found = await FirstOf(guest, known, who.OrganizationId, db, cancel);
        var contact = found ?? NewContact(arrival, who, db);
        await Teach(contact, guest, known, who, db, cancel);
        if (isArrival || found is null)
        {
            await RecordTouch(contact, arrival, who, db, cancel);
        }

        return (contact, found is null);
    }

    /// <summary>
    /// The channel says that the guest has another number or id from now on: the contact keeps everything, the old id leads nowhere, and a
    /// contact that had the new one is listed as a pair.
    /// </summary>
    /// <returns>The contact; null where the old id leads to nobody.</returns>
    public static async Task<Contact?> MoveOnChannel(ChannelGuest from, ChannelGuest to, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        var known = await Known(from, who.OrganizationId, db, cancel);
        if (await FirstOf(from, known, who.OrganizationId, db, cancel) is not { } contact)
        {
            return null;
        }

        var kinds = to.Ids.Select(i => i.Kind).ToHashSet();
        if (to.Phone is not null)
        {
            kinds.Add(IdentityKind.Phone);
        }

        db.RemoveRange(known.Where(i => i.ContactId == contact.Id && kinds.Contains(i.Kind)));
        if (
            to.Phone is { } phone
            && from.Phone is { } old
            && contact.Phone is { } shown
            && Phone.Parse(shown, null).MatchKey == old.MatchKey
        )
        {
            var before = (contact.Name, contact.Phone, contact.Email);
            contact.Show(contact.Name, phone.Full, contact.Email);
            await SayChanged(contact, before, contact.CountryGiven, who, db, cancel);
        }

        await db.Flush(cancel);
        await Teach(contact, to, await Known(to, who.OrganizationId, db, cancel), who, db, cancel);
        return contact;
    }

    private static async Task Teach(
        Contact contact,
        ChannelGuest guest,
        IReadOnlyList<Identity> known,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var before = (contact.Name, contact.Phone, contact.Email);
        foreach (var id in guest.Ids.Where(i => i.Fits))
        {
            await Attach(id.Kind, id.Key, id.Id, id.Label);
        }

        var phone = guest.Phone;
        if (phone is not null && TakenOff.Has(contact.TakenOff, contact.Id, IdentityKind.Phone, phone.MatchKey!))
        {
            phone = null; // staff said that it is not this guest's
        }

        contact.Show(contact.Name ?? guest.Name, contact.Phone ?? phone?.Full, contact.Email);
        if (phone is not null)
        {
            await Attach(IdentityKind.Phone, phone.MatchKey!, phone.Full!, null);
        }

        await SayChanged(contact, before, contact.CountryGiven, who, db, cancel);

        async Task Attach(IdentityKind kind, string key, string value, string? label)
        {
            var identity = known.FirstOrDefault(i => i.Kind == kind && i.MatchKey == key);
            if (identity is null)
            {
                identity = Identity.Of(who.OrganizationId, contact.Id, (kind, key, value), value, db.Now);
                db.Identities.Add(identity);
            }
            else if (identity.ContactId != contact.Id)
            {
                var pair = await PairOf(contact.Id, identity.ContactId, who.OrganizationId, db, cancel);
                pair.SayChannel(key);
                identity.LeadTo(contact.Id, value, value, claimed: false, db.Now);
            }

            identity.Prove(db.Now);
            identity.Label = label ?? identity.Label;
        }
    }

    /// <summary>The stored identities of the guest's ids and phone, tracked.</summary>
    private static async Task<IReadOnlyList<Identity>> Known(
        ChannelGuest guest,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel,
        ChannelGuests? together = null
    )
    {
        var asked = guest.Keys.ToList();
        if (together?.Has(guest) != true)
        {
            // By the kind too: the index begins with it.
            var kinds = asked.Select(a => a.Kind).Distinct().ToList();
            var keys = asked.Select(a => a.Key).Distinct(StringComparer.Ordinal).ToList();
            await db
                .Identities.Where(i => i.OrganizationId == organizationId && kinds.Contains(i.Kind) && keys.Contains(i.MatchKey))
                .LoadAsync(cancel);
        }

        return
        [
            .. db.Identities.Local.Where(i =>
                i.OrganizationId == organizationId && asked.Contains((i.Kind, i.MatchKey)) && db.Entry(i).State != EntityState.Deleted
            ),
        ];
    }

    private static async Task<Contact?> FirstOf(
        ChannelGuest guest,
        IReadOnlyList<Identity> known,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var order = guest.Ids.Select(i => (i.Kind, i.Key)).ToList();
        if (guest.Phone is { } phone)
        {
            order.Add((IdentityKind.Phone, phone.MatchKey!));
        }

        // A phone that somebody only claims decides nothing; the channel's proof takes it over.
        var first = known.Where(i => !i.Claimed).MinBy(i => order.IndexOf((i.Kind, i.MatchKey)));
        return first is null ? null : await ForChange(db, organizationId, first.ContactId, cancel) ?? throw Vanished();
    }
}
