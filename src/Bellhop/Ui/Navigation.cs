using Bellhop.Platform;

namespace Bellhop.Ui;

/// <summary>A page in the navigation. Whoever may not open it is not shown it.</summary>
/// <param name="Address">Its path.</param>
/// <param name="Text">The key of its name in <see cref="UiTexts"/>.</param>
/// <param name="Icon">The icon beside the name.</param>
/// <param name="Needs">The permission it needs; null when every signed-in person may open it.</param>
/// <param name="Group">For a page of settings: the key of the group that it belongs to.</param>
public sealed record NavigationEntry(string Address, string Text, string Icon, Permission? Needs = null, string? Group = null)
{
    public bool IsFor(Actor who) => Needs is null || who.Can(Needs);
}

/// <summary>Every page that the navigation leads to. The sidebar, the settings, the palette and the preview of a role read these.</summary>
public static class Navigation
{
    /// <summary>The sidebar, from top to bottom.</summary>
    public static IReadOnlyList<NavigationEntry> Main { get; } =
    [
        new("/today", "Nav.Today", "sun", Permission.BookingsView),
        new("/contacts", "Nav.Contacts", "people", Permission.ContactsView),
        new("/bookings", "Nav.Bookings", "calendar", Permission.BookingsView),
        new("/inbox", "Nav.Inbox", "chat", Permission.ConversationsView),
        new("/loyalty", "Nav.Loyalty", "crown", Permission.ContactsView),
        new("/reviews", "Nav.Reviews", "star", Permission.BookingsView),
        new("/reports", "Nav.Reports", "chart", Permission.ReportsView),
        new("/settings", "Nav.Settings", "sliders"),
    ];

    /// <summary>The pages of settings, group by group.</summary>
    public static IReadOnlyList<NavigationEntry> Settings { get; } =
    [
        new("/settings/account", "Nav.Account", "people", null, You),
        new("/settings/organization", "Nav.Organization", "house", Permission.SettingsManage, House),
        new("/settings/properties", "Nav.Properties", "house", null, House),
        new("/settings/rates", "Nav.Rates", "chart", Permission.SettingsManage, House),
        new("/settings/tags", "Nav.Tags", "tag", null, Guests),
        new("/settings/replies", "Nav.Replies", "quote", Permission.ConversationsReply, Guests),
        new("/settings/connections", "Nav.Connections", "plug", Permission.SettingsManage, Guests),
        new("/settings/team", "Nav.Team", "people", Permission.TeamManage, People),
        new("/settings/roles", "Nav.Roles", "sliders", Permission.TeamManage, People),
        new("/settings/keys", "Nav.Keys", "sliders", Permission.TeamManage, Programs),
        new("/settings/webhooks", "Nav.Webhooks", "arrow", Permission.SettingsManage, Programs),
        new("/settings/approvals", "Nav.Approvals", "people", Permission.SettingsManage, Watch),
        new("/settings/audit", "Nav.Audit", "search", Permission.SettingsManage, Watch),
    ];

    private const string You = "Group.You",
        House = "Group.House",
        Guests = "Group.Guests",
        People = "Group.People",
        Programs = "Group.Programs",
        Watch = "Group.Watch";
}
