using System.Text.Json.Serialization;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Loyalty;

/// <summary>Sets a member's tier by hand, or lets it follow the points again.</summary>
public static class ChangeMembership
{
    /// <param name="Tier">Bronze, Silver, Gold or Platinum; it is kept from then on.</param>
    /// <param name="TierKept">False lets the tier follow the points again.</param>
    public sealed record Input(Optional<LoyaltyTier> Tier = default, Optional<bool> TierKept = default);

    /// <exception cref="Refusal">404 for a member that the actor does not see; 412.</exception>
    public static async Task<Saved<LoyaltyMemberRow>> Run(
        Guid propertyId,
        Guid contactId,
        Input input,
        Actor who,
        BellhopDb db,
        IfMatch match,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.LoyaltyManage);
        return await db.Save(
            async () =>
            {
                var (programme, member) = await ForChange(propertyId, contactId, who, db, cancel);
                match.Demand(member.UpdatedAt);
                var before = (member.Tier, member.TierKept);
                member.TierKept = input.TierKept.IsGiven ? input.TierKept.Value : input.Tier.IsGiven || member.TierKept;
                member.Tier = input.Tier.Or(member.Tier);
                if (!member.TierKept)
                {
                    member.Tier = programme.TierOf(member.Collected);
                }

                if (before != (member.Tier, member.TierKept))
                {
                    member.UpdatedAt = db.Now.After(member.UpdatedAt);
                    db.Concerns(db.Happened(who, "contact.loyaltyTier", "contact", contactId), contactId, propertyId);
                }

                return new Saved<LoyaltyMemberRow>(LoyaltyMemberRow.Of(member), member.UpdatedAt, ContactId: contactId);
            },
            cancel
        );
    }

    /// <summary>A member, whose contact the save holds from here on.</summary>
    /// <exception cref="Refusal">404.</exception>
    internal static async Task<(Programme Programme, LoyaltyMember Member)> ForChange(
        Guid propertyId,
        Guid contactId,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        await ContactSeen.Demand(contactId, who, db, cancel);
        var programme = await GetProgramme.Find(propertyId, who, db, cancel);
        await db.LockContact(who.OrganizationId, contactId, cancel);
        var member =
            await db.LoyaltyMembers.FindAsync([who.OrganizationId, propertyId, contactId], cancel)
            ?? throw Refusal.NotThere("member", contactId);
        return (programme, member);
    }
}

/// <summary>Ends a membership. Nothing more is earned; the ledger stays, and what a booking gave still goes back with it.</summary>
public static class LeaveProgramme
{
    /// <exception cref="Refusal">404 for a member that the actor does not see; 412.</exception>
    public static async Task Run(Guid propertyId, Guid contactId, Actor who, BellhopDb db, IfMatch match, CancellationToken cancel)
    {
        who.Demand(Permission.LoyaltyManage);
        await db.Save(
            async () =>
            {
                var (_, member) = await ChangeMembership.ForChange(propertyId, contactId, who, db, cancel);
                match.Demand(member.UpdatedAt);
                if (member.LeftAt is not null)
                {
                    throw Refusal.NotThere("member", contactId);
                }

                member.LeftAt = db.Now;
                member.UpdatedAt = db.Now.After(member.UpdatedAt);
                db.Concerns(db.Happened(who, "contact.leftLoyalty", "contact", contactId), contactId, propertyId);
            },
            cancel
        );
    }
}

/// <summary>A member as the API and the page show it.</summary>
/// <param name="ContactId">The guest.</param>
/// <param name="Tier">Bronze, Silver, Gold or Platinum.</param>
/// <param name="TierKept">Staff chose the tier; points do not change it.</param>
/// <param name="Points">The balance.</param>
/// <param name="LifetimePoints">The points collected, which lead to the tier.</param>
/// <param name="Since">When the guest joined, UTC.</param>
/// <param name="LeftAt">When the guest left, UTC; null for a member.</param>
public sealed record LoyaltyMemberRow(
    Guid ContactId,
    LoyaltyTier Tier,
    bool TierKept,
    long Points,
    long LifetimePoints,
    DateTime Since,
    DateTime? LeftAt
)
{
    /// <summary>The guest's name.</summary>
    public string? Name { get; init; }

    /// <summary>The points still to collect for the next tier, as pages show it; null at the highest, and where staff chose.</summary>
    [JsonIgnore]
    public long? ToNext { get; init; }

    internal static LoyaltyMemberRow Of(LoyaltyMember m) => new(m.ContactId, m.Tier, m.TierKept, m.Points, m.Collected, m.Since, m.LeftAt);
}
