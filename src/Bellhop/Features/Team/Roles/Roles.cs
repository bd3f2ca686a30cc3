using System.Collections.Frozen;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>The built-in roles and what each may do. An organisation's own ones are <see cref="Role"/>s.</summary>
public static class Roles
{
    /// <summary>Has every permission. Only owners may change owners.</summary>
    public const string Owner = "Owner";

    public const string Manager = "Manager";
    public const string FrontDesk = "Front desk";
    public const string Marketing = "Marketing";
    public const string Viewer = "Viewer";

    private static readonly FrozenDictionary<string, PermissionSet> Table = new Dictionary<string, PermissionSet>
    {
        [Owner] = PermissionSet.Everything,
        [Manager] = PermissionSet.Everything,
        [FrontDesk] = new([
            Permission.ContactsView,
            Permission.ContactsEdit,
            Permission.ConversationsView,
            Permission.ConversationsReply,
            Permission.BookingsView,
            Permission.BookingsManage,
        ]),
        [Marketing] = new([
            Permission.ContactsView,
            Permission.ContactsEdit,
            Permission.ContactsImportExport,
            Permission.CampaignsSend,
            Permission.ConversationsView,
            Permission.BookingsView,
            Permission.ReportsView,
        ]),
        [Viewer] = new([Permission.ContactsView, Permission.BookingsView, Permission.ConversationsView, Permission.ReportsView]),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The roles' names, the most powerful first.</summary>
    public static IReadOnlyList<string> All { get; } = [Owner, Manager, FrontDesk, Marketing, Viewer];

    /// <summary>A built-in role's permissions; none for another role.</summary>
    public static PermissionSet Of(string role) => Table.GetValueOrDefault(role, PermissionSet.None);

    /// <summary>The permissions of a built-in role or one of the organisation's own; null for a role that it does not have.</summary>
    public static async ValueTask<PermissionSet?> Find(string role, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        if (Table.TryGetValue(role, out var builtIn))
        {
            return builtIn;
        }

        var stored = await db
            .Roles.Where(r => r.OrganizationId == organizationId && r.Name == role)
            .Select(r => r.Permissions)
            .SingleOrDefaultAsync(cancel);
        return stored is null ? null : PermissionSet.Read(stored);
    }

    /// <summary>
    /// The permissions of the role that somebody is to get. For a role that the organisation does not have it adds an error.
    /// </summary>
    internal static async ValueTask<PermissionSet> Read(
        ValidationErrors errors,
        string? role,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (string.IsNullOrEmpty(role))
        {
            errors.Add("role", "Required");
            return PermissionSet.None;
        }

        if (await Find(role, organizationId, db, cancel) is { } permissions)
        {
            return permissions;
        }

        var own = await db.Roles.Where(r => r.OrganizationId == organizationId).Select(r => r.Name).ToListAsync(cancel);
        errors.Add("role", "OneOf", string.Join(", ", All.Concat(own.Order(StringComparer.Ordinal))));
        return PermissionSet.None;
    }

    /// <summary>The id of a built-in role, the same in every organisation.</summary>
    internal static Guid IdOf(string builtIn) => new($"01900000-0000-7000-8000-00000000000{All.ToList().IndexOf(builtIn)}");
}
