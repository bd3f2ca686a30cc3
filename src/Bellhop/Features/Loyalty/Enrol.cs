using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Loyalty;

/// <summary>Makes a guest a member of a property's programme. Who left comes back with the ledger as it was.</summary>
public static class Enrol
{
    public sealed record Input(Guid ContactId);

    /// <exception cref="Refusal">404 for a programme or contact that the actor does not see.</exception>
    public static async Task<Saved<MemberRow>> Run(Guid propertyId, Input input, Actor who, BellhopDb db, CancellationToken cancel)
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
                if (member is { LeftAt: null })
                {
                    return new Saved<MemberRow>(MemberRow.Of(member), member.UpdatedAt, ContactId: contact.Id);
                }

                if (member is null)
                {
                    member = Make(contact.Id, programme, who, db);
                }
                else
                {
                    (member.LeftAt, member.UpdatedAt) = (null, db.Now.After(member.UpdatedAt));
                }

                db.Concerns(db.Happened(who, "contact.joinedLoyalty", "contact", contact.Id), contact.Id, propertyId);
                var path = $"/loyalty/{propertyId}/members/{contact.Id}";
                return new Saved<MemberRow>(MemberRow.Of(member), member.UpdatedAt, path, contact.Id);
            },
            cancel
        );
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
