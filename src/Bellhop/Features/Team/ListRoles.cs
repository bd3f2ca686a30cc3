using Bellhop.Platform;

namespace Bellhop.Features.Team;

/// <summary>The roles that a member may have, and their permissions.</summary>
public static class ListRoles
{
    public sealed record Row(string Name, bool BuiltIn, IReadOnlyList<string> Permissions);

    public static Page<Row> Run(PageQuery page, Actor who, Cursors cursors)
    {
        who.Demand(Permission.TeamManage);
        var rows = Roles.All.Select(
            (name, place) => (Place: place, Row: new Row(name, true, [.. Roles.Of(name).List().Select(p => p.Name)]))
        );
        var cut = page.Of(rows, "roles", r => $"{r.Place:D4}", who, cursors);
        return new([.. cut.Items.Select(r => r.Row)], cut.NextCursor);
    }
}
