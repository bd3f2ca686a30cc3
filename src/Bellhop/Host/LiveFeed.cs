using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Host;

/// <summary>
/// Tells this process's open pages what other processes commit. After the database was away, it tells them that anything may have changed.
/// </summary>
internal sealed partial class LiveFeed(IDbContextFactory<BellhopDb> dbs, DbHost host, ILogger<LiveFeed> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var db = await dbs.CreateDbContextAsync(stoppingToken);
                await foreach (var changed in db.FromOthers(stoppingToken))
                {
                    host.Signal.Tell(changed);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) // whatever took the database away, it comes back
            {
                LogAway(error.GetType().Name);
            }

            await Task.Delay(Pause, host.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            host.Signal.Tell(Changed.Anything);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Changes of other processes cannot be heard for now: {Error}")]
    private partial void LogAway(string error);
}
