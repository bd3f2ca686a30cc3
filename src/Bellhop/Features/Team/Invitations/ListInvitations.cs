using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Team;

/// <summary>The invitations that can still be accepted, newest first.</summary>
public static class ListInvitations
{
    public static async Task<Page<InvitationRow>> Run(PageQuery query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.TeamManage);
        query.Refuse();
        var binding = $"invitations/{who.OrganizationId}/{who.Id:N}";
        var after = query.After(cursors, binding) is { } last ? Guid.Parse(last) : (Guid?)null;
        var names = await Members.PropertyNames(db, who, cancel);
        var rows = (await Invitations.Visible(who, db, cancel))
            .OrderByDescending(i => i.Id)
            .Where(i => after is null || i.Id.CompareTo(after.Value) < 0)
            .Take(query.Limit + 1);
        return query.Page(rows.Select(i => InvitationRow.Of(i, names)).ToList(), row => row.Id.ToString(), cursors, binding);
    }
}
