using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Imports;

/// <summary>What a rehearsal says of a file's rows, or which rows an import refused, in the file's order.</summary>
internal static class ListImportRows
{
    private const int AtOnce = 50;

    /// <param name="Line">Of the file.</param>
    /// <param name="ContactId">The guest it is about, where there is one already.</param>
    /// <param name="Fields">What it changes.</param>
    /// <param name="Why">Why it is refused.</param>
    /// <param name="Warnings">What of it is left out.</param>
    /// <param name="Cells">As they came.</param>
    /// <param name="Phone">As it was read; null where it was not, and of rows that an import refused.</param>
    /// <param name="Country">The phone's, ISO 3166-1 alpha-2.</param>
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

    /// <param name="after">The line after which to go on; 0 for the first rows.</param>
    /// <returns>Some rows, and the line after which there are more; null where there are none.</returns>
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
