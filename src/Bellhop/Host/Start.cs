using Bellhop.Data;
using Bellhop.Features.Setup;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Host;

/// <summary>What a server does after it is built and before it listens.</summary>
internal static partial class Start
{
    /// <summary>Takes the database for this process until the program ends, and brings it up to date.</summary>
    public static async Task Open(this WebApplication app)
    {
        // A wrong mail setting must stop the start, not the first mail.
        _ = app.Services.GetRequiredService<Mailer>();
        await using var db = await app
            .Services.GetRequiredService<IDbContextFactory<BellhopDb>>()
            .CreateDbContextAsync(app.Lifetime.ApplicationStopping);
        var held = app.Services.GetRequiredService<Hold>().Held = db.HoldToServe();

        // If other servers may share the folder, only files older than a day are deleted, because they may still use the newer ones.
        app.Services.GetRequiredService<DataFolder>().Empty(DataFolder.Temporary, held is null ? db.Now.AddDays(-1) : DateTime.MaxValue);
        await MigrateWhenThere(db, app);
    }

    /// <summary>Logs the next step for the operator of a new server, as long as it has no owner.</summary>
    public static async Task SayWhereToBegin(this WebApplication app)
    {
        if (await app.Services.GetRequiredService<SetupGate>().IsOpen(app.Lifetime.ApplicationStopping))
        {
            LogNoOwner(app.Logger);
        }
    }

    // Waits for a database server that is still starting, for example after a power cut.
    private static async Task MigrateWhenThere(BellhopDb db, WebApplication app)
    {
        for (var left = 15; ; left--)
        {
            try
            {
                await db.Migrate(held: true, app.Lifetime.ApplicationStopping);
                return;
            }
            catch (Exception error) when (left > 0 && db.FailureOf(error) == DatabaseFailure.Away)
            {
                LogAway(app.Logger);
                await Task.Delay(TimeSpan.FromSeconds(2), db.Host.Clock, app.Lifetime.ApplicationStopping);
            }
        }
    }

    /// <summary>
    /// Makes the endpoints of all routes now. Otherwise the first request would wait for it. Call it after the last route is mapped.
    /// </summary>
    public static void MakeEndpoints(this WebApplication app)
    {
        var sources = ((IEndpointRouteBuilder)app).DataSources;
        var made = sources.SelectMany(s => s.Endpoints).ToList();
        sources.Clear();
        sources.Add(new DefaultEndpointDataSource(made));
    }

    /// <summary>Listens until the program is asked to stop, then stops in order.</summary>
    /// <exception cref="OperatorProblem">The server cannot listen, or cannot start for another reason.</exception>
    public static async Task RunToEnd(this WebApplication app)
    {
        try
        {
            await app.StartAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is not OperatorProblem) // whatever it is, whoever starts it needs the one line
        {
            throw new OperatorProblem($"Bellhop could not start: {error.Message}", error);
        }

        await app.WaitForShutdownAsync(CancellationToken.None);
    }

    [LoggerMessage(LogLevel.Information, "Nobody owns this Bellhop yet: open it in a browser to set it up, or run `bellhop setup --help`.")]
    private static partial void LogNoOwner(ILogger log);

    [LoggerMessage(LogLevel.Warning, "The database does not answer yet; trying again in two seconds.")]
    private static partial void LogAway(ILogger log);
}

/// <summary>Holds the database until the host has stopped and its services are disposed of.</summary>
internal sealed class Hold : IDisposable
{
    public IDisposable? Held { get; set; }

    public void Dispose() => Held?.Dispose();
}
