using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Platform;

/// <summary>A task that runs at the start and every hour. Several processes may run it at once.</summary>
public sealed record RecurringTask(string Name, Func<BellhopDb, CancellationToken, Task> Run);

/// <summary>Does the tasks.</summary>
public sealed partial class RecurringTasks(
    IDbContextFactory<BellhopDb> dbs,
    DbHost host,
    IEnumerable<RecurringTask> tasks,
    ILogger<RecurringTasks> log
) : BackgroundService
{
    /// <summary>How long a finished job can still be read.</summary>
    public static readonly TimeSpan KeptDone = TimeSpan.FromDays(7);

    private const int AtOnce = 1000;

    /// <summary>Forgets jobs that were done long ago.</summary>
    public static readonly RecurringTask ForgetJobs = new(
        "forgetJobs",
        (db, cancel) =>
        {
            var before = db.Now - KeptDone;
            return Forget(db, db.Jobs.Where(j => j.State == JobState.Done && j.FinishedAt < before).OrderBy(j => j.RunAt), cancel);
        }
    );

    /// <summary>Removes rows in small saves, so that no writer waits long.</summary>
    /// <param name="db">Where they are.</param>
    /// <param name="rows">The rows to remove, in the order of an index.</param>
    /// <param name="cancel">Leaves the rest for another time.</param>
    internal static async Task Forget<T>(BellhopDb db, IOrderedQueryable<T> rows, CancellationToken cancel)
        where T : class
    {
        if (await rows.AnyAsync(cancel))
        {
            await db.SaveUntilDone(
                async () =>
                {
                    var some = await rows.Take(AtOnce).ToListAsync(cancel);
                    db.RemoveRange(some);
                    return some.Count == AtOnce;
                },
                cancel
            );
        }
    }

    /// <summary>All of them once.</summary>
    public async Task Run(CancellationToken cancel)
    {
        foreach (var task in tasks)
        {
            try
            {
                await using var db = await dbs.CreateDbContextAsync(cancel);
                await task.Run(db, cancel);
            }
            // A failed task must not stop the other tasks. It runs again in an hour.
            catch (Exception error) when (!cancel.IsCancellationRequested)
            {
                LogFailed(task.Name, error.GetType().Name);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await host.WorkMayBegin(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Run(stoppingToken);
            await Task.Delay(TimeSpan.FromHours(1), host.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Recurring task {Name} failed: {Error}")]
    private partial void LogFailed(string name, string error);
}
