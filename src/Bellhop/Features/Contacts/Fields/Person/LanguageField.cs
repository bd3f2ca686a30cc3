using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>The language that the guest speaks.</summary>
internal static class LanguageField
{
    private const string Headings =
        "language|languages|preferred language|language code|spoken language|guest language|locale|lang|sprache|sprachen|"
        + "muttersprache|korrespondenzsprache|langue|langue parlée|langue préférée|idioma|idioma preferido|lengua|lingua|"
        + "lingua preferita|língua|اللغة|لغة";

    private static readonly GuestColumn Own = GuestColumn.Own("language");

    private static readonly Detail Said = new("language", 2, c => c.Language, (c, v) => c.Language = v, Headings)
    {
        Check = text => LanguageNames.IsKnown(text) ? null : ErrorText.Of<PlatformTexts>("Error.Language"),
        OfFile = LanguageNames.Find,
    };

    public static Column<string?> Column { get; } =
        new("language", r => r.Language, ColumnJson.Text, static of => of.Row.TextOrNull())
        {
            Reads = [Own],
            Csv = ExportColumn.Text("language", Own.Over),
            Cell = new("words", (to, line) => TextField.Write(to, Name(line.Row))) { IsUsual = false },
            Detail = Said,
            Typed = TypedField.For(Said, r => r.Language, Name, () => Choices, inPanels: false),
        };

    public static Parameter<IReadOnlyList<string>?> Any { get; } =
        new("language", f => f.Languages, (f, v) => f with { Languages = v }, ParameterKinds.Codes(Said.Check)) { OfApi = true };

    public static Condition Condition { get; } =
        new("language", Any)
        {
            Chip = (f, _) => FilterWords.List(f.Languages!.Select(LanguageNames.Show)),
            Editor = new ManyEditor("language", Any, () => Choices, "F.Language.Add"),
            KindPlace = 18,
            Beside = static (f, scope, _, _) => Task.FromResult(BesideGuest.OneOf(Own, f.Languages!, scope)),
        };

    private static string? Name(ContactRow row) => row.Language is { } code ? LanguageNames.Show(code) : null;

    private static IReadOnlyList<(string Value, string Text)> Choices =>
        [.. LanguageNames.Every.Select(code => (code, Name: LanguageNames.Show(code))).OrderBy(c => c.Name, StringComparer.CurrentCulture)];
}
