namespace Bellhop.Features.Imports;

/// <summary>What pages call the states of imports and the outcomes of rows: keys of their texts.</summary>
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
