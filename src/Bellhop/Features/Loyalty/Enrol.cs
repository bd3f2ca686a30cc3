using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Loyalty;

/// <summary>Makes a guest a member of a property's programme. Who left comes back with the ledger as it was.</summary>
public static class Enrol
{
    public sealed record Input(Guid ContactId);

    /// <exception cref="Refusal">404 for a programme or contact that the actor does not see.</exception>
    public static async Task<Saved<LoyaltyMemberRow>> Run(Guid propertyId, Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.LoyaltyManage);
        return await db.Save(
            async () =>
            {
                var programme = await GetProgramme.Find(propertyId, who, db, cancel);
                await ContactSeen.Demand(input.ContactId, who, db, cancel);
                var contact =
                    await ResolveContact.ForChange(db, who.OrganizationId, input.ContactId, cancel)
                    ?? throw Refusal.NotThere("contact", input.ContactId);
                var member = await db.LoyaltyMembers.FindAsync([who.OrganizationId, propertyId, contact.Id], cancel);
                var isNew = member is not { LeftAt: null };
                member = isNew ? Join(contact.Id, member, programme, who, db) : member!;
                var path = isNew ? $"/loyalty/{propertyId}/members/{contact.Id}" : null;
                return new Saved<LoyaltyMemberRow>(LoyaltyMemberRow.Of(member), member.UpdatedAt, path, contact.Id);
            },
            cancel
        );
    }

    /// <summary>Makes these guests members, inside a save. Returns how many were none before.</summary>
    /// <param name="whole">True: a guest whom the actor does not see refuses all. False: such a guest is left out.</param>
    /// <exception cref="Refusal">404 for a programme, or with <paramref name="whole"/> a contact, that the actor does not see.</exception>
    internal static async Task<int> Many(
        Guid propertyId,
        IReadOnlyList<Guid> contactIds,
        bool whole,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.LoyaltyManage);
        var programme = await GetProgramme.Find(propertyId, who, db, cancel);
        await db.LockContacts(who.OrganizationId, contactIds, cancel);
        var seen = await db
            .Contacts.AsNoTracking()
            .VisibleTo(who, db.ContactsAtProperty)
            .Where(c => contactIds.Contains(c.Id))
            .Select(c => c.Id)
            .ToListAsync(cancel);
        if (whole && contactIds.Except(seen).Select(id => (Guid?)id).FirstOrDefault() is { } unseen)
        {
            throw Refusal.NotThere("contact", unseen);
        }

        var members = await db
            .LoyaltyMembers.Where(m => m.OrganizationId == who.OrganizationId && m.PropertyId == propertyId && seen.Contains(m.ContactId))
            .ToDictionaryAsync(m => m.ContactId, cancel);
        var joining = seen.Order().Where(id => members.GetValueOrDefault(id) is not { LeftAt: null }).ToList();
        joining.ForEach(id => Join(id, members.GetValueOrDefault(id), programme, who, db));
        return joining.Count;
    }

    private static LoyaltyMember Join(Guid contactId, LoyaltyMember? before, Programme programme, Actor who, BellhopDb db)
    {
        var member = before ?? Make(contactId, programme, who, db);
        if (before is not null)
        {
            (member.LeftAt, member.UpdatedAt) = (null, db.Now.After(member.UpdatedAt));
        }

        db.Concerns(db.Happened(who, "contact.joinedLoyalty", "contact", contactId), contactId, programme.PropertyId);
        return member;
    }

    /// <summary>Makes the member with the welcome bonus, inside a save that holds the contact.</summary>
    /// <param name="who">Who did it; null for what follows from a booking.</param>
    internal static LoyaltyMember Make(Guid contactId, Programme programme, Actor? who, BellhopDb db)
    {
        var member = new LoyaltyMember
        {
            OrganizationId = programme.OrganizationId,
            PropertyId = programme.PropertyId,
            ContactId = contactId,
            Since = db.Now,
            UpdatedAt = db.Now,
        };
        db.LoyaltyMembers.Add(member);
        if (programme.WelcomeBonus > 0)
        {
            member.Write(
                LoyaltyKind.Welcome,
                programme.WelcomeBonus,
                programme,
                db,
                who is null ? null : e => e with { AuthorId = who.Id, AuthorName = who.Name }
            );
        }

        return member;
    }
}
