using Bellhop.Data;
using Bellhop.Tests;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

[assembly: AssemblyFixture(typeof(TestDatabase.Templates))]

namespace Bellhop.Tests;

/// <summary>
/// A new, migrated, empty database: a SQLite file, or a PostgreSQL database of its own. Each is a copy of one migrated once.
/// </summary>
/// <example><code>
/// [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
/// public async Task A_sentence(string engine)
/// {
///     await using var database = await TestDatabase.Create(engine);
///     await using var db = database.Open();
/// </code></example>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _name;
    private readonly DbHost _host;

    private TestDatabase(string engine, string name, TimeProvider? clock)
    {
        Engine = engine;
        _name = name;
        Clock = clock ?? TimeProvider.System;
        Folder = engine == "sqlite" ? Path.GetDirectoryName(name)! : Path.Combine(Path.GetTempPath(), name);
        _host = new(Clock) { Folder = new(Folder) };
    }

    /// <summary>The engines the product runs on; a test on PostgreSQL is skipped where there is no server.</summary>
    public static TheoryData<string> Engines => ["sqlite", "postgres"];

    public string Engine { get; }

    /// <summary>The clock of every context opened here.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The data folder, where files beside the database lie.</summary>
    public string Folder { get; }

    /// <summary>The database's file, in a folder of its own; only of SQLite.</summary>
    public string File => Engine == "sqlite" ? _name : throw new InvalidOperationException("PostgreSQL has no file.");

    /// <summary>The database's connection string; only of PostgreSQL.</summary>
    public string ConnectionString =>
        Engine == "postgres" ? TestPostgres.ConnectionString(_name) : throw new InvalidOperationException("SQLite has a file.");

    public static async Task<TestDatabase> Create(string engine, TimeProvider? clock = null)
    {
        switch (engine)
        {
            case "sqlite":
                var template = await Templates.Sqlite.Value;
                var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(template)!, Guid.NewGuid().ToString("N")));
                var file = Path.Combine(folder.FullName, "bellhop.db");
                System.IO.File.Copy(template, file);
                return new(engine, file, clock);
            case "postgres":
                TestPostgres.Demand();
                var database = Templates.Fresh();
                await TestPostgres.Make(database, await Templates.Postgres.Value);
                return new(engine, database, clock);
            default:
                throw new ArgumentOutOfRangeException(nameof(engine), engine, "There is no such engine.");
        }
    }

    /// <summary>A context as this process has it: its contexts share the clock, the writers' queue and the signal to open pages.</summary>
    public BellhopDb Open()
    {
        var db = OpenElsewhere();
        db.Host = _host;
        return db;
    }

    /// <summary>A context as another process on the same database has it: nothing shared but the clock.</summary>
    public BellhopDb OpenElsewhere()
    {
        var db = Context(Engine, _name);
        db.Host = new(Clock) { Folder = new(Folder) };
        return db;
    }

    public async ValueTask DisposeAsync()
    {
        if (Engine == "postgres")
        {
            await TestPostgres.Drop(_name);
            if (Directory.Exists(Folder))
            {
                Directory.Delete(Folder, recursive: true);
            }
        }
        else
        {
            await using (var db = Open())
            {
                SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
            }

            Directory.Delete(Path.GetDirectoryName(_name)!, recursive: true);
        }

        _host.Dispose();
    }

    private static BellhopDb Context(string engine, string name) =>
        engine == "sqlite" ? new SqliteDb(SqliteDb.Options(name)) : new PostgresDb(PostgresDb.Options(TestPostgres.ConnectionString(name)));

    /// <summary>The two migrated databases that the others are copied from; gone when the last test has run.</summary>
    public sealed class Templates : IAsyncDisposable
    {
        internal static readonly Lazy<Task<string>> Sqlite = new(async () =>
        {
            var file = Path.Combine(Directory.CreateTempSubdirectory("bellhop-").FullName, "template.db");
            await using var db = Context("sqlite", file);
            await db.Database.MigrateAsync();
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)"); // the file alone is the database
            SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
            return file;
        });

        internal static readonly Lazy<Task<string>> Postgres = new(async () =>
        {
            var database = Fresh();
            await TestPostgres.Make(database);
            await using (var db = Context("postgres", database))
            {
                await db.Database.MigrateAsync();
                TestPostgres.Leave(db.Database.GetConnectionString()!);
            }

            return database;
        });

        internal static string Fresh() => $"bellhop_{Guid.NewGuid():N}";

        public async ValueTask DisposeAsync()
        {
            if (Sqlite is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            {
                Directory.Delete(Path.GetDirectoryName(await Sqlite.Value)!, recursive: true);
            }

            if (Postgres is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            {
                await TestPostgres.Drop(await Postgres.Value);
            }
        }
    }
}
