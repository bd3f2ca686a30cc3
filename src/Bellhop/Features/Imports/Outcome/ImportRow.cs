using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Imports;

/// <summary>
/// An import as the API and the page show it. <c>created + updated + duplicates + failed</c> is the number of rows done, and at the end of
/// all rows.
/// </summary>
/// <param name="Status"><c>draft</c>, <c>queued</c>, <c>running</c>, <c>completed</c>, <c>failed</c>, <c>parked</c>, <c>cancelled</c> or
/// <c>reversed</c>. While it is being reversed, it is <c>running</c> again.</param>
/// <param name="Mode"><c>create</c>, <c>fill</c> or <c>overwrite</c>.</param>
/// <param name="DryRun">A rehearsal: no guest is changed.</param>
/// <param name="TotalRows">The number of rows without headings and blank rows; 0 until they are counted.</param>
/// <param name="Duplicates">Rows about known guests that change nothing.</param>
/// <param name="Failed">Refused rows. GET <c>/imports/{id}/errors</c> lists them with reasons.</param>
/// <param name="Warnings">Rows that were taken without some of their values.</param>
/// <param name="Reverted">Contacts taken back.</param>
/// <param name="Kept">Contacts that were kept because somebody changed them later.</param>
/// <param name="Error">Why the import failed or is parked; null when it did neither.</param>
public sealed record ImportRow(
    Guid Id,
    string FileName,
    long Bytes,
    PropertyName? Property,
    string Mode,
    bool DryRun,
    string Status,
    int TotalRows,
    int ProcessedRows,
    int Created,
    int Updated,
    int Duplicates,
    int Failed,
    int Warnings,
    int Reverted,
    int Kept,
    ImportError? Error,
    DateTime CreatedAt,
    DateTime? StartedAt,
    DateTime? FinishedAt
)
{
    /// <summary>
    /// Phones without a country code that were read as another country's than the property's, because of a country column. If that column
    /// holds nationalities, it is better to leave it out.
    /// </summary>
    public int ForeignPhones { get; init; }

    /// <summary>Like <see cref="Status"/>, but more precise.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ImportState State { get; init; }

    /// <summary>Why the import failed, for pages to show in the viewer's language.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<ErrorText> Errors { get; init; } = [];

    /// <summary>The starter no longer has the rights. Somebody who has them can continue the import.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsParked { get; init; }

    /// <summary>Whether the import can be reversed.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool CanBeReversed =>
        !DryRun && !IsParked && State is (ImportState.Completed or ImportState.Failed or ImportState.Cancelled) && Created + Updated > 0;

    /// <param name="givenUp">Why the job was given up; null when it was not.</param>
    internal static ImportRow Of(Import import, PropertyName? property, string? givenUp)
    {
        var isParked = givenUp == Platform.Job.NoLongerAllowed;
        var errors =
            isParked ? [ErrorText.Of<ImportTexts>("NoLongerAllowed")]
            : import.Error is { } stored ? StoredErrors.Read(stored).Select(f => f.Error).ToList()
            : givenUp is null ? new List<ErrorText>()
            : [ErrorText.Of<ImportTexts>("Stuck")];
        var error =
            errors.Count == 0
                ? null
                : new ImportError(
                    isParked ? Platform.Job.NoLongerAllowed
                        : givenUp is null ? "unusable"
                        : "stuck",
                    ""
                );
        return new(
            import.Id,
            import.FileName,
            import.Bytes,
            property,
            ImportRules.Name(import.Mode),
            import.DryRun,
            isParked ? "parked"
                : givenUp is null ? NameOf(import.State)
                : "failed",
            import.TotalRows,
            import.ProcessedRows,
            import.Created,
            import.Updated,
            import.Duplicates,
            import.Failed,
            import.Warnings,
            import.Reverted,
            import.Kept,
            error,
            import.CreatedAt,
            import.StartedAt,
            import.FinishedAt
        )
        {
            ForeignPhones = import.ForeignPhones,
            State = givenUp is null ? import.State : ImportState.Failed,
            IsParked = isParked,
            Errors = errors,
        };
    }

    private static string NameOf(ImportState state) => state == ImportState.Reversing ? "running" : state.ToString().ToLowerInvariant();
}

/// <summary>Why an import failed or is parked.</summary>
/// <param name="Code"><c>unusable</c>, <c>stuck</c> (it failed too often) or <c>no-longer-allowed</c> (the starter no longer has the
/// rights).</param>
/// <param name="Title">The reason, in a sentence.</param>
public sealed record ImportError(string Code, string Title);
