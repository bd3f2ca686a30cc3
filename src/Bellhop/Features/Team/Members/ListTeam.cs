using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Team;

/// <summary>The members of the team, ordered by when their accounts were made.</summary>
public static class ListTeam
{
    public static async Task<Page<MemberRow>> Run(PageQuery page, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.TeamManage);
        var names = await Members.PropertyNames(db, who, cancel);
        return page.Of(
            (await Members.Visible(db, who, cancel)).Select(p => MemberRow.Of(p.Place, p.Account, names)),
            "team",
            m => m.Id.ToString("N"),
            who,
            cursors
        );
    }
}
