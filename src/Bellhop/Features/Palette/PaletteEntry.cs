using Bellhop.Platform;

namespace Bellhop.Features.Palette;

/// <summary>A place to go or a thing to do, by whoever may.</summary>
/// <param name="Text">Its name in the texts.</param>
/// <param name="Icon">Beside it.</param>
/// <param name="Address">Where it leads; null for a choice of appearance.</param>
/// <param name="Needs">The right it takes; null for anybody signed in.</param>
/// <param name="Theme">The appearance it chooses.</param>
internal sealed record PaletteEntry(string Text, string Icon, string? Address, Permission? Needs, string? Theme = null)
{
    public static IReadOnlyList<PaletteEntry> Pages { get; } =
    [
        new("Page.Contacts", "people", "/contacts", Permission.ContactsView),
        new("Page.Segments", "filter", "/contacts/segments", Permission.ContactsView),
        new("Page.Imports", "import", "/contacts/imports", Permission.ContactsImportExport),
        new("Page.Bookings", "calendar", "/bookings", Permission.BookingsView),
        new("Page.Reviews", "star", "/reviews", Permission.BookingsView),
        new("Page.Reports", "chart", "/reports", Permission.ReportsView),
        new("Page.Tags", "tag", "/settings/tags", null),
        new("Page.Properties", "house", "/settings/properties", null),
        new("Page.Api", "sliders", "/api", null),
    ];

    public static IReadOnlyList<PaletteEntry> Commands { get; } =
    [
        new("Do.AddGuest", "people", "/contacts?panel=import", Permission.ContactsEdit),
        new("Do.AddBooking", "calendar", "/bookings?panel=new", Permission.BookingsManage),
        new("Do.Filter", "filter", "/contacts?panel=filters", Permission.ContactsView),
        new("Do.Light", "house", null, null, "light"),
        new("Do.Dark", "house", null, null, "dark"),
        new("Do.System", "house", null, null, "system"),
    ];
}
