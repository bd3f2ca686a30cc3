using Bellhop.Platform;

namespace Bellhop.Features.Contacts.Export;

/// <summary>The columns of an export, in the order of the file.</summary>
public static class ExportColumns
{
    /// <summary>All columns, the notes last.</summary>
    public static IReadOnlyList<ExportColumn> All { get; } =
    [
        .. ContactRow
            .Columns.Select(c => c.Csv)
            .OfType<ExportColumn>()
            .Concat([
                SpentField.Currency,
                ConsentField.WhatsApp,
                ConsentField.Email,
                LoyaltyField.Tier,
                LoyaltyField.Points,
                NotesField.Column,
            ])
            .OrderBy(c => c.Place),
    ];

    /// <summary>The notes by staff. They are exported only when asked for by name.</summary>
    public static ExportColumn Notes => NotesField.Column;

    /// <summary>All but the notes.</summary>
    public static IReadOnlyList<ExportColumn> Usual { get; } = [.. All.Where(c => c != Notes)];

    /// <summary>The chosen columns in the order of the file, each once.</summary>
    public static IReadOnlyList<ExportColumn> InOrder(IEnumerable<ExportColumn> chosen) => [.. All.Intersect(chosen)];

    /// <summary>
    /// Reads headings, given one by one or separated by commas; all usual columns when none is given. An unknown heading is an error.
    /// </summary>
    public static IReadOnlyList<ExportColumn> Read(IEnumerable<string?> given, bool notes, ValidationErrors errors)
    {
        var chosen = new HashSet<ExportColumn>();
        foreach (
            var name in given.SelectMany(g => (g ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        )
        {
            if (Usual.FirstOrDefault(c => c.Heading == name) is not { } column)
            {
                errors.Add("columns", "OneOf", string.Join(", ", Usual.Select(c => c.Heading)));
                return [];
            }

            chosen.Add(column);
        }

        chosen.UnionWith(chosen.Count == 0 ? Usual : []);
        chosen.UnionWith(notes ? [Notes] : []);
        return InOrder(chosen);
    }
}
