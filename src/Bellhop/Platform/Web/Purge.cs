using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Platform.Web;

/// <summary>Removes kept answers when their 24 hours are over: at the start and every hour.</summary>
internal sealed partial class AnswerPurge(IDbContextFactory<BellhopDb> dbs, DbHost host, ILogger<AnswerPurge> log) : BackgroundService
{
    private const int AtOnce = 1000;

    /// <summary>Removes what has expired by now, in small saves, so that no writer waits long.</summary>
    public async Task Run(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var now = db.Now;
        var removed = AtOnce;
        while (removed == AtOnce && await db.Answers.AnyAsync(a => a.ExpiresAt <= now, cancel))
        {
            removed = await db.Save(async () =>
            {
                var expired = await db.Answers.Where(a => a.ExpiresAt <= now).OrderBy(a => a.ExpiresAt).Take(AtOnce).ToListAsync(cancel);
                db.RemoveRange(expired);
                return expired.Count;
            }, cancel);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Run(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested) // the database is away: an hour later will do
            {
                LogFailed(error.GetType().Name);
            }

            await Task.Delay(TimeSpan.FromHours(1), host.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Expired answers could not be removed: {Error}")]
    private partial void LogFailed(string error);
}
