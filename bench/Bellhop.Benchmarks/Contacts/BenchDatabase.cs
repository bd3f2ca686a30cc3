using System.Data.Common;
using System.Diagnostics;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>
/// A database with so many guests at two properties, made once and kept in a temporary folder (or on the server) for the next run.
/// </summary>
internal sealed record BenchDatabase(
    string Engine,
    int Size,
    string Folder,
    string? Postgres,
    int Organization,
    Guid[] Properties,
    string Key
)
{
    private const int Chunk = 20_000;

    public BellhopDb Open() => Open(Postgres, Path.Combine(Folder, "bellhop.db"));

    /// <summary>The raw driver on the same database, not yet open.</summary>
    public DbConnection Connect() =>
        Postgres is { } postgres
            ? new NpgsqlConnection(PostgresDb.Connection(postgres))
            : new SqliteConnection($"Data Source={Path.Combine(Folder, "bellhop.db")}");

    /// <param name="places">The number of properties, 1 or 2.</param>
    /// <param name="kind">A word that keeps it apart from others of its size.</param>
    public static async Task<BenchDatabase> Make(string engine, int size, int places = 2, string? kind = null)
    {
        kind ??= places == 1 ? "one" : null;
        var folder = Path.Combine(Path.GetTempPath(), "bellhop-bench", $"{engine}-{size}{(kind is null ? "" : "-" + kind)}");
        var postgres = await FreshDatabase.Postgres(engine, $"bellhop_bench_{size}{(kind is null ? "" : "_" + kind)}");
        Directory.CreateDirectory(folder);
        await using var db = Open(postgres, Path.Combine(folder, "bellhop.db"));
        db.Database.SetCommandTimeout(3600);
        await db.Database.MigrateAsync();
        var town = new BenchDatabase(engine, size, folder, postgres, 1, [], "");
        if (await db.Contacts.CountAsync() < size)
        {
            var clock = Stopwatch.StartNew();
            await town.Fill(db, places);
            await Console.Error.WriteLineAsync($"{engine} {size:N0}: made in {clock.Elapsed.TotalSeconds:N0} s");
        }

        var (key, hash) = ActorSource.NewKey();
        await db.Arrange(() =>
        {
            var made = new ApiKey
            {
                OrganizationId = 1,
                Name = "bench",
                Hash = hash,
                Permissions = PermissionSet.Everything.Stored(),
                CreatedAt = db.Now,
            };
            db.AddRange(
                made,
                new ApiKeyOwner
                {
                    Hash = hash,
                    OrganizationId = 1,
                    ApiKeyId = made.Id,
                }
            );
            return Task.CompletedTask;
        });
        return town with { Properties = await db.Properties.OrderBy(p => p.Name).Select(p => p.Id).ToArrayAsync(), Key = key };
    }

    private static BellhopDb Open(string? postgres, string file) =>
        postgres is null ? new SqliteDb(SqliteDb.Options(file)) : new PostgresDb(PostgresDb.Options(postgres));

    private async Task Fill(BellhopDb db, int places)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Lisbon");
        var properties = await FreshDatabase.Found(db, places);
        var tags = GuestGenerator
            .TagNames.Select(n => new Tag
            {
                OrganizationId = 1,
                Name = n,
                NameKey = Tag.Key(n),
                CreatedAt = db.Now,
                UpdatedAt = db.Now,
            })
            .ToArray();
        await db.Arrange(() =>
        {
            db.AddRange([.. tags]);
            return Task.CompletedTask;
        });
        var indexes = await Indexes.Drop(db, "contacts", "contact_at", "bookings", "identities", "contact_tags");
        var counters = new Dictionary<(Guid, Measure, long), long>();
        var arrivals = new SaveContext();
        foreach (var guests in new GuestGenerator([.. properties.Select(p => p.Id)], tags, zone, db.Now).Make(Size, 1).Chunk(Chunk))
        {
            await db.Save(async () =>
            {
                await db.InsertWithoutFollowers([.. guests.Select(g => g.Contact)], default);
                await db.InsertWithoutFollowers([.. guests.SelectMany(g => g.Places)], default);
                await db.InsertWithoutFollowers([.. guests.SelectMany(g => g.Bookings)], default);
                await db.InsertWithoutFollowers([.. guests.SelectMany(g => g.Identities)], default);
                await db.InsertWithoutFollowers([.. guests.SelectMany(g => g.Tags)], default);
            });
            await db.Settle(default);
            foreach (var guest in guests)
            {
                Count(counters, Guid.Empty, guest.Contact, zone);
                guest.Places.ForEach(p => Count(counters, p.PropertyId, p, zone));
                guest.Bookings.ForEach(b => arrivals.Arrive(ArrivalDay.Of(b)));
            }

            await Console.Error.WriteAsync('.');
        }

        await db.Save(async () =>
        {
            await db.BulkInsert(
                [
                    .. counters.Select(t => new Counter
                    {
                        OrganizationId = 1,
                        PropertyId = t.Key.Item1,
                        Measure = t.Key.Item2,
                        At = t.Key.Item3,
                        Amount = t.Value,
                    }),
                ],
                default
            );
            foreach (var (day, sum) in arrivals.Arrivals)
            {
                db.SaveContext.Arrive((day, sum));
            }
        });
        await indexes.Restore(db);
        await Indexes.FillSearch(
            db,
            "INSERT INTO contact_search_rows (organization_id, contact_id) SELECT organization_id, id FROM contacts ORDER BY id",
            "INSERT INTO contact_search (rowid, text) SELECT r.id, c.search FROM contact_search_rows r "
                + "JOIN contacts c ON c.organization_id = r.organization_id AND c.id = r.contact_id ORDER BY r.id",
            "INSERT INTO contact_search (contact_search) VALUES ('optimize')"
        );
    }

    private static void Count(Dictionary<(Guid, Measure, long), long> counters, Guid property, Figures figures, TimeZoneInfo zone)
    {
        foreach (
            var (measure, at, amount) in ContactFollower.Counted(
                figures.CreatedAt,
                figures.Bookings,
                figures.Spent,
                figures.ActiveUntil,
                figures.FirstArrival,
                zone
            )
        )
        {
            counters[(property, measure, at)] = counters.GetValueOrDefault((property, measure, at)) + amount;
        }
    }
}

/// <summary>Indexes are quicker built once over all rows than kept through a load.</summary>
internal sealed record Indexes(IReadOnlyList<string> Definitions)
{
    public static async Task<Indexes> Drop(BellhopDb db, params string[] tables)
    {
        var names = string.Join(", ", tables.Select(t => $"'{t}'"));
        var found = await Read(
            db,
            db.Engine == "SQLite"
                ? $"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({names})"
                : "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' "
                    + $"AND tablename IN ({names}) AND indexname NOT LIKE 'pk%'"
        );
        if (db.Engine != "SQLite")
        {
            await Run(db, "SET statement_timeout = 0"); // an index over all rows takes as long as it takes
            await Run(db, "SET maintenance_work_mem = '1GB'");
        }

        foreach (var (name, _) in found)
        {
            await Run(db, $"DROP INDEX \"{name}\"");
        }

        return new([.. found.Select(f => f.Definition)]);
    }

    public async Task Restore(BellhopDb db)
    {
        foreach (var definition in Definitions)
        {
            await Run(db, definition);
            await Console.Error.WriteAsync('i');
        }

        if (db.Engine != "SQLite")
        {
            await Run(db, "VACUUM ANALYZE");
        }
    }

    /// <summary>SQLite's search index is a table of its own, which PostgreSQL does not have.</summary>
    public static async Task FillSearch(BellhopDb db, params string[] statements)
    {
        if (db.Engine == "SQLite")
        {
            foreach (var statement in statements.Append("PRAGMA wal_checkpoint(TRUNCATE)"))
            {
                await Run(db, statement);
            }
        }
    }

    private static async Task<List<(string Name, string Definition)>> Read(BellhopDb db, string sql)
    {
        await using var command = await db.Sql(sql, default);
        await using var row = await command.ExecuteReaderAsync();
        var found = new List<(string, string)>();
        while (await row.ReadAsync())
        {
            found.Add((row.GetString(0), row.GetString(1)));
        }

        return found;
    }

    private static async Task Run(BellhopDb db, string sql)
    {
        await using var command = await db.Sql(sql, default);
        command.CommandTimeout = 3600;
        await command.ExecuteNonQueryAsync();
    }
}
