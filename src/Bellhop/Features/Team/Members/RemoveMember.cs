using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>
/// Removes a person from the team and ends their sessions in this organisation. Their account stays, because they may work in other
/// organisations.
/// </summary>
public static class RemoveMember
{
    /// <exception cref="Refusal">403 for an owner when the actor is not one; 409 for the last owner.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, ActorSource actors, IfMatch match, CancellationToken cancel)
    {
        who.Demand(Permission.TeamManage);
        await db.Save(
            async () =>
            {
                var (place, _) = await Members.ForChange(db, id, who, cancel);
                match.Demand(place.UpdatedAt);
                await Members.DemandOtherOwner(db, place, cancel);
                db.Memberships.Remove(place);
                await db.Sessions.Where(s => s.UserId == id && s.OrganizationId == who.OrganizationId).ExecuteDeleteAsync(cancel);
                db.Happened(who, "member.removed", "member", id);
            },
            cancel,
            SettingsLock.Alone(who.OrganizationId)
        );
        actors.Forget();
    }
}
