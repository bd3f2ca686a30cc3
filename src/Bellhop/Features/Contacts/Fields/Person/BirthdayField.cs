using System.Globalization;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Bellhop.Ui;

namespace Bellhop.Features.Contacts;

/// <summary>The guest's birthday. Today and the guest's flags show it on the day.</summary>
internal static class BirthdayField
{
    private const string Iso = "yyyy-MM-dd";

    private const string Headings =
        "birthday|birth date|birthdate|date of birth|dob|bday|geburtstag|geburtsdatum|date de naissance|anniversaire|"
        + "fecha de nacimiento|cumpleaños|data di nascita|compleanno|data de nascimento|aniversário|تاريخ الميلاد";

    // A day with slashes may be of either order, so it is not taken.
    private static readonly string[] Written = [Iso, "yyyyMMdd", "yyyy/M/d", "d.M.yyyy", "d MMMM yyyy", "d MMM yyyy"];

    private static readonly GuestColumn Own = GuestColumn.Own("birthday");

    private static readonly Detail Said = new("birthday", Iso.Length, c => c.Birthday, (c, v) => c.Birthday = v, Headings)
    {
        Check = text => Day(text, Iso) is null ? ErrorText.Of<PlatformTexts>("Error.Day") : null,
        OfFile = text => Day(WithoutMidnight(text), Written)?.ToString(Iso, CultureInfo.InvariantCulture),
    };

    public static Column<string?> Column { get; } =
        new("birthday", r => r.Birthday, ColumnJson.Text, static of => of.Row.TextOrNull())
        {
            Reads = [Own],
            Csv = ExportColumn.Text("birthday", Own.Over),
            Detail = Said,
            Typed = TypedField.For(
                Said,
                r => r.Birthday,
                r => Day(r.Birthday, Iso) is { } day ? Show.Day(day) : null,
                type: "date",
                inPanels: false
            ),
        };

    // How programs write a day that they keep as an instant.
    private static string WithoutMidnight(string text) =>
        text.IndexOfAny(['T', ' ']) is > 0 and var at && text[(at + 1)..].StartsWith("00:00", StringComparison.Ordinal) ? text[..at] : text;

    private static DateOnly? Day(string? text, params string[] formats) =>
        DateOnly.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= Clock.Earliest
            ? day
            : null;
}
