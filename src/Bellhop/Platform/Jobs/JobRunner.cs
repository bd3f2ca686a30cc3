using System.Diagnostics.Metrics;
using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Platform;

/// <summary>
/// Runs queued jobs. It claims a few under a lease, renews the lease while they run, repeats failed jobs with growing pauses, and parks
/// jobs that fail too often. Each process may have one runner. If a process dies, other processes get its jobs when the lease ends; on an
/// embedded database the server's next start gets them.
/// </summary>
public sealed partial class JobRunner(
    IDbContextFactory<BellhopDb> dbs,
    DbHost host,
    IEnumerable<JobHandler> handlers,
    FindActor find,
    ILogger<JobRunner> log
) : BackgroundService
{
    /// <summary>The number of failures after which a job is parked.</summary>
    public const int Tries = 8;

    /// <summary>How long a process may be silent before other processes take its jobs.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>How often a running job's starter's rights are read. A lost right stops the job within five seconds.</summary>
    internal static readonly TimeSpan AskedAgain = TimeSpan.FromSeconds(3);
    private const int AtOnce = 4;
    private const string Server = "server/";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly Meter Meter = new("Bellhop.Jobs");
    private static readonly Counter<long> Finished = Meter.CreateCounter<long>("bellhop.jobs.finished");
    private static readonly Counter<long> Failed = Meter.CreateCounter<long>("bellhop.jobs.failed");
    private static readonly Counter<long> Parked = Meter.CreateCounter<long>("bellhop.jobs.parked");

    private readonly Dictionary<string, JobHandler> _handlers = handlers.ToDictionary(w => w.Kind, StringComparer.Ordinal);
    private readonly string _me = (host.Serves ? Server : "") + Guid.CreateVersion7().ToString("N");
    private readonly HashSet<Task> _running = [];

    /// <summary>Runs all due jobs, and the jobs that they queue, until none is left; for tests and commands.</summary>
    public async Task RunDue(CancellationToken cancel)
    {
        do
        {
            await Start(cancel);
        } while (await AnyEnds(Timeout.InfiniteTimeSpan, null, cancel));
    }

    /// <summary>Runs one job now, unless another process runs it; for a command that waits for the job.</summary>
    public async Task RunNow(int organizationId, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var now = db.Now;
        var until = now + Lease;
        var taken = await db
            .Jobs.Where(j =>
                j.OrganizationId == organizationId
                && j.Id == id
                && j.State == JobState.Queued
                && (j.LeasedUntil == null || j.LeasedUntil < now)
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(j => j.LeasedBy, _me)
                        .SetProperty(j => j.LeasedUntil, until)
                        .SetProperty(j => j.Attempts, j => j.Attempts + 1),
                cancel
            );
        if (taken > 0)
        {
            await RunOne(await db.Jobs.AsNoTracking().SingleAsync(j => j.OrganizationId == organizationId && j.Id == id, cancel), cancel);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await host.WorkMayBegin(stoppingToken, _ => host.Signal.NextJob);
        var isBehind = host.Serves;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (isBehind)
                {
                    await TakeUp(stoppingToken);
                    isBehind = false;
                }

                var queued = host.Signal.NextJob; // before the look, so that what is queued meanwhile is looked for
                await Start(stoppingToken);
                await AnyEnds(Pause, _running.Count < AtOnce ? queued : null, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error) // the database is away: whatever the reason, look again later
            {
                LogClaimFailed(error.GetType().Name);
                await Task.Delay(Pause, host.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Only one process serves an embedded database, so nobody runs the jobs that an earlier server had claimed. Jobs that a command runs
    // are left alone.
    private async Task TakeUp(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await db
            .Jobs.Where(j => j.State == JobState.Queued && j.LeasedBy!.StartsWith(Server))
            .ExecuteUpdateAsync(
                set => set.SetProperty(j => j.LeasedBy, (string?)null).SetProperty(j => j.LeasedUntil, (DateTime?)null),
                cancel
            );
    }

    /// <summary>Fills the free places. A long job keeps one place and does not delay the others.</summary>
    private async Task Start(CancellationToken cancel)
    {
        if (AtOnce - _running.Count is > 0 and var free)
        {
            foreach (var job in await Claim(free, cancel))
            {
                _running.Add(RunOne(job, cancel));
            }
        }
    }

    /// <summary>
    /// Waits until a running job ends, a job is queued, or the time is over; true if a running job ended. If none runs and the time has no
    /// limit, it does not wait.
    /// </summary>
    private async Task<bool> AnyEnds(TimeSpan most, Task? queued, CancellationToken cancel)
    {
        if (_running.Count == 0 && most == Timeout.InfiniteTimeSpan)
        {
            return false;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var pause = Task.Delay(most, host.Clock, enough.Token);
        var first = await Task.WhenAny([.. _running, pause, .. queued is null ? Array.Empty<Task>() : [queued]]);
        await enough.CancelAsync();
        if (!_running.Remove(first))
        {
            return false;
        }

        await first;
        return true;
    }

    private async Task<List<Job>> Claim(int most, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var now = db.Now;
        if (
            !await db.Jobs.AnyAsync(
                j => j.State == JobState.Queued && j.RunAt <= now && (j.LeasedUntil == null || j.LeasedUntil < now),
                cancel
            )
        )
        {
            return []; // a look costs no writer's turn
        }

        return await db.Save(
            async () =>
            {
                var mine = new List<Job>();
                foreach (var job in await db.DueJobs(now, most, cancel))
                {
                    if (job.Attempts >= Tries)
                    {
                        Park(job, db.Now, "LeaseLost"); // every process that took it died at it
                        continue;
                    }

                    job.LeasedBy = _me;
                    job.LeasedUntil = now + Lease;
                    job.Attempts++;
                    job.Once = null; // what is asked for from now on is another job: this one may have read already
                    mine.Add(job);
                }

                return mine;
            },
            cancel
        );
    }

    private async Task RunOne(Job job, CancellationToken cancel)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var other = CancellationTokenSource.CreateLinkedTokenSource(lost.Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var renewing = Renew(job, lost, stop.Token);
        var watching = Task.CompletedTask;
        try
        {
            await using var db = await dbs.CreateDbContextAsync(cancel);
            var work =
                _handlers.GetValueOrDefault(job.Kind) ?? throw new InvalidOperationException($"No work is registered as '{job.Kind}'.");
            var who = await Starter(job, db, lost.Token);
            watching = Watch(job, who, other, stop.Token);
            await db.ScrubOnce(() => work.Run(job, who, db, other.Token), isDue: job.Attempts > 1, other.Token);
            await Finish(job, null, cancel);
            Finished.Add(1, new KeyValuePair<string, object?>("kind", job.Kind));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await GiveBack(job);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            LogLeaseLost(job.Kind, job.Id); // another process has it
        }
        catch (OperationCanceledException) when (other.IsCancellationRequested)
        {
            await GiveBack(job); // begun anew with the rights of now, which it asks for first
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
            await watching;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Jobs could not be claimed or renewed: {Error}")]
    private partial void LogClaimFailed(string error);

    [LoggerMessage(LogLevel.Warning, "Job {Kind} {Id} failed at attempt {Attempt}: {Error}")]
    private partial void LogFailed(string kind, Guid id, int attempt, string error);

    [LoggerMessage(LogLevel.Error, "Job {Kind} {Id} is parked and waits for a person: {Error}")]
    private partial void LogParked(string kind, Guid id, string error);

    [LoggerMessage(LogLevel.Warning, "Job {Kind} {Id} was taken over by another process")]
    private partial void LogLeaseLost(string kind, Guid id);
}
