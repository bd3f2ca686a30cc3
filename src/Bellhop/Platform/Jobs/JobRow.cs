using System.Text.Json;

namespace Bellhop.Platform;

/// <summary>Background work as its starter follows it.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="Kind">Which work.</param>
/// <param name="State"><c>queued</c>, <c>running</c>, <c>done</c> or <c>parked</c> (failed too often; a person may ask for it
/// again).</param>
/// <param name="Progress">How much is done.</param>
/// <param name="Total">Of how much, where that is known.</param>
/// <param name="Result">Numbers that came of it, so far.</param>
/// <param name="Error">The kind of the last failure.</param>
/// <param name="CreatedAt">When it was asked for, UTC.</param>
/// <param name="FinishedAt">When it was done or parked, UTC.</param>
public sealed record JobRow(
    Guid Id,
    string Kind,
    string State,
    int Progress,
    int? Total,
    JsonElement? Result,
    string? Error,
    DateTime CreatedAt,
    DateTime? FinishedAt
)
{
    public static readonly IReadOnlyList<string> States = ["queued", "running", "done", "parked"];

    /// <summary>A number that came of it, so far; 0 where there is none of this name.</summary>
    public int Number(string name) => Result is { } result && result.TryGetProperty(name, out var number) ? number.GetInt32() : 0;

    internal static JobRow Of(Job job, DateTime now) =>
        new(
            job.Id,
            job.Kind,
            StateOf(job, now),
            job.Progress,
            job.Total,
            job.Result is null ? null : JsonElement.Parse(job.Result),
            job.LastError,
            job.CreatedAt,
            job.FinishedAt
        );

    private static string StateOf(Job job, DateTime now) =>
        job.State switch
        {
            JobState.Done => "done",
            JobState.Parked => "parked",
            _ => job.LeasedUntil > now ? "running" : "queued",
        };
}
