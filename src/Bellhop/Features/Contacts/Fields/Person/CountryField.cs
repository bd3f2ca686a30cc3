using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Bellhop.Ui;

namespace Bellhop.Features.Contacts;

/// <summary>The guest's country: as it was given, else that of the phone.</summary>
internal static class CountryField
{
    private static readonly GuestColumn Own = GuestColumn.Own("country"),
        GivenOwn = GuestColumn.Own("country_given");

    // In files a country is the region of the phone too, so files have a field of their own for it.
    public static Detail Given { get; } =
        new("country", 2, c => c.CountryGiven, (c, v) => c.SayCountry(v), headings: "", GivenOwn.Name)
        {
            Check = text => Country.IsKnown(text) ? null : ErrorText.Of<PlatformTexts>("Error.Country"),
        };

    public static Column<string?> Column { get; } =
        new("country", r => r.Country, ColumnJson.Text, Read)
        {
            Reads = [Own, GivenOwn],
            Csv = ExportColumn.Text("country", Own.Over),
            Cell = new("country", Write) { IsUsual = false },
            Detail = Given,
            Typed = TypedField.For(
                Given,
                r => r.CountryGiven,
                r => r.Country is { } code ? Called(code) : null,
                () => Choices,
                inPanels: false,
                add: (input, text) => input with { Country = text }
            ),
        };

    /// <summary>The given country of the row whose columns were read, for whoever edits it.</summary>
    public static string? GivenOf(GuestReading of) => of.CountryGiven;

    public static Parameter<IReadOnlyList<string>?> Any { get; } =
        new("country", f => f.Countries, (f, v) => f with { Countries = v }, ParameterKinds.Codes(Given.Check)) { OfApi = true };

    public static Condition Condition { get; } =
        new("country", Any)
        {
            Chip = (f, _) => FilterWords.List(f.Countries!.Select(Called)),
            Editor = new ManyEditor("country", Any, () => Choices, "F.Country.Add"),
            KindPlace = 17,
            Beside = static (f, scope, _, _) => Task.FromResult(BesideGuest.OneOf(Own, f.Countries!, scope)),
        };

    /// <summary>Flag and name.</summary>
    public static string Called(string code) => $"{CountryNames.Flag(code)} {CountryNames.Show(code, Languages.Tag)}";

    private static IReadOnlyList<(string Value, string Text)> Choices =>
        [
            .. Country
                .All.Select(code => (code, Name: CountryNames.Show(code, Languages.Tag)))
                .OrderBy(c => c.Name, StringComparer.CurrentCulture),
        ];

    private static string? Read(GuestReading of)
    {
        var country = of.Row.TextOrNull();
        of.CountryGiven = of.Row.TextOrNull();
        return country;
    }

    private static void Write(GuestCells to, ContactLine line)
    {
        if (line.Row.Country is not { } code)
        {
            to.Html.Add($"""<td class="country">{GuestCells.Nothing}</td>""");
            return;
        }

        var name = CountryNames.Show(code, Languages.Tag);
        to.Html.Add($"""<td class="country"><span aria-hidden="true">{CountryNames.Flag(code)}</span> {name}</td>""");
    }
}
