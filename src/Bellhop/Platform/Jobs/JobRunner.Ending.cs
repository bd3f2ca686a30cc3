using System.Diagnostics.Metrics;
using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Platform;

public sealed partial class JobRunner
{
    private async Task Finish(Job job, Exception? error, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await db.Save(
            async () =>
            {
                if (
                    await db.Jobs.SingleOrDefaultAsync(
                        j => j.OrganizationId == job.OrganizationId && j.Id == job.Id && j.LeasedBy == _me,
                        cancel
                    )
                    is not { } mine
                )
                {
                    return; // the lease ran out and another has it
                }

                if (error is Refusal || (error is not null && mine.Attempts >= Tries))
                {
                    // A refused job is not tried again, because it would be refused again.
                    Park(
                        mine,
                        db.Now,
                        mine.StarterKind != ActorKind.System && error is Refusal { Status: 401 or 403 or 404 }
                            ? Job.NoLongerAllowed
                            : error.GetType().Name
                    );
                    return;
                }

                mine.LeasedBy = null;
                mine.LeasedUntil = null;
                mine.LastError = error?.GetType().Name;
                if (error is null)
                {
                    (mine.State, mine.FinishedAt) = (JobState.Done, db.Now);
                }
                else
                {
                    mine.RunAt = db.Now + TimeSpan.FromSeconds(2 * mine.Attempts * mine.Attempts);
                }
            },
            cancel
        );
    }

    private void Park(Job job, DateTime now, string error)
    {
        (job.State, job.FinishedAt, job.LastError, job.LeasedBy, job.LeasedUntil, job.Once) = (
            JobState.Parked,
            now,
            error,
            null,
            null,
            null
        );
        Parked.Add(1, new KeyValuePair<string, object?>("kind", job.Kind));
        LogParked(job.Kind, job.Id, error);
    }
}
