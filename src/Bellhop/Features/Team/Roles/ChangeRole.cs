using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>
/// Changes a role's name or permissions. Its members have the new rights within five seconds wherever they are signed in.
/// </summary>
public static class ChangeRole
{
    /// <param name="Name">1 to 50 characters; unique ignoring case, built-in roles included.</param>
    /// <param name="Permissions">Names of permissions, at least one.</param>
    public sealed record Input(Optional<string> Name = default, Optional<IReadOnlyList<string>> Permissions = default);

    /// <exception cref="Refusal">404; 409 <c>built-in</c> or <c>duplicate-role</c>; 403 for permissions that the actor does not have, and
    /// <c>used-elsewhere</c>; 412; 400 listing every field at fault.</exception>
    public static async Task<Saved<RoleRow>> Run(
        Guid id,
        Input input,
        Actor who,
        BellhopDb db,
        ActorSource actors,
        IfMatch match,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.TeamManage);
        var saved = await db.Save(
            async () =>
            {
                var role = await GetRole.ForChange(id, who, db, cancel);
                match.Demand(role.UpdatedAt);
                var errors = new ValidationErrors();
                var name = input.Name.IsGiven ? AddRole.ReadName(errors, input.Name.Value) : role.Name;
                var permissions = input.Permissions.IsGiven
                    ? Rights.Read(errors, "permissions", input.Permissions.Value ?? [], who)
                    : PermissionSet.Read(role.Permissions);
                errors.Refuse();
                Rights.DemandOwn(permissions, who);
                await Change(role, name!, permissions.Stored(), who, db, cancel);
                return RoleRow.Saved(role, await RoleUse.Of(role.Name, who, db, cancel));
            },
            cancel,
            SettingsLock.Alone(who.OrganizationId)
        );
        actors.Forget();
        return saved;
    }

    private static async Task Change(Role role, string name, string permissions, Actor who, BellhopDb db, CancellationToken cancel)
    {
        string[] changed =
        [
            .. name != role.Name ? ["name"] : Array.Empty<string>(),
            .. permissions != role.Permissions ? ["permissions"] : Array.Empty<string>(),
        ];
        if (changed.Length == 0)
        {
            return;
        }

        var former = role.Name;
        (role.Name, role.NameKey, role.Permissions) = (name, Fold.Key(name), permissions);
        role.UpdatedAt = db.Now.After(role.UpdatedAt);
        await AddRole.DemandFree(role, who, db, cancel);
        if (former != name)
        {
            var (members, invitations) = (
                db.Memberships.Where(m => m.OrganizationId == who.OrganizationId && m.Role == former),
                db.Invitations.Where(i => i.OrganizationId == who.OrganizationId && i.Role == former)
            );
            await members.ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, name), cancel);
            await invitations.ExecuteUpdateAsync(set => set.SetProperty(i => i.Role, name), cancel);
        }

        db.Happened(who, "role.updated", "role", role.Id, changed);
    }
}

/// <summary>Deletes a role that nobody has.</summary>
public static class DeleteRole
{
    /// <exception cref="Refusal">404; 409 <c>built-in</c>, or <c>in-use</c> where a member or an invitation has the role; 403 as for
    /// <see cref="ChangeRole"/>; 412.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, IfMatch match, CancellationToken cancel)
    {
        who.Demand(Permission.TeamManage);
        await db.Save(
            async () =>
            {
                var role = await GetRole.ForChange(id, who, db, cancel);
                match.Demand(role.UpdatedAt);
                if (
                    await db.Memberships.AnyAsync(m => m.OrganizationId == who.OrganizationId && m.Role == role.Name, cancel)
                    || await db.Invitations.AnyAsync(i => i.OrganizationId == who.OrganizationId && i.Role == role.Name, cancel)
                )
                {
                    throw Refusal.Conflict("in-use", ErrorText.Of<TeamTexts>("RoleInUse"));
                }

                db.Roles.Remove(role);
                db.Happened(who, "role.deleted", "role", id);
            },
            cancel,
            SettingsLock.Alone(who.OrganizationId)
        );
    }
}
