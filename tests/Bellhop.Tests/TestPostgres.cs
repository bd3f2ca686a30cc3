using System.Collections.Concurrent;
using Bellhop.Data;
using Npgsql;

namespace Bellhop.Tests;

/// <summary>The PostgreSQL server that the tests may use: eng/check and eng/test start one and name it in BELLHOP_TEST_POSTGRES.</summary>
public static class TestPostgres
{
    private const string Variable = "BELLHOP_TEST_POSTGRES";

    /// <summary>A database that has grown by more bytes is dropped: what deleted rows leave behind would slow the next tests.</summary>
    private const long GrowthMost = 16 * 1024 * 1024;

    private static readonly string? Server = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    private static readonly ConcurrentBag<string> Empty = [];

    private static readonly Lazy<Task<long>> SizeOfNew = new(async () => await Size(await Templates.Postgres.Value));

    /// <summary>Skips the running test, and says why, where there is no server.</summary>
    public static void Demand() => Assert.SkipWhen(Server is null, $"{Variable} names no PostgreSQL server; eng/test starts one.");

    /// <summary>The connection string of one database on the server.</summary>
    public static string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(Server)
        {
            Database = database,
            MaxPoolSize = 50,
            ConnectionIdleLifetime = 10,
            ConnectionPruningInterval = 5,
        }.ConnectionString;

    /// <summary>Makes a database: empty, or a copy of <paramref name="template"/>, which nobody may be connected to.</summary>
    public static Task Make(string database, string? template = null) =>
        Command("postgres", $"CREATE DATABASE {database}" + (template is null ? "" : $" TEMPLATE {template} STRATEGY file_copy"));

    /// <summary>Drops a database, whoever is connected to it.</summary>
    public static async Task Drop(string database)
    {
        Leave(database);
        await Command("postgres", $"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
    }

    /// <summary>Closes this process's idle connections to a database: those made here, and those that the product's options make.</summary>
    public static void Leave(string database)
    {
        foreach (var text in new[] { ConnectionString(database), PostgresDb.Connection(ConnectionString(database)) })
        {
            using var connection = new NpgsqlConnection(text);
            NpgsqlConnection.ClearPool(connection);
        }
    }

    internal static string FreshName() => $"bellhop_{Guid.NewGuid():N}";

    /// <summary>A migrated, empty database: one that a test has handed on, else a new one.</summary>
    internal static async Task<string> Take()
    {
        Demand();
        return Empty.TryTake(out var database) ? database : await New();
    }

    /// <summary>A new migrated database.</summary>
    internal static async Task<string> New()
    {
        Demand();
        var database = FreshName();
        await Make(database, await Templates.Postgres.Value);
        return database;
    }

    /// <summary>Empties a database that a test is done with and keeps it for the next one; drops it where that cannot be.</summary>
    internal static async Task HandOn(string database)
    {
        Leave(database); // a test may have set something on a connection
        if (await TryEmpty(database))
        {
            Empty.Add(database);
        }
        else
        {
            await Drop(database);
        }
    }

    /// <summary>Deletes every row a test may have written.</summary>
    /// <returns>False where something still holds on to them, or where the database has grown too large.</returns>
    internal static async Task<bool> TryEmpty(string database)
    {
        try
        {
            await Command(database, TestRows.DeleteOnPostgres);
            return await Size(database) - await SizeOfNew.Value < GrowthMost;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>Drops what was handed on.</summary>
    internal static async Task DropAll()
    {
        while (Empty.TryTake(out var database))
        {
            await Drop(database);
        }
    }

    private static async Task<long> Size(string database)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT pg_database_size(@database)", connection);
        command.Parameters.AddWithValue("database", database);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Command(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
