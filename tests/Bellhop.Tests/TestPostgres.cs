using Npgsql;

namespace Bellhop.Tests;

/// <summary>The PostgreSQL server that the tests may use: eng/check and eng/test start one and name it in BELLHOP_TEST_POSTGRES.</summary>
public static class TestPostgres
{
    private const string Variable = "BELLHOP_TEST_POSTGRES";

    private static readonly string? Server = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

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
        Command(template is null ? $"CREATE DATABASE {database}" : $"CREATE DATABASE {database} TEMPLATE {template}");

    /// <summary>Drops a database, whoever is connected to it.</summary>
    public static async Task Drop(string database)
    {
        Leave(ConnectionString(database));
        await Command($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
    }

    /// <summary>Closes this process's idle connections behind a connection string.</summary>
    public static void Leave(string connectionString)
    {
        using var connection = new NpgsqlConnection(connectionString);
        NpgsqlConnection.ClearPool(connection);
    }

    private static async Task Command(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
