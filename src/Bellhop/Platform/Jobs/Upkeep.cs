using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Platform;

/// <summary>Something to look after at the start and every hour; any number of processes may do it at once.</summary>
public sealed record Chore(string Name, Func<BellhopDb, CancellationToken, Task> Run);

/// <summary>Does the chores.</summary>
public sealed partial class Upkeep(IDbContextFactory<BellhopDb> dbs, DbHost host, IEnumerable<Chore> chores, ILogger<Upkeep> log) : BackgroundService
{
    /// <summary>How long a job that is done can be asked after.</summary>
    public static readonly TimeSpan KeptDone = TimeSpan.FromDays(7);

    private const int AtOnce = 1000;

    /// <summary>Forgets jobs that were done long ago.</summary>
    public static readonly Chore ForgetJobs = new("forgetJobs", async (db, cancel) =>
    {
        var before = db.Now - KeptDone;
        var removed = AtOnce;
        while (removed == AtOnce && await db.Jobs.AnyAsync(j => j.State == JobState.Done && j.FinishedAt < before, cancel))
        {
            removed = await db.Save(async () =>
            {
                var old = await db.Jobs.Where(j => j.State == JobState.Done && j.FinishedAt < before).OrderBy(j => j.RunAt).Take(AtOnce).ToListAsync(cancel);
                db.RemoveRange(old);
                return old.Count;
            }, cancel);
        }
    });

    /// <summary>All of them once.</summary>
    public async Task Run(CancellationToken cancel)
    {
        foreach (var chore in chores)
        {
            try
            {
                await using var db = await dbs.CreateDbContextAsync(cancel);
                await chore.Run(db, cancel);
            }
            catch (Exception error) when (!cancel.IsCancellationRequested) // one must not stop the others; an hour later it comes round again
            {
                LogFailed(chore.Name, error.GetType().Name);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Run(stoppingToken);
            await Task.Delay(TimeSpan.FromHours(1), host.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Chore {Name} failed: {Error}")]
    private partial void LogFailed(string name, string error);
}
