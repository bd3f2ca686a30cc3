using Bellhop.Platform;
using Bellhop.Ui;

namespace Bellhop.Features.Palette;

/// <summary>A page or an action in the command palette.</summary>
/// <param name="Text">The key of its text.</param>
/// <param name="Icon">The icon beside the text.</param>
/// <param name="Address">The address it opens; null for a choice of appearance.</param>
/// <param name="Needs">The permission it needs; null when every signed-in person may use it.</param>
/// <param name="Theme">The appearance it chooses.</param>
internal sealed record PaletteEntry(string Text, string Icon, string? Address, Permission? Needs, string? Theme = null)
{
    /// <summary>The pages in the navigation and in the settings; their texts are in <see cref="UiTexts"/>.</summary>
    public static IReadOnlyList<PaletteEntry> Navigated { get; } =
    [.. Navigation.Main.Concat(Navigation.Settings).Select(p => new PaletteEntry(p.Text, p.Icon, p.Address, p.Needs))];

    /// <summary>Pages that only other pages lead to.</summary>
    public static IReadOnlyList<PaletteEntry> Pages { get; } =
    [
        new("Page.Segments", "filter", "/contacts/segments", Permission.ContactsView),
        new("Page.Duplicates", "join", "/contacts/duplicates", Permission.ContactsEdit),
        new("Page.Imports", "import", "/contacts/imports", Permission.ContactsImportExport),
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
