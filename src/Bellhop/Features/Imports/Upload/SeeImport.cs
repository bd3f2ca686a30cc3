using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Imports.Files;
using Bellhop.Platform;

namespace Bellhop.Features.Imports;

/// <summary>What the page shows of a file before its run: its columns with sample values, and the options chosen so far.</summary>
public static class SeeImport
{
    private const int SamplesShown = 3;

    /// <param name="Heading">The file's heading.</param>
    /// <param name="Field">The field of the column; null when it is left out.</param>
    /// <param name="Samples">The column's first values.</param>
    public sealed record Column(string Heading, ImportField? Field, IReadOnlyList<string> Samples);

    /// <param name="Tags">Tags for every guest of the file.</param>
    public sealed record Row(IReadOnlyList<Column> Columns, Guid PropertyId, string Mode, IReadOnlyList<string> Tags, FileLayout Layout);

    /// <exception cref="Refusal">403 without contacts.importExport; 404; 409 <c>file-gone</c> when the file is no longer kept.</exception>
    public static async Task<Row> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsImportExport);
        var import = await ListImportErrors.Find(id, who, db, cancel);
        var file = ImportFolder.FileOf(db, id);
        if (!File.Exists(file))
        {
            throw Refusal.Conflict("file-gone", ErrorText.Of<ImportTexts>("FileGone"));
        }

        var layout = JsonSerializer.Deserialize<FileLayout>(import.Layout)!;
        var samples = ImportFile.Samples(file, layout, SamplesShown, cancel);
        var columns = ColumnMapping
            .Read(import.Mapping, layout, new())
            .Columns.Select((c, i) => new Column(c.Heading, c.Field, samples[i]));
        return new(
            [.. columns],
            import.PropertyId,
            ImportRules.Name(import.Mode),
            JsonSerializer.Deserialize<List<string>>(import.Tags)!,
            layout
        );
    }
}
