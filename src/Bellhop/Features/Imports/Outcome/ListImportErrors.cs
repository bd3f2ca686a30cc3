using System.Globalization;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Imports.Files;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Imports;

/// <summary>
/// Lists the refused rows with the file's own columns, the line and the reason, so that people can correct and import them again.
/// </summary>
public static class ListImportErrors
{
    private const int AtOnce = 500;

    /// <param name="Line">The line of the file; the headings are on line 1.</param>
    /// <param name="Cells">The cells of the file.</param>
    internal sealed record Row(int Line, IReadOnlyList<string> Cells, IReadOnlyList<FieldError> Errors);

    /// <exception cref="Refusal">403 without contacts.importExport; 404 for an import that the actor does not see.</exception>
    public static async Task<IResult> Run(Guid id, Actor who, BellhopDb db, IStringLocalizerFactory texts, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsImportExport);
        var import = await Find(id, who, db, cancel);
        return Results.Stream(
            body => Write(import, body, who, db, texts, cancel),
            "text/csv; charset=utf-8",
            Path.GetFileNameWithoutExtension(import.FileName) + ".errors.csv"
        );
    }

    /// <summary>Writes the refused rows as CSV in UTF-8.</summary>
    internal static async Task Write(
        Import import,
        Stream body,
        Actor who,
        BellhopDb db,
        IStringLocalizerFactory texts,
        CancellationToken cancel
    )
    {
        await using var csv = CsvWriter.Create(body, CsvWriterOptions.Default, leaveOpen: true);
        var headings = JsonSerializer.Deserialize<FileLayout>(import.Layout)!.Headings;
        await csv.WriteRecordAsync([.. headings.Concat(["line", "reason"]).Select(SpreadsheetText.Guard)], cancel);
        for (int? after = 0; after is { } line; )
        {
            var rows = await Read(import, who, line, AtOnce, db, cancel);
            foreach (var row in rows)
            {
                var cells = Enumerable.Range(0, headings.Count).Select(i => i < row.Cells.Count ? row.Cells[i] : "");
                await csv.WriteRecordAsync(
                    [
                        .. cells
                            .Append(row.Line.ToString(CultureInfo.InvariantCulture))
                            .Append(Say(row.Errors, texts))
                            .Select(SpreadsheetText.Guard),
                    ],
                    cancel
                );
            }

            await csv.FlushAsync(cancel);
            after = rows.Count < AtOnce ? null : rows[^1].Line;
        }
    }

    /// <summary>Reads at most <paramref name="most"/> refused rows after a line.</summary>
    internal static async Task<IReadOnlyList<Row>> Read(
        Import import,
        Actor who,
        int after,
        int most,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsImportExport);
        if (import.DryRun)
        {
            return
            [
                .. Rehearsal
                    .Read(ImportFolder.RehearsalOf(db, import.Id), RowOutcome.Refused, after, most)
                    .Select(r => new Row(r.Line, r.Cells, r.Errors)),
            ];
        }

        var rows = await db
            .ImportRefusals.AsNoTracking()
            .Where(r => r.OrganizationId == import.OrganizationId && r.ImportId == import.Id && r.Line > after)
            .OrderBy(r => r.Line)
            .Take(most)
            .ToListAsync(cancel);
        return rows.ConvertAll(r => new Row(r.Line, JsonSerializer.Deserialize<List<string>>(r.Cells)!, StoredErrors.Read(r.Reasons)));
    }

    /// <exception cref="Refusal">404.</exception>
    internal static async Task<Import> Find(Guid id, Actor who, BellhopDb db, CancellationToken cancel) =>
        await db.Imports.AsNoTracking().VisibleTo(who).SingleOrDefaultAsync(i => i.Id == id, cancel)
        ?? throw Refusal.NotThere("import", id);

    internal static string Say(IReadOnlyList<FieldError> errors, IStringLocalizerFactory texts) =>
        string.Join(
            ' ',
            errors.Select(f => f.Field.Length == 0 ? Refusals.Say(f.Error, texts) : $"{f.Field}: {Refusals.Say(f.Error, texts)}")
        );
}
