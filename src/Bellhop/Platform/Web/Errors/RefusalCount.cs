using System.Collections.Concurrent;
using System.Globalization;
using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Platform.Web;

/// <summary>
/// Limits refusals in the audit log. Each caller has a limited number of rows per minute. Refusals over the limit are counted, and one row
/// with the count is written when the minute ends.
/// </summary>
public sealed partial class RefusalCount(IDbContextFactory<BellhopDb> dbs, Limits limits, TimeProvider clock, ILogger<RefusalCount> log)
    : BackgroundService
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(int OrganizationId, ActorKind Kind, Guid Id), Counter> _counters = new();

    /// <summary>Counts a refusal; true if it gets its own row.</summary>
    public bool Take(Actor who)
    {
        while (true)
        {
            var counter = _counters.GetOrAdd((who.OrganizationId, who.Kind, who.Id), _ => new(who));
            lock (counter)
            {
                if (counter.IsClosed)
                {
                    continue; // the minute has just ended
                }

                if (counter.Rows < limits.RefusalsPerMinute)
                {
                    counter.Rows++;
                    return true;
                }

                counter.Beyond++;
                return false;
            }
        }
    }

    /// <summary>
    /// Ends a minute: writes the counts over the limit and starts every caller again. A count that cannot be written now is written later.
    /// </summary>
    public async Task Close(CancellationToken cancel)
    {
        foreach (var counter in _counters.Values)
        {
            lock (counter)
            {
                if (counter.Beyond == 0)
                {
                    counter.Rows = 0;
                    counter.IsClosed = _counters.TryRemove(new(counter.Key, counter));
                    continue;
                }
            }

            var beyond = counter.Beyond;
            await using var db = await dbs.CreateDbContextAsync(cancel);
            await db.Save(
                () =>
                    Task.FromResult(
                        db.Happened(counter.Who, "access.refused", "", null, string.Create(CultureInfo.InvariantCulture, $"more={beyond}"))
                    ),
                cancel
            );
            lock (counter)
            {
                (counter.Rows, counter.Beyond) = (0, counter.Beyond - beyond);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Minute, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await Close(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                await Close(CancellationToken.None);
                return;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                LogNotWritten(error.GetType().Name); // the database is away
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "A count of refusals could not be written to the audit log: {Error}")]
    private partial void LogNotWritten(string error);

    private sealed class Counter(Actor who)
    {
        public Actor Who { get; } = who;
        public (int, ActorKind, Guid) Key { get; } = (who.OrganizationId, who.Kind, who.Id);

        /// <summary>The counter is no longer in the table, so nobody may count in it.</summary>
        public bool IsClosed { get; set; }
        public int Rows { get; set; }
        public int Beyond { get; set; }
    }
}
