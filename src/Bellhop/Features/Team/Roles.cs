using System.Collections.Frozen;
using Bellhop.Platform;

namespace Bellhop.Features.Team;

/// <summary>The built-in roles and what each may do.</summary>
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

    public static bool IsKnown(string role) => Table.ContainsKey(role);

    /// <summary>A role's permissions; none for a role that this version does not know.</summary>
    public static PermissionSet Of(string role) => Table.GetValueOrDefault(role, PermissionSet.None);
}
