using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>The roles that a member may have: the built-in ones, the most powerful first, then the organisation's own by name.</summary>
public static class ListRoles
{
    public static async Task<Page<RoleRow>> Run(PageQuery page, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.TeamManage);
        var uses = (await Members.Visible(db, who, cancel))
            .GroupBy(p => p.Place.Role, p => p.Place, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, RoleUse.Of, StringComparer.Ordinal);
        var own = await db.Roles.AsNoTracking().Where(r => r.OrganizationId == who.OrganizationId).ToListAsync(cancel);
        var rows = Roles
            .All.Select((name, place) => (Key: $"0{place}", Row: RoleRow.BuiltInOne(name, uses.GetValueOrDefault(name))))
            .Concat(own.Select(r => (Key: $"1{r.NameKey}", Row: RoleRow.Of(r, uses.GetValueOrDefault(r.Name)))));
        var cut = page.Of(rows, "roles", r => r.Key, who, cursors);
        return new([.. cut.Items.Select(r => r.Row)], cut.NextCursor);
    }
}

/// <summary>One role.</summary>
public static class GetRole
{
    /// <exception cref="Refusal">404 for a role that the organisation does not have.</exception>
    public static async Task<Saved<RoleRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.TeamManage);
        if (Roles.All.FirstOrDefault(name => Roles.IdOf(name) == id) is { } builtIn)
        {
            return new(RoleRow.BuiltInOne(builtIn, await RoleUse.Of(builtIn, who, db, cancel)), DateTime.UnixEpoch);
        }

        var role = await Find(id, db.Roles.AsNoTracking(), who, cancel);
        return RoleRow.Saved(role, await RoleUse.Of(role.Name, who, db, cancel));
    }

    /// <summary>One of the organisation's own roles, to change.</summary>
    /// <exception cref="Refusal">404; 409 <c>built-in</c> for a role that comes with Bellhop; 403 for one that gives more than the actor
    /// has; 403 <c>used-elsewhere</c> where somebody has it whose properties the actor does not all see.</exception>
    internal static async Task<Role> ForChange(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (Roles.All.Any(name => Roles.IdOf(name) == id))
        {
            throw Refusal.Conflict("built-in", ErrorText.Of<TeamTexts>("BuiltIn"));
        }

        var role = await Find(id, db.Roles, who, cancel);
        Rights.DemandOwn(PermissionSet.Read(role.Permissions), who);
        var holders = db.Memberships.Where(m => m.OrganizationId == who.OrganizationId && m.Role == role.Name).Select(m => m.Properties);
        var invited = db.Invitations.Where(i => i.OrganizationId == who.OrganizationId && i.Role == role.Name).Select(i => i.Properties);
        if ((await holders.ToListAsync(cancel)).Concat(await invited.ToListAsync(cancel)).Any(p => !who.Covers(p)))
        {
            throw Refusal.UsedElsewhere("role", id);
        }

        return role;
    }

    private static async Task<Role> Find(Guid id, IQueryable<Role> among, Actor who, CancellationToken cancel) =>
        await among.SingleOrDefaultAsync(r => r.OrganizationId == who.OrganizationId && r.Id == id, cancel)
        ?? throw Refusal.NotThere("role", id);
}
