using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>
/// An owner hands the ownership to another member: that member becomes an owner of all properties, and the actor a manager. The actor
/// proves again who they are, so that an unlocked screen is not enough.
/// </summary>
public static class HandOverOwnership
{
    /// <param name="MemberId">The member who becomes the owner.</param>
    /// <param name="Proof">Proves that the actor is who they say.</param>
    public sealed record Input(Guid MemberId, Proof Proof);

    /// <exception cref="Refusal">400 without a proof; 403 for anybody but an owner, a key included, and for a wrong proof; 404 for a member
    /// who does not exist; 409 <c>disabled</c> for a disabled one; 429 after too many tries.</exception>
    public static async Task<Saved<MemberRow>> Run(
        Input input,
        Actor who,
        BellhopDb db,
        ActorSource actors,
        FreshProof proofs,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.TeamManage);
        await Members.DemandOwner(db, who, cancel);
        await proofs.Demand(input.Proof, who.Id, who, db, cancel);
        var saved = await db.Save(
            async () =>
            {
                await Members.DemandOwner(db, who, cancel);
                var (place, account) = await Members.ForChange(db, input.MemberId, who, cancel);
                var mine = await db.Memberships.SingleAsync(m => m.OrganizationId == who.OrganizationId && m.UserId == who.Id, cancel);
                if (place.UserId == who.Id)
                {
                    throw Refusal.Invalid("memberId", ErrorText.Of<TeamTexts>("OwnerAlready"));
                }

                if (place.DisabledAt is not null)
                {
                    throw Refusal.Conflict("disabled", ErrorText.Of<TeamTexts>("DisabledMember"));
                }

                (place.Role, place.Properties, place.UpdatedAt) = (Roles.Owner, null, db.Now.After(place.UpdatedAt));
                (mine.Role, mine.UpdatedAt) = (Roles.Manager, db.Now.After(mine.UpdatedAt));
                db.Happened(who, "ownership.handedOver", "member", place.UserId, "role", "properties");
                db.Happened(who, "member.updated", "member", who.Id, "role");
                return MemberRow.Saved(place, account, await Members.PropertyNames(db, who, cancel));
            },
            cancel,
            SettingsLock.Alone(who.OrganizationId)
        );
        actors.Forget();
        return saved;
    }
}
