using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Intake;

/// <summary>
/// Guests who write by a channel and are received in one save. What is stored of them is read for all together: one by one, reading would
/// take most of the time.
/// </summary>
public sealed class ChannelGuests
{
    private readonly HashSet<(IdentityKind Kind, string Key)> _keys = [];

    /// <summary>Reads their identities and contacts, inside a save. The contacts' rows are held until it ends.</summary>
    public async Task LookUp(IEnumerable<ChannelGuest> guests, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        var asked = guests.SelectMany(g => g.Keys).Where(_keys.Add).ToList();
        if (asked.Count == 0)
        {
            return;
        }

        var organization = who.OrganizationId;
        var kinds = asked.Select(k => k.Kind).Distinct().ToList();
        var keys = asked.Select(k => k.Key).Distinct(StringComparer.Ordinal).ToList();
        var owners = await db
            .Identities.Where(i => i.OrganizationId == organization && kinds.Contains(i.Kind) && keys.Contains(i.MatchKey))
            .Select(i => i.ContactId)
            .Distinct()
            .ToListAsync(cancel);
        await db.LockContacts(organization, owners, cancel);

        // Read after the lock: whoever had it may have given an identity away.
        await db
            .Identities.Where(i => i.OrganizationId == organization && kinds.Contains(i.Kind) && keys.Contains(i.MatchKey))
            .LoadAsync(cancel);
        await db.Contacts.Where(c => c.OrganizationId == organization && owners.Contains(c.Id)).LoadAsync(cancel);
        await db.ContactsAtProperty.Where(a => a.OrganizationId == organization && owners.Contains(a.ContactId)).LoadAsync(cancel);
    }

    /// <summary>Whether everything that is stored of the guest is tracked.</summary>
    internal bool Has(ChannelGuest guest) => guest.Keys.All(_keys.Contains);
}
