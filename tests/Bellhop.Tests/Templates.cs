using Bellhop.Tests;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

[assembly: AssemblyFixture(typeof(Templates))]

namespace Bellhop.Tests;

/// <summary>
/// What tests share for as long as the run lasts: a migrated database of each engine to copy, and what was handed on. All of it is gone
/// when the last test has run.
/// </summary>
public sealed class Templates : IAsyncDisposable
{
    internal static readonly Lazy<Task<string>> Sqlite = new(async () =>
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("bellhop-").FullName, "template.db");
        await using var db = TestDatabase.Context("sqlite", file);
        await db.Database.MigrateAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)"); // the file alone is the database
        SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
        return file;
    });

    internal static readonly Lazy<Task<string>> Postgres = new(async () =>
    {
        var database = TestPostgres.FreshName();
        await TestPostgres.Make(database);
        await using (var db = TestDatabase.Context("postgres", database))
        {
            await db.Database.MigrateAsync();
        }

        TestPostgres.Leave(database);
        return database;
    });

    public async ValueTask DisposeAsync()
    {
        await RunningApp.StopAll();
        await TestPostgres.DropAll();
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
