using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Bellhop.Data;
using Bellhop.Features.Duplicates;
using Bellhop.Features.Properties;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests;

/// <summary>The real app in this process, on a database that is empty and this test's alone, spoken to over HTTP.</summary>
/// <example><code>
/// await using var app = await TestApp.Start(engine);
/// var house = await app.MakeHouse();
/// var answer = await app.As(house.Owner).PostAsJsonAsync("/api/v1/bookings", …);
/// </code></example>
public sealed class TestApp : IAsyncDisposable
{
    private readonly RunningApp _app;
    private readonly bool _handedOn;
    private int _houses;
    private int _users;

    private TestApp(RunningApp app, bool handedOn)
    {
        _app = app;
        _handedOn = handedOn;
    }

    public TestDatabase Database => _app.Database;
    public IServiceProvider Services => _app.Factory.Services;

    /// <summary>The clock the app runs by, where the test gave one.</summary>
    public TestClock Clock => (TestClock)Services.GetRequiredService<TimeProvider>();

    /// <summary>An app with usual settings and the machine's clock. A test before may have used it; its database is empty again.</summary>
    /// <param name="engine">One of <see cref="TestDatabase.Engines"/>.</param>
    public static async Task<TestApp> Start(string engine) => new(await RunningApp.Take(engine), handedOn: true);

    /// <summary>An app of its own: for a test with a clock or settings, or one that changes what outlasts it, such as the schema.</summary>
    /// <param name="engine">One of <see cref="TestDatabase.Engines"/>.</param>
    /// <param name="clock">Stands still until told; the machine's where left out.</param>
    /// <param name="settings">Configuration, such as <c>("Limits:ApiPerSecond", "5")</c>.</param>
    public static async Task<TestApp> StartNew(string engine, TestClock? clock = null, params (string Key, string Value)[] settings) =>
        new(new(await TestDatabase.CreateNew(engine, clock), clock, settings, ownsDatabase: true), handedOn: false);

    /// <summary>A second process, as it were, on another's PostgreSQL database; dispose of it first.</summary>
    public static TestApp Beside(TestApp other) => On(other.Database);

    /// <summary>An app on a database that outlives it.</summary>
    public static TestApp On(TestDatabase database) => new(new(database, null, [], ownsDatabase: false), handedOn: false);

    /// <summary>A context as the app has it.</summary>
    public BellhopDb Open() => Services.GetRequiredService<IDbContextFactory<BellhopDb>>().CreateDbContext();

    /// <summary>Nobody's client. It follows no redirect and keeps no cookie.</summary>
    public HttpClient Anonymous() => _app.Factory.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });

    /// <summary>The client of whoever holds this API key.</summary>
    public HttpClient As(string key)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>The browser of a new user who is signed in.</summary>
    /// <param name="role">A name of <see cref="Roles"/>.</param>
    /// <param name="properties">The only ones they see; all where left out.</param>
    public async Task<HttpClient> SignedIn(int organizationId, string role, params Guid[] properties)
    {
        var http = new DefaultHttpContext();
        Services.GetRequiredService<SessionCookie>().Write(http, await NewSession(organizationId, role, properties));
        var client = Anonymous();
        client.DefaultRequestHeaders.Add("Cookie", http.Response.Headers.SetCookie.ToString().Split(';')[0]);
        return client;
    }

    /// <summary>What the app gives an open page before which a new user sits.</summary>
    /// <param name="role">A name of <see cref="Roles"/>.</param>
    /// <param name="properties">The only ones they see; all where left out.</param>
    public async Task<AsyncServiceScope> Sitting(int organizationId, string role, params Guid[] properties)
    {
        var session = await NewSession(organizationId, role, properties);
        var page = Services.CreateAsyncScope();
        var user = CurrentActor.Principal(new SessionTicket(session.UserId, session.Id, organizationId), from: null);
        (
            (IHostEnvironmentAuthenticationStateProvider)page.ServiceProvider.GetRequiredService<AuthenticationStateProvider>()
        ).SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));
        return page;
    }

    /// <summary>An organisation with two properties (in Lisbon and in Berlin) and a key that may do everything.</summary>
    public async Task<House> MakeHouse(string currency = "EUR")
    {
        await using var db = Open();
        var number = Interlocked.Increment(ref _houses);
        var organization = new Organization
        {
            Name = $"House {number}",
            Currency = currency,
            TimeZone = "Europe/Lisbon",
            CreatedAt = db.Now,
        };
        await db.Arrange(() =>
        {
            db.Add(organization);
            return Task.CompletedTask;
        });
        var lisbon = await MakeProperty(organization.Id, "Lisbon", "Europe/Lisbon", "PT");
        var berlin = await MakeProperty(organization.Id, "Berlin", "Europe/Berlin", "DE");
        return new(organization.Id, lisbon, berlin, await MakeKey(organization.Id, PermissionSet.Everything));
    }

    public async Task<Guid> MakeProperty(int organizationId, string name, string zone, string country, string currency = "EUR")
    {
        await using var db = Open();
        return await db.Arrange(() =>
        {
            var property = new Property
            {
                OrganizationId = organizationId,
                Name = name,
                NameKey = Fold.Key(name),
                Currency = currency,
                TimeZone = zone,
                Country = country,
                CreatedAt = db.Now,
                UpdatedAt = db.Now,
            };
            db.Add(property);
            return Task.FromResult(property.Id);
        });
    }

    /// <summary>A new API key, as text.</summary>
    /// <param name="properties">The only ones it sees; all where left out.</param>
    public async Task<string> MakeKey(int organizationId, PermissionSet permissions, params Guid[] properties)
    {
        var text = "bh_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        await using var db = Open();
        await db.Arrange(() =>
        {
            var key = new ApiKey
            {
                OrganizationId = organizationId,
                Name = "test",
                Hash = hash,
                Permissions = permissions.Stored(),
                Properties = properties.Length == 0 ? null : properties,
                CreatedAt = db.Now,
                LastUsedAt = db.Now, // so that a call that is refused writes nothing at all
            };
            db.AddRange(
                key,
                new ApiKeyOwner
                {
                    Hash = hash,
                    OrganizationId = organizationId,
                    ApiKeyId = key.Id,
                }
            );
            return Task.CompletedTask;
        });
        return text;
    }

    // The save queues this job without a word to whoever runs jobs, and where the clock stands still nobody looks for it.
    private bool ComparesGuests => Services.GetRequiredService<TimeProvider>() is not TestClock;

    /// <summary>Waits until the app has done every job that is due.</summary>
    public async Task RunJobs()
    {
        await using var db = Open();
        var now = db.Now;
        var left = ComparesGuests ? null : FindDuplicates.Kind;
        var signal = Services.GetRequiredService<DbHost>().Signal;
        await Wait.Until(async () =>
        {
            signal.Tell(new(OrganizationId: -1, "job", null)); // where the clock stands still, it would not look again by itself
            return !await db.Jobs.AnyAsync(j => j.State == JobState.Queued && j.RunAt <= now && j.Kind != left);
        });
    }

    /// <summary>A use case's database and an actor who may do everything in a house.</summary>
    public static Actor Everything(House house) => Actor.System(house.OrganizationId);

    /// <summary>Every row of every table but the audit log, as text by table: equal exactly where nothing was changed.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Snapshot()
    {
        // Keys that protect cookies are made on first use, and a session notes when it was last seen: neither is anybody's data.
        string[] leftOut = ["events", "data_protection_keys", "sessions"];
        await using var db = Open();
        var comparing = db.Jobs.Where(j => j.Kind == FindDuplicates.Kind && j.State == JobState.Queued); // it follows from earlier changes
        await Wait.Until(async () => !ComparesGuests || !await comparing.AnyAsync());

        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Distinct().Except(leftOut))
        {
            rows[table] = await Rows(db, table);
        }

        return rows;
    }

    /// <summary>How many rows the audit log has, or has of one action.</summary>
    public async Task<int> Events(string? action = null)
    {
        await using var db = Open();
        return await db.Events.CountAsync(e => action == null || e.Action == action);
    }

    public async ValueTask DisposeAsync()
    {
        if (_handedOn)
        {
            await _app.HandOn();
        }
        else
        {
            await _app.DisposeAsync();
        }
    }

    private async Task<Session> NewSession(int organizationId, string role, Guid[] properties)
    {
        await using var db = Open();
        return await db.Arrange(() =>
        {
            var name = $"user{Interlocked.Increment(ref _users)}@example.org";
            var user = new User
            {
                UserName = name,
                NormalizedUserName = name.ToUpperInvariant(),
                Email = name,
                NormalizedEmail = name.ToUpperInvariant(),
                SecurityStamp = "stamp",
                CreatedAt = db.Now,
            };
            var made = new Session
            {
                UserId = user.Id,
                OrganizationId = organizationId,
                Stamp = "stamp",
                CreatedAt = db.Now,
                LastSeenAt = db.Now,
                ExpiresAt = db.Now.AddDays(1),
            };
            db.AddRange(
                user,
                made,
                new Membership
                {
                    OrganizationId = organizationId,
                    UserId = user.Id,
                    Role = role,
                    Properties = properties.Length == 0 ? null : properties,
                    CreatedAt = db.Now,
                }
            );
            return Task.FromResult(made);
        });
    }

    private static async Task<string> Rows(BellhopDb db, string table)
    {
        await using var command = await db.Sql($"SELECT * FROM {table}", default);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(
                string.Join(
                    '|',
                    Enumerable
                        .Range(0, reader.FieldCount)
                        .Select(i => reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(i).ToString())
                )
            );
        }

        lines.RemoveAll(l => l.Contains(Recalculation.RollLast, StringComparison.Ordinal)); // a start's hourly tasks queue these
        lines.Sort(StringComparer.Ordinal);
        return string.Join('\n', lines);
    }
}

/// <summary>An organisation made for a test.</summary>
/// <param name="OrganizationId">Its number.</param>
/// <param name="Lisbon">A property in Portugal.</param>
/// <param name="Berlin">A property in Germany.</param>
/// <param name="Owner">An API key that may do everything.</param>
public sealed record House(int OrganizationId, Guid Lisbon, Guid Berlin, string Owner);
