using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Team;

/// <summary>One member of the team.</summary>
public static class GetMember
{
    /// <exception cref="Refusal">404 for a member who does not exist or whom the actor does not see.</exception>
    public static async Task<Saved<MemberRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.TeamManage);
        var found = (await Members.Visible(db, who, cancel)).Find(p => p.Account.Id == id) ?? throw Refusal.NotThere("member", id);
        return MemberRow.Saved(found.Place, found.Account, await Members.PropertyNames(db, who, cancel));
    }
}
