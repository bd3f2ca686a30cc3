namespace Bellhop.Features.Imports;

/// <summary>Keys of the pages' texts for states of imports and outcomes of rows.</summary>
internal static class ImportWords
{
    public static string State(ImportRow row) =>
        row switch
        {
            { IsParked: true } => "State.Parked",
            { DryRun: true, State: ImportState.Completed } => "State.Rehearsed",
            { DryRun: true, State: ImportState.Queued or ImportState.Running } => "State.Rehearsing",
            _ => "State." + row.State,
        };

    /// <summary>The look of a state's label.</summary>
    public static string Pill(ImportRow row) =>
        row.State switch
        {
            ImportState.Completed when !row.DryRun => "on",
            ImportState.Failed => "off",
            ImportState.Queued or ImportState.Running or ImportState.Reversing => "wait",
            _ => "",
        };

    public static string Outcome(RowOutcome outcome) =>
        outcome switch
        {
            RowOutcome.Created => "Created",
            RowOutcome.Updated => "Updated",
            RowOutcome.Duplicate => "Duplicates",
            _ => "Refused",
        };
}
