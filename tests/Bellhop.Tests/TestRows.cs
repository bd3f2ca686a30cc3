using Microsoft.Data.Sqlite;

namespace Bellhop.Tests;

/// <summary>
/// Empties a database between two tests. The schema, the list of applied migrations and the keys by which a running app protects its
/// cookies stay. The numbers of organisations go on counting, so that what an app remembers of one is never taken for a later one.
/// </summary>
internal static class TestRows
{
    private static readonly string[] Stay = ["__EFMigrationsHistory", "data_protection_keys"];

    private static readonly string StayList = string.Join(", ", Stay.Select(t => $"'{t}'"));

    /// <summary>One statement: without the checks of foreign keys, so that the order of the tables does not matter.</summary>
    public static string DeleteOnPostgres { get; } =
        $"""
            DO $$
            DECLARE tab text;
            BEGIN
              SET LOCAL session_replication_role = replica;
              SET LOCAL lock_timeout = '5s';
              FOR tab IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ({StayList}) LOOP
                EXECUTE format('DELETE FROM %I', tab);
              END LOOP;
            END $$
            """;

    /// <summary>Deletes every row of a SQLite file that a running app may have open.</summary>
    public static async Task DeleteOnSqlite(string file)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            ForeignKeys = false,
            Pooling = false,
            DefaultTimeout = 10,
        };
        await using var connection = new SqliteConnection(settings.ConnectionString);
        await connection.OpenAsync();
        var tables = new List<string>();
        // A search index is a virtual table and has tables of its own, which only it may write.
        await using (
            var list = Command(
                $"""
                SELECT name FROM sqlite_schema
                WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ({StayList})
                  AND (name LIKE '%_search_rows' OR (name NOT LIKE 'contact_search%' AND name NOT LIKE 'message_search%'))
                """
            )
        )
        await using (var row = await list.ExecuteReaderAsync())
        {
            while (await row.ReadAsync())
            {
                tables.Add(row.GetString(0));
            }
        }

        var deletes = string.Concat(tables.Select(t => $"DELETE FROM \"{t}\"; "));
        const string Index =
            "INSERT INTO contact_search (contact_search) VALUES ('delete-all'); "
            + "INSERT INTO message_search (message_search) VALUES ('delete-all')";
        await using var all = Command($"BEGIN IMMEDIATE; {deletes} {Index}; COMMIT");
        await all.ExecuteNonQueryAsync();

        SqliteCommand Command(string text)
        {
            var command = connection.CreateCommand();
            command.CommandText = text;
            return command;
        }
    }
}
