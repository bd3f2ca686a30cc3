using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>Reads a row's consent to marketing.</summary>
/// <param name="layout">The file's layout.</param>
/// <param name="columns">The columns of the consent, also those where yes means no.</param>
internal sealed class RowConsent(FileLayout layout, int[] columns)
{
    private readonly (int At, bool IsOptOut)[] _columns =
    [
        .. columns.Select(i => (At: i, IsOptOut: KnownHeadings.IsOptOut(layout.Headings[i]))).OrderByDescending(c => c.IsOptOut),
    ];

    /// <summary>What the row says; null for nothing. A text that is neither yes nor no adds a warning.</summary>
    public bool? Of(IReadOnlyList<string> cells, ref List<ErrorText>? warnings)
    {
        foreach (var (at, isOptOut) in _columns)
        {
            if (RowReader.Cell(cells, at) is not { } text || (NoData.Is(text) && !layout.IsOurs))
            {
                continue;
            }

            switch (YesNo.Of(text))
            {
                case { } said when !isOptOut || !YesNo.IsAnswer(text):
                    return said;
                case true:
                    return false;
                case null:
                    var shown = RowReader.Short(Visible.Of(text));
                    (warnings ??= []).Add(ErrorText.Of<ImportTexts>("Warning.Consent", shown, layout.Headings[at]));
                    break;
                default:
                    break; // "no" to an opt-out is not a yes to marketing
            }
        }

        return null;
    }
}
