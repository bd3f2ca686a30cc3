using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Platform;

/// <summary>Runs beside a job: renews its lease and checks its starter's rights again.</summary>
public sealed partial class JobRunner
{
    private async Task<Actor> Starter(Job job, BellhopDb db, CancellationToken cancel) =>
        job.StarterKind == ActorKind.System
            ? Actor.System(job.OrganizationId)
            : await find(job.StarterKind, job.StarterId, job.OrganizationId, db, cancel) ?? Actor.Nobody;

    /// <summary>Stops the run as soon as the starter's rights differ from those at its begin.</summary>
    private async Task Watch(Job job, Actor began, CancellationTokenSource other, CancellationToken stop)
    {
        while (job.StarterKind != ActorKind.System)
        {
            await Task.Delay(AskedAgain, host.Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await using var db = await dbs.CreateDbContextAsync(stop);
                if (!(await Starter(job, db, stop)).HasRightsOf(began))
                {
                    await other.CancelAsync();
                    return;
                }
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                LogClaimFailed(error.GetType().Name); // the database is away, and the work has to do with it too
            }
        }
    }

    /// <summary>
    /// Gives a job back when this process stops. This is not a failure: another process, or the next start, runs the job at once. If the
    /// database cannot be written, the lease ends by itself.
    /// </summary>
    private async Task GiveBack(Job job)
    {
        try
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await using var db = await dbs.CreateDbContextAsync(soon.Token);
            await db
                .Jobs.Where(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id && j.LeasedBy == _me)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(j => j.LeasedBy, (string?)null)
                            .SetProperty(j => j.LeasedUntil, (DateTime?)null)
                            .SetProperty(j => j.Attempts, j => j.Attempts - 1),
                    soon.Token
                );
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            LogClaimFailed(error.GetType().Name);
        }
    }

    private async Task Renew(Job job, CancellationTokenSource lost, CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(Lease / 3, host.Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await using var db = await dbs.CreateDbContextAsync(stop);
                var until = db.Now + Lease;
                if (
                    await db
                        .Jobs.Where(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id && j.LeasedBy == _me)
                        .ExecuteUpdateAsync(set => set.SetProperty(j => j.LeasedUntil, until), stop) == 0
                )
                {
                    await lost.CancelAsync();
                    return;
                }
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                LogClaimFailed(error.GetType().Name); // tried again in a third of the lease
            }
        }
    }
}
