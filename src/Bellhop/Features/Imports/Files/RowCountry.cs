using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>Finds the country of a row's phone: from the calling code next to it, else from the row's country.</summary>
/// <param name="layout">The file's layout.</param>
/// <param name="dialCodes">The columns of calling codes.</param>
/// <param name="countries">The columns of countries.</param>
internal sealed class RowCountry(FileLayout layout, int[] dialCodes, int[] countries)
{
    /// <summary>
    /// ISO 3166-1 alpha-2, and the heading of the column when a country column gave it. A text that is not understood adds a warning,
    /// unless the phone has its own country code.
    /// </summary>
    /// <param name="cells">The row's cells.</param>
    /// <param name="phone">The phone as written.</param>
    /// <param name="column">The phone's column.</param>
    /// <param name="warnings">The row's warnings; the list is made when the first one is added.</param>
    public (string? Region, string? Column) Of(IReadOnlyList<string> cells, string phone, int column, ref List<ErrorText>? warnings)
    {
        var beside = dialCodes.OrderBy(d => Math.Abs(d - column)).ThenBy(d => d).Take(1);
        foreach (var at in beside.Concat(countries))
        {
            if (RowReader.Cell(cells, at) is not { } text || SaysNothing(text, at))
            {
                continue;
            }

            if (PhoneRegion.Of(text) is { } region)
            {
                return (region, PhoneRegion.IsCallingCode(text) ? null : layout.Headings[at]);
            }

            if (!phone.StartsWith('+'))
            {
                (warnings ??= []).Add(ErrorText.Of<ImportTexts>("Warning.Country", RowReader.Short(Visible.Of(text)), layout.Headings[at]));
            }
        }

        return default;
    }

    /// <summary>The guest's country, ISO 3166-1 alpha-2: the first that a country column names and that is understood.</summary>
    public string? Of(IReadOnlyList<string> cells)
    {
        foreach (var at in countries)
        {
            if (
                RowReader.Cell(cells, at) is { } text
                && !SaysNothing(text, at)
                && !PhoneRegion.IsCallingCode(text)
                && PhoneRegion.Of(text) is { } country
            )
            {
                return country;
            }
        }

        return null;
    }

    private bool SaysNothing(string text, int column) =>
        NoData.Is(text) || (NoData.IsNamibiaOrNothing(text) && layout.ValuesOf(column) != ColumnValues.CountryCodes);
}
