using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>The country of a row's phone: by the calling code beside it, else by the country of the row.</summary>
/// <param name="layout">Of the file.</param>
/// <param name="dialCodes">The columns of calling codes.</param>
/// <param name="countries">The columns of countries.</param>
internal sealed class RowCountry(FileLayout layout, int[] dialCodes, int[] countries)
{
    /// <summary>
    /// ISO 3166-1 alpha-2, and the heading of the column where that names a country. A text that is not understood is a warning, unless the
    /// phone has its own country code.
    /// </summary>
    /// <param name="cells">Of the row.</param>
    /// <param name="phone">As it is written.</param>
    /// <param name="column">Where it stands.</param>
    /// <param name="warnings">Of the row; made where there is one.</param>
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

    private bool SaysNothing(string text, int column) =>
        NoData.Is(text) || (NoData.IsNamibiaOrNothing(text) && layout.ValuesOf(column) != ColumnValues.CountryCodes);
}
