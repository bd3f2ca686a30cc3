using Bellhop.Platform;

namespace Bellhop.Ui;

/// <summary>A button of a page. Whoever may not do what it does is not shown it.</summary>
/// <param name="Page">The path of its page, as <see cref="Navigation.Main"/> has it.</param>
/// <param name="Text">The key of its words in <see cref="UiTexts"/>.</param>
/// <param name="Icon">The icon before the words.</param>
/// <param name="AnyOf">One of these permissions is enough.</param>
public sealed record ButtonEntry(string Page, string Text, string Icon, params IReadOnlyList<Permission> AnyOf)
{
    public bool IsFor(Actor who) => AnyOf.Any(who.Can);
}

/// <summary>The buttons that not everybody is shown. Their pages and the preview of a role read these.</summary>
public static class Buttons
{
    private const string Contacts = "/contacts",
        Bookings = "/bookings",
        Settings = "/settings";

    public static readonly ButtonEntry ExportGuests = new(Contacts, "Button.Export", "export", Permission.ContactsImportExport);
    public static readonly ButtonEntry ImportGuests = new(
        Contacts,
        "Button.Import",
        "import",
        Permission.ContactsImportExport,
        Permission.ContactsEdit
    );
    public static readonly ButtonEntry EditGuest = new(Contacts, "Button.Edit", "edit", Permission.ContactsEdit);
    public static readonly ButtonEntry TagGuests = new(Contacts, "Button.Tag", "tag", Permission.ContactsEdit);
    public static readonly ButtonEntry AssignGuests = new(Contacts, "Button.Assign", "house", Permission.ContactsEdit);
    public static readonly ButtonEntry EnrolGuests = new(Contacts, "Button.Enrol", "crown", Permission.LoyaltyManage);
    public static readonly ButtonEntry MergeGuests = new(Contacts, "Button.Merge", "join", Permission.ContactsEdit);
    public static readonly ButtonEntry DeleteGuests = new(Contacts, "Button.Delete", "trash", Permission.ContactsDelete);
    public static readonly ButtonEntry NewBooking = new(Bookings, "Button.NewBooking", "calendar", Permission.BookingsManage);
    public static readonly ButtonEntry AddProperty = new(Settings, "Button.AddProperty", "house", Permission.SettingsManage);

    /// <summary>All of them, page by page.</summary>
    public static IReadOnlyList<ButtonEntry> All { get; } =
    [ExportGuests, ImportGuests, EditGuest, TagGuests, AssignGuests, EnrolGuests, MergeGuests, DeleteGuests, NewBooking, AddProperty];
}
