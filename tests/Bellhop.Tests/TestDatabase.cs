using Bellhop.Data;
using Bellhop.Tests;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests;

/// <summary>
/// A migrated, empty database: a SQLite file of its own, or a PostgreSQL database that earlier tests may have used and that was emptied
/// after them.
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
    private readonly bool _handedOn;
    private readonly DbHost _host;

    private TestDatabase(string engine, string name, TimeProvider? clock, bool handedOn)
    {
        Engine = engine;
        _name = name;
        _handedOn = handedOn;
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

    /// <summary>What the server calls it, or the file.</summary>
    internal string Name => _name;

    /// <summary>The database's file, in a folder of its own; only of SQLite.</summary>
    public string File => Engine == "sqlite" ? _name : throw new InvalidOperationException("PostgreSQL has no file.");

    /// <summary>The database's connection string; only of PostgreSQL.</summary>
    public string ConnectionString =>
        Engine == "postgres" ? TestPostgres.ConnectionString(_name) : throw new InvalidOperationException("SQLite has a file.");

    /// <summary>A database for a test that leaves the schema as it is.</summary>
    public static Task<TestDatabase> Create(string engine, TimeProvider? clock = null) => Create(engine, clock, handedOn: true);

    /// <summary>A database that no other test has: for a test that changes the schema, or lets other processes use it.</summary>
    public static Task<TestDatabase> CreateNew(string engine, TimeProvider? clock = null) => Create(engine, clock, handedOn: false);

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
        if (Engine == "sqlite")
        {
            await using (var db = Open())
            {
                SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
            }
        }
        else if (_handedOn)
        {
            await TestPostgres.HandOn(_name);
        }
        else
        {
            await TestPostgres.Drop(_name);
        }

        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        _host.Dispose();
    }

    internal static BellhopDb Context(string engine, string name) =>
        engine == "sqlite" ? new SqliteDb(SqliteDb.Options(name)) : new PostgresDb(PostgresDb.Options(TestPostgres.ConnectionString(name)));

    private static async Task<TestDatabase> Create(string engine, TimeProvider? clock, bool handedOn)
    {
        switch (engine)
        {
            case "sqlite":
                var template = await Templates.Sqlite.Value;
                var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(template)!, Guid.NewGuid().ToString("N")));
                var file = Path.Combine(folder.FullName, "bellhop.db");
                System.IO.File.Copy(template, file);
                return new(engine, file, clock, handedOn);
            case "postgres":
                return new(engine, handedOn ? await TestPostgres.Take() : await TestPostgres.New(), clock, handedOn);
            default:
                throw new ArgumentOutOfRangeException(nameof(engine), engine, "There is no such engine.");
        }
    }
}
