using System.Collections.Frozen;
using System.Numerics;

namespace Bellhop.Platform;

/// <summary>A right that a role or an API key may hold. The names are the public surface: stored, sent and typed as they are.</summary>
public sealed class Permission
{
    private static readonly List<Permission> Defined = [];

    public static readonly Permission ContactsView = new("contacts.view", "View contacts");
    public static readonly Permission ContactsEdit = new("contacts.edit", "Add and edit contacts", ContactsView);
    public static readonly Permission ContactsImportExport = new("contacts.importExport", "Import and export contacts", ContactsView);
    public static readonly Permission ContactsDelete = new("contacts.delete", "Delete contacts", ContactsView);
    public static readonly Permission CampaignsSend = new("campaigns.send", "Send campaigns", ContactsView);
    public static readonly Permission ConversationsView = new("conversations.view", "Read conversations");
    public static readonly Permission ConversationsReply = new("conversations.reply", "Reply to guests", ConversationsView);
    public static readonly Permission BookingsView = new("bookings.view", "View bookings");
    public static readonly Permission BookingsManage = new("bookings.manage", "Make and change bookings", BookingsView);
    public static readonly Permission ReportsView = new("reports.view", "View reports");
    public static readonly Permission LoyaltyManage = new("loyalty.manage", "Manage the loyalty programme");
    public static readonly Permission TeamManage = new("team.manage", "Manage the team, roles and API keys");
    public static readonly Permission SettingsManage = new("settings.manage", "Manage properties, rates and settings");

    private static readonly FrozenDictionary<string, Permission> ByName = Defined.ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);

    private Permission(string name, string title, Permission? includes = null)
    {
        Name = name;
        Title = title;
        Bit = 1UL << Defined.Count;
        Bits = Bit | (includes?.Bits ?? 0);
        Defined.Add(this);
    }

    /// <summary>Every permission there is, in the order the permission table shows.</summary>
    public static IReadOnlyList<Permission> All => Defined;

    public string Name { get; }
    public string Title { get; }
    internal ulong Bit { get; }

    /// <summary>Its own bit and those of the view it needs.</summary>
    internal ulong Bits { get; }

    public static Permission? Find(string name) => ByName.GetValueOrDefault(name);

    public override string ToString() => Name;
}

/// <summary>A set of permissions; holding one holds the view it needs too.</summary>
public readonly record struct PermissionSet
{
    private readonly ulong _bits;

    public PermissionSet(IEnumerable<Permission> permissions) => _bits = permissions.Aggregate(0UL, (bits, p) => bits | p.Bits);

    public static PermissionSet None => default;
    public static PermissionSet Everything { get; } = new(Permission.All);

    public int Count => BitOperations.PopCount(_bits);

    public bool Holds(Permission permission) => (_bits & permission.Bit) != 0;

    public IEnumerable<Permission> List()
    {
        var bits = _bits;
        return Permission.All.Where(p => (bits & p.Bit) != 0);
    }

    /// <summary>The names, comma-separated: how a set is stored.</summary>
    public string Stored() => string.Join(',', List().Select(p => p.Name));

    /// <summary>Reads <see cref="Stored"/>; a name this version does not know is left out.</summary>
    public static PermissionSet Read(string stored) =>
        new(
            stored
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(Permission.Find)
                .OfType<Permission>()
        );
}
