using System.Collections.Concurrent;
using Bellhop.Data;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bellhop.Tests;

/// <summary>
/// An app in this process. To start one costs more than most tests do, so one with the usual settings is emptied after a test and handed on
/// to the next: a test has it alone, and finds it as a new one would be. Where it does not come to rest in time, it is stopped instead.
/// </summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, ConcurrentBag<RunningApp>> AtRest = [];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The requests of every test come from one network, and over a whole run there are many of them. A test of these limits starts an app
    /// of its own.
    /// </summary>
    private static readonly (string Key, string Value)[] Usual =
    [
        ("Limits:SignInsPerNetwork", "1000000"),
        ("Limits:SignInsPerAccount", "1000000"),
        ("Limits:RatingsPerNetwork", "1000000"),
        ("Limits:FormBookingsPerNetwork", "1000000"),
    ];

    private readonly Requests _requests = new();
    private readonly bool _ownsDatabase;

    /// <param name="ownsDatabase">Whether the database goes with the app.</param>
    public RunningApp(TestDatabase database, TestClock? clock, (string Key, string Value)[] settings, bool ownsDatabase)
    {
        Database = database;
        _ownsDatabase = ownsDatabase;
        Factory = new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
        {
            web.UseEnvironment("Production");
            web.UseSetting("Bellhop:Data", database.Folder);
            if (database.Engine == "postgres")
            {
                web.UseSetting("ConnectionStrings:Postgres", database.ConnectionString);
            }

            web.UseSetting("Providers:Address", TestProviders.Shared.Address);
            foreach (var (key, value) in settings)
            {
                web.UseSetting(key, value);
            }

            web.ConfigureLogging(logging => logging.ClearProviders());
            web.ConfigureTestServices(services =>
            {
                services.AddSingleton<IStartupFilter>(_requests);
                services.AddSingleton<IPasswordHasher<User>, CountedPasswords>();
                if (clock is not null)
                {
                    services.AddSingleton<TimeProvider>(clock);
                }
            });
        });
        _ = Factory.Server;
    }

    public TestDatabase Database { get; }
    public WebApplicationFactory<Program> Factory { get; }

    /// <summary>One that a test has handed on, else a new one.</summary>
    public static async Task<RunningApp> Take(string engine) =>
        AtRest.GetOrAdd(engine, _ => []).TryTake(out var app)
            ? app
            : new(await TestDatabase.CreateNew(engine), null, Usual, ownsDatabase: true);

    /// <summary>Takes it back from a test.</summary>
    public async Task HandOn()
    {
        if (await TryEmpty())
        {
            AtRest[Database.Engine].Add(this);
        }
        else
        {
            await DisposeAsync();
        }
    }

    /// <summary>Stops those that no test has.</summary>
    public static async Task StopAll()
    {
        foreach (var apps in AtRest.Values)
        {
            while (apps.TryTake(out var app))
            {
                await app.DisposeAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Factory.DisposeAsync();
        if (_ownsDatabase)
        {
            await Database.DisposeAsync();
        }
    }

    private async Task<bool> TryEmpty()
    {
        using var late = new CancellationTokenSource(Patience);
        try
        {
            await _requests.None(late.Token);
            await JobsAreDone(late.Token);
            if (Database.Engine == "sqlite")
            {
                await TestRows.DeleteOnSqlite(Database.File);
            }
            else if (!await TestPostgres.TryEmpty(Database.Name))
            {
                return false;
            }

            DeleteFiles();
            return true;
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or System.Data.Common.DbException)
        {
            return false;
        }
    }

    // What nobody works on goes first, so that nothing new is taken up; what is worked on comes to its end, and may ask for more.
    private async Task JobsAreDone(CancellationToken cancel)
    {
        await using var db = await Factory.Services.GetRequiredService<IDbContextFactory<BellhopDb>>().CreateDbContextAsync(cancel);
        while (true)
        {
            var now = db.Now;
            await db.Jobs.Where(j => j.State != JobState.Queued || j.LeasedUntil == null || j.LeasedUntil < now).ExecuteDeleteAsync(cancel);
            if (!await db.Jobs.AnyAsync(cancel))
            {
                return;
            }

            await Task.Delay(20, cancel);
        }
    }

    // The database and the running server's locks stand in the folder itself; everything else is in folders of it, made when needed.
    private void DeleteFiles()
    {
        if (Directory.Exists(Database.Folder))
        {
            foreach (var folder in Directory.GetDirectories(Database.Folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>Counts the requests under way: one that its test gave up may still be writing.</summary>
    private sealed class Requests : IStartupFilter
    {
        private int _underWay;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    async (http, rest) =>
                    {
                        Interlocked.Increment(ref _underWay);
                        try
                        {
                            await rest(http);
                        }
                        finally
                        {
                            Interlocked.Decrement(ref _underWay);
                        }
                    }
                );
                next(app);
            };

        public async Task None(CancellationToken cancel)
        {
            while (Volatile.Read(ref _underWay) > 0)
            {
                await Task.Delay(5, cancel);
            }
        }
    }
}

/// <summary>
/// Checks passwords as the product does, and counts how often. A hash takes a hundredth of the product's work, since every test signs
/// somebody up; a test of passwords asks for the product's own.
/// </summary>
internal sealed class CountedPasswords() : PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 }))
{
    private int _checks;

    public int Checks => _checks;

    public override PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
    {
        Interlocked.Increment(ref _checks);
        return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
