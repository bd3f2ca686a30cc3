using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>What an actor's own merges of several pairs are doing, and what of the last can be taken back.</summary>
public static class SeePairRun
{
    /// <param name="Working">The job that merges or splits now; null when none does.</param>
    /// <param name="Last">The latest run that has ended; null where there is none of the last seven days.</param>
    /// <param name="Standing">How many merges of the latest run stand; 0 where that is not asked.</param>
    public sealed record Row(JobRow? Working, JobRow? Last, int Standing);

    /// <param name="counts">Whether to count what stands of the latest run: it takes longer.</param>
    /// <exception cref="Refusal">403 without contacts.edit.</exception>
    public static async Task<Row> Run(bool counts, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        var mine = db
            .Jobs.AsNoTracking()
            .Where(j => j.OrganizationId == who.OrganizationId && j.StarterId == who.Id && j.StarterKind == who.Kind)
            .OrderByDescending(j => j.Id);
        var working = await mine.FirstOrDefaultAsync(
            j => (j.Kind == MergePairs.Kind || j.Kind == SplitPairs.Kind) && j.State == JobState.Queued,
            cancel
        );
        var last = await mine.FirstOrDefaultAsync(j => j.Kind == MergePairs.Kind && j.State != JobState.Queued, cancel);
        return new(Of(working), Of(last), !counts || last is null ? 0 : (await PairRun.Standing(last, db, cancel)).Count);

        JobRow? Of(Job? job) => job is null ? null : JobRow.Of(job, db.Now);
    }
}
