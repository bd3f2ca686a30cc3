using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Imports;

/// <summary>Lists a rehearsal's result for each row, or the rows that an import refused, in the file's order.</summary>
internal static class ListImportRows
{
    private const int AtOnce = 50;

    /// <param name="Line">The line of the file.</param>
    /// <param name="ContactId">The guest of the row; null when the guest is not stored yet.</param>
    /// <param name="Fields">The fields that the row changes.</param>
    /// <param name="Why">Why the row is refused.</param>
    /// <param name="Warnings">What is left out of the row.</param>
    /// <param name="Cells">The cells of the file.</param>
    /// <param name="Phone">The phone as it was read. Null when it could not be read, and for rows that an import refused.</param>
    /// <param name="Country">The phone's country, ISO 3166-1 alpha-2.</param>
    public sealed record Row(
        int Line,
        RowOutcome Outcome,
        Guid? ContactId,
        IReadOnlyList<string> Fields,
        IReadOnlyList<FieldError> Why,
        IReadOnlyList<FieldError> Warnings,
        IReadOnlyList<string> Cells,
        string? Phone = null,
        string? Country = null
    );

    /// <param name="after">Continue after this line; 0 for the first rows.</param>
    /// <returns>Some rows, and the line to continue after; null when there are no more.</returns>
    public static async Task<(IReadOnlyList<Row> Rows, int? Next)> Run(
        Guid id,
        RowOutcome? outcome,
        int after,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsImportExport);
        var import = await ListImportErrors.Find(id, who, db, cancel);
        IReadOnlyList<Row> rows = import.DryRun
            ?
            [
                .. Rehearsal
                    .Read(ImportFolder.RehearsalOf(db, id), outcome, after, AtOnce)
                    .Select(r => new Row(r.Line, r.Outcome, r.ContactId, r.Fields, r.Errors, r.Warnings, r.Cells, r.Phone, r.Country)),
            ]
            :
            [
                .. (await ListImportErrors.Read(import, who, after, AtOnce, db, cancel)).Select(r => new Row(
                    r.Line,
                    RowOutcome.Refused,
                    null,
                    [],
                    r.Errors,
                    [],
                    r.Cells
                )),
            ];
        return (rows, rows.Count < AtOnce ? null : rows[^1].Line);
    }
}
