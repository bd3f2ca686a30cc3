using System.Diagnostics;
using System.Text.Json;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Data;
using Bellhop.Features.Imports;
using Bellhop.Features.Imports.Files;
using Bellhop.Features.Intake;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Benchmarks.Imports;

/// <summary>An empty database with one organisation and property, gone when it is disposed of.</summary>
internal sealed class EmptyDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _folder;
    private readonly Guid _property;

    private EmptyDatabase(ServiceProvider services, string folder, Guid property)
    {
        (_services, _folder, _property) = (services, folder, property);
    }

    public static async Task<EmptyDatabase> Make(string engine)
    {
        var folder = Directory.CreateTempSubdirectory("bellhop-import-").FullName;
        var postgres = await FreshDatabase.Postgres(engine, "bellhop_import_" + Guid.NewGuid().ToString("N"));
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddBellhopDb(postgres, Path.Combine(folder, "bellhop.db"))
            .BuildServiceProvider();
        await using var db = await services.GetRequiredService<IDbContextFactory<BellhopDb>>().CreateDbContextAsync();
        await db.Database.MigrateAsync();
        return new(services, folder, (await FreshDatabase.Found(db, places: 1))[0].Id);
    }

    /// <summary>Imports or rehearses a file as the page does; the import as it ended.</summary>
    public async Task<Import> Import(string file, bool dryRun)
    {
        await using var db = await Open();
        return await Import(file, _property, dryRun, db);
    }

    /// <inheritdoc cref="Import(string, bool)"/>
    public static async Task<Import> Import(string file, Guid property, bool dryRun, BellhopDb db)
    {
        var who = Actor.System(1);
        var id = Guid.CreateVersion7();
        await using (var copy = ImportFolder.Create(db, id))
        {
            await using var from = File.OpenRead(file);
            await from.CopyToAsync(copy);
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["propertyId"] = property.ToString(),
            ["dryRun"] = dryRun ? "true" : "false",
        };
        var received = await ReceiveImport.Take(new(id, "guests.csv", new FileInfo(file).Length, fields), who, db, default);
        var job = await db.Jobs.AsNoTracking().SingleAsync(j => j.Argument == received.Value.Id.ToString());
        await ImportJob.Handler.Run(job, who, db, default);
        return await db.Imports.AsNoTracking().SingleAsync(i => i.Id == id);
    }

    /// <summary>Rows a second that the raw driver writes: the same tables of so many guests, a thousand guests a transaction.</summary>
    public async Task<double> ByHand(int guests)
    {
        await using var other = await Make((await Open()).Engine == "SQLite" ? "sqlite" : "postgres");
        await using var db = await other.Open();
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Lisbon");
        var batches = new GuestGenerator(
            [other._property],
            [
                .. GuestGenerator.TagNames.Select(n => new Tag
                {
                    OrganizationId = 1,
                    Name = n,
                    NameKey = n,
                }),
            ],
            zone,
            db.Now
        ).Make(guests, 1).Chunk(1000).ToList();
        var clock = Stopwatch.StartNew();
        foreach (var (batch, at) in batches.Select((b, i) => (b, i)))
        {
            if (at == 1 && db.Engine == "PostgreSQL")
            {
                await db.Database.ExecuteSqlAsync($"ANALYZE"); // what the import does too: else keys are checked by whole indexes
            }

            await using var bulk = await TableWriter.Open(db);
            await bulk.Write(batch.Select(g => g.Contact).ToArray());
            await bulk.Write(batch.Select(g => g.Places[0]).ToArray());
            await bulk.Write(batch.SelectMany(g => g.Identities).ToArray());
            await bulk.Write(
                batch
                    .Select(g => new Touch
                    {
                        OrganizationId = 1,
                        ContactId = g.Contact.Id,
                        PropertyId = other._property,
                        Kind = TouchKind.Import,
                        Source = Source.Import,
                        At = g.Contact.CreatedAt,
                    })
                    .ToArray()
            );
            await bulk.Write(
                batch
                    .Select(g => new Event
                    {
                        OrganizationId = 1,
                        At = g.Contact.CreatedAt,
                        WhoName = "Bellhop",
                        Action = "contact.created",
                        EntityKind = "contact",
                        EntityId = g.Contact.Id,
                    })
                    .ToArray()
            );
        }

        return guests / clock.Elapsed.TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<BellhopDb> Open() => _services.GetRequiredService<IDbContextFactory<BellhopDb>>().CreateDbContextAsync();
}
