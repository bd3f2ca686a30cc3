using System.Diagnostics.Metrics;
using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Platform;

/// <summary>
/// Runs queued jobs: claims a few under a lease, renews it while they run, tries failures again with growing pauses, parks what fails too often.
/// Any number of processes may run one each; a process that dies leaves its jobs to the others when the lease ends.
/// </summary>
public sealed partial class JobRunner(IDbContextFactory<BellhopDb> dbs, DbHost host, IEnumerable<Work> works, FindActor find, ILogger<JobRunner> log) : BackgroundService
{
    public const int Tries = 8;
    private const int AtOnce = 4;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly Meter Meter = new("Bellhop.Jobs");
    private static readonly Counter<long> Finished = Meter.CreateCounter<long>("bellhop.jobs.finished");
    private static readonly Counter<long> Failed = Meter.CreateCounter<long>("bellhop.jobs.failed");

    private readonly Dictionary<string, Work> _works = works.ToDictionary(w => w.Kind, StringComparer.Ordinal);
    private readonly string _me = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.CreateVersion7():N}"[..Math.Min(64, Environment.MachineName.Length + 46)];

    /// <summary>Runs everything due now, and what that queues, until nothing is; for tests and commands.</summary>
    public async Task RunDue(CancellationToken cancel)
    {
        while (await Claim(cancel) is { Count: > 0 } claimed)
        {
            await Task.WhenAll(claimed.Select(job => RunOne(job, cancel)));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunDue(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) // the database is away: whatever the reason, look again later
            {
                LogClaimFailed(error.GetType().Name);
            }

            await Task.Delay(Pause, host.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<List<Job>> Claim(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var now = db.Now;
        if (!await db.Jobs.AnyAsync(j => j.State == JobState.Queued && j.RunAt <= now && (j.LeasedUntil == null || j.LeasedUntil < now), cancel))
        {
            return []; // a look costs no writer's turn
        }

        return await db.Save(async () =>
        {
            var due = await db.DueJobs(now, AtOnce, cancel);
            foreach (var job in due)
            {
                job.LeasedBy = _me;
                job.LeasedUntil = now + Lease;
                job.Attempts++;
                job.Once = null; // what is asked for from now on is another job: this one may have read already
            }

            return due;
        }, cancel);
    }

    private async Task RunOne(Job job, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var renewing = Renew(job, stop.Token);
        try
        {
            await using var db = await dbs.CreateDbContextAsync(cancel);
            var work = _works.GetValueOrDefault(job.Kind) ?? throw new InvalidOperationException($"No work is registered as '{job.Kind}'.");
            var who = job.StarterKind == ActorKind.System ? Actor.System(job.OrganizationId) : await find(job.StarterKind, job.StarterId, job.OrganizationId, db, cancel) ?? Actor.Nobody;
            await work.Run(job, who, db, cancel);
            await Finish(job, null, cancel);
            Finished.Add(1, new KeyValuePair<string, object?>("kind", job.Kind));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopping: the lease ends by itself and another process, or the next start, takes it up.
        }
        catch (Exception error) // a job may fail in any way; none may stop the others
        {
            Failed.Add(1, new KeyValuePair<string, object?>("kind", job.Kind));
            LogFailed(job.Kind, job.Id, job.Attempts, error.GetType().Name);
            await Finish(job, error, cancel);
        }
        finally
        {
            await stop.CancelAsync();
            await renewing;
        }
    }

    private async Task Finish(Job job, Exception? error, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await db.Save(async () =>
        {
            if (await db.Jobs.SingleOrDefaultAsync(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id && j.LeasedBy == _me, cancel) is not { } mine)
            {
                return; // the lease ran out and another has it
            }

            mine.LeasedBy = null;
            mine.LeasedUntil = null;
            mine.LastError = error?.GetType().Name;
            if (error is null)
            {
                (mine.State, mine.FinishedAt) = (JobState.Done, db.Now);
            }
            else if (error is Refusal || mine.Attempts >= Tries)
            {
                (mine.State, mine.FinishedAt) = (JobState.Parked, db.Now); // a refusal would only be repeated
            }
            else
            {
                mine.RunAt = db.Now + TimeSpan.FromSeconds(2 * mine.Attempts * mine.Attempts);
            }
        }, cancel);
    }

    private async Task Renew(Job job, CancellationToken stop)
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
                await db.Jobs.Where(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id && j.LeasedBy == _me)
                    .ExecuteUpdateAsync(set => set.SetProperty(j => j.LeasedUntil, until), stop);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                LogClaimFailed(error.GetType().Name); // tried again in a third of the lease
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Jobs could not be claimed or renewed: {Error}")]
    private partial void LogClaimFailed(string error);

    [LoggerMessage(LogLevel.Warning, "Job {Kind} {Id} failed at attempt {Attempt}: {Error}")]
    private partial void LogFailed(string kind, Guid id, int attempt, string error);
}
