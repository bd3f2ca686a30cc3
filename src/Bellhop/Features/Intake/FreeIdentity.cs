using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Intake;

/// <summary>
/// Frees a phone or an address of a contact that was deleted or shows another now. When a second contact shows it too, it leads to that
/// contact from then on. If that contact only claims it, it stays a claim. Call it inside a save.
/// </summary>
internal static class FreeIdentity
{
    /// <summary>Frees all identities of a contact, before the contact is deleted.</summary>
    public static async Task All(Contact contact, BellhopDb db, CancellationToken cancel)
    {
        var all = await db
            .Identities.Where(i => i.OrganizationId == contact.OrganizationId && i.ContactId == contact.Id)
            .ToListAsync(cancel);
        await PassOn(all, contact, db, cancel);
    }

    /// <summary>Frees one identity that the contact no longer shows: it is deleted, or leads to another contact.</summary>
    public static async Task One(Contact contact, IdentityKind kind, string key, BellhopDb db, CancellationToken cancel)
    {
        var some = await db
            .Identities.Where(i =>
                i.OrganizationId == contact.OrganizationId && i.ContactId == contact.Id && i.Kind == kind && i.MatchKey == key
            )
            .ToListAsync(cancel);
        db.RemoveRange(await PassOn(some, contact, db, cancel));
    }

    /// <summary>
    /// Gives each identity to another contact that shows it. That contact is already listed as a likely duplicate, so only such pairs are
    /// read.
    /// </summary>
    /// <returns>The identities that no other contact shows.</returns>
    private static async Task<IReadOnlyList<Identity>> PassOn(
        IReadOnlyList<Identity> identities,
        Contact contact,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (identities.Count == 0)
        {
            return [];
        }

        var pairs = await db
            .LikelyDuplicates.AsNoTracking()
            .Where(d => d.OrganizationId == contact.OrganizationId && (d.OlderId == contact.Id || d.NewerId == contact.Id))
            .ToListAsync(cancel);
        if (pairs.Count == 0)
        {
            return identities;
        }

        var free = new List<Identity>();
        foreach (var identity in identities)
        {
            var heirs = await Heirs(identity, pairs, db, cancel);
            if (heirs.Count == 0)
            {
                free.Add(identity);
                continue;
            }

            var first = heirs[0];
            var shown = (identity.Kind == IdentityKind.Phone ? first.Contact.Phone : first.Contact.Email)!;
            identity.LeadTo(first.Contact.Id, shown, shown, claimed: !first.IsProven, first.Contact.CreatedAt);
            foreach (var (other, isProven) in heirs.Skip(1))
            {
                var claimed = !(first.IsProven && isProven);
                var shared = (identity.Kind, identity.MatchKey);
                await ResolveContact.ListPair(first.Contact.Id, other.Id, shared, claimed, contact.OrganizationId, db, cancel);
            }
        }

        await db.Flush(cancel);
        return free;
    }

    /// <summary>
    /// Holds the other contacts of the pairs and returns those that show the identity: first those that have proven it, then those that
    /// only claim it; of each, the oldest first.
    /// </summary>
    private static async Task<IReadOnlyList<(Contact Contact, bool IsProven)>> Heirs(
        Identity identity,
        IReadOnlyList<LikelyDuplicate> pairs,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var heirs = new List<(Contact Contact, bool IsProven)>();
        foreach (
            var (id, isProven) in pairs
                .Select(d => (d.OlderId == identity.ContactId ? d.NewerId : d.OlderId, d.IsProven(identity.Kind)))
                .Order()
        )
        {
            var contact = await ResolveContact.ForChange(db, identity.OrganizationId, id, cancel);
            var value = identity.Kind == IdentityKind.Phone ? contact?.Phone : contact?.Email;
            var key = value is not null && identity.Kind == IdentityKind.Phone ? Phone.Parse(value, null).MatchKey : value;
            if (key == identity.MatchKey && db.Entry(contact!).State != EntityState.Deleted)
            {
                heirs.Add((contact!, isProven));
            }
        }

        return [.. heirs.OrderByDescending(h => h.IsProven)];
    }
}
