using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Makes a role of the organisation's own.</summary>
public static class AddRole
{
    /// <param name="Name">1 to 50 characters; unique ignoring case, built-in roles included.</param>
    /// <param name="Permissions">Names of permissions, at least one. A permission includes the view that it needs.</param>
    public sealed record Input(string Name, IReadOnlyList<string> Permissions);

    /// <exception cref="Refusal">400 listing every field at fault; 403 for a permission that the actor does not have; 409
    /// <c>duplicate-role</c> with <c>roleId</c>.</exception>
    public static async Task<Saved<RoleRow>> Run(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.TeamManage);
        var errors = new ValidationErrors();
        var name = ReadName(errors, input.Name);
        var permissions = Rights.Read(errors, "permissions", input.Permissions, who);
        errors.Refuse();
        Rights.DemandOwn(permissions, who);
        return await db.Save(
            async () =>
            {
                var role = new Role
                {
                    OrganizationId = who.OrganizationId,
                    Name = name!,
                    NameKey = Fold.Key(name!),
                    Permissions = permissions.Stored(),
                    CreatedAt = db.Now,
                    UpdatedAt = db.Now,
                };
                await DemandFree(role, who, db, cancel);
                db.Roles.Add(role);
                db.Happened(who, "role.created", "role", role.Id);
                return RoleRow.Saved(role, default, created: true);
            },
            cancel,
            SettingsLock.Alone(who.OrganizationId)
        );
    }

    internal static string? ReadName(ValidationErrors errors, string? name) =>
        errors.Text("name", Text.OneLine(name), Role.NameMax, required: true);

    /// <exception cref="Refusal">409 when another role has the name.</exception>
    internal static async Task DemandFree(Role role, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var other = Roles.All.FirstOrDefault(n => Fold.Key(n) == role.NameKey) is { } builtIn
            ? Roles.IdOf(builtIn)
            : await db
                .Roles.Where(r => r.OrganizationId == who.OrganizationId && r.NameKey == role.NameKey && r.Id != role.Id)
                .Select(r => (Guid?)r.Id)
                .SingleOrDefaultAsync(cancel);
        if (other is not null)
        {
            throw Refusal.Conflict("duplicate-role", ErrorText.Of<TeamTexts>("DuplicateRole"), ("roleId", other));
        }
    }
}
