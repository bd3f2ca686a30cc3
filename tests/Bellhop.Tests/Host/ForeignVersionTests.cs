using System.Security.Cryptography;
using Bellhop.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Host;

public class ForeignVersionTests
{
    private const string Early = "20261122170133_Initial",
        Newer = "99990101000000_Later";

    /// <summary>Engine, migration in the database, what the line says.</summary>
    public static TheoryData<string, string, string> Databases =>
        new()
        {
            { "sqlite", Early, "export the guests as CSV" },
            { "sqlite", Newer, "newer Bellhop" },
            { "postgres", Early, "export the guests as CSV" },
            { "postgres", Newer, "newer Bellhop" },
        };

    [Theory, MemberData(nameof(Databases))]
    public async Task A_database_of_another_version_is_refused_in_one_line_and_stays_as_it_was(string engine, string migration, string says)
    {
        await using var database = await TestDatabase.CreateNew(engine);
        await Mark(database, migration);
        if (engine == "sqlite")
        {
            await WithoutLog(database); // as a restored backup is
        }

        var before = await State(database);

        var ended = await Start(database);

        ended.Code.ShouldBe(1);
        ended.Out.ShouldBeEmpty();
        ended.Error.ShouldContain(says);
        ended.Error.ShouldContain(migration);
        ended.Error.TrimEnd().ShouldNotContain('\n');
        (await State(database)).ShouldBe(before);
    }

    [Fact]
    public async Task A_refused_file_keeps_the_log_that_a_killed_server_left()
    {
        await using var database = await TestDatabase.CreateNew("sqlite");
        await using var killed = database.Open();
        // Is in the log, as long as this context lives.
        await killed.Database.ExecuteSqlAsync(
            $"""
            UPDATE "__EFMigrationsHistory" SET migration_id = {Early}
            WHERE migration_id = (SELECT min(migration_id) FROM "__EFMigrationsHistory")
            """
        );
        new FileInfo(database.File + "-wal").Length.ShouldBePositive();
        var before = await State(database);

        (await Start(database)).Error.ShouldContain(Early);

        (await State(database)).ShouldBe(before);
    }

    [Fact]
    public async Task A_backup_of_an_early_version_is_refused_in_the_same_words()
    {
        await using var database = await TestDatabase.CreateNew("sqlite");
        await Mark(database, Early);
        var before = await State(database);

        var ended = await BellhopProcess.Run(database.Folder, "restore", database.File, "--data", Path.Combine(database.Folder, "data"));

        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain("export the guests as CSV");
        (await State(database)).ShouldBe(before);
    }

    private static Task<BellhopProcess.Ended> Start(TestDatabase database)
    {
        Directory.CreateDirectory(database.Folder);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (database.Engine == "postgres")
        {
            environment["ConnectionStrings__Postgres"] = database.ConnectionString;
        }

        return BellhopProcess.Run(database.Folder, environment, ["serve", "--data", database.Folder, "--urls", "http://127.0.0.1:0"]);
    }

    private static async Task Mark(TestDatabase database, string migration)
    {
        await using var db = database.Open();
        await db.Database.ExecuteSqlAsync(
            migration == Newer
                ? $"INSERT INTO \"__EFMigrationsHistory\" VALUES ({migration}, '99.0.0')"
                : (FormattableString)
                    $"""
                    UPDATE "__EFMigrationsHistory" SET migration_id = {migration}
                    WHERE migration_id = (SELECT min(migration_id) FROM "__EFMigrationsHistory")
                    """
        );
        if (db is SqliteDb)
        {
            SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
        }
    }

    private static async Task WithoutLog(TestDatabase database)
    {
        await using var connection = new SqliteConnection($"Data Source={database.File};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=DELETE";
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Every file of the database with what is in it, or the server's catalogue with the history.</summary>
    private static async Task<string> State(TestDatabase database)
    {
        if (database.Engine == "sqlite")
        {
            // Locks stay when nothing runs; the shared memory beside a log is made anew by whoever reads.
            return string.Join(
                '\n',
                Directory
                    .GetFiles(database.Folder, "*", SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal)
                    .Where(f => !f.EndsWith(".lock", StringComparison.Ordinal) && !f.EndsWith("-shm", StringComparison.Ordinal))
                    .Select(f => $"{Path.GetFileName(f)} {Hash(f)}")
            );
        }

        await using var db = database.Open();
        return string.Join(
            '\n',
            await db
                .Database.SqlQuery<string>(
                    $"""
                    SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable AS "Value"
                    FROM information_schema.columns WHERE table_schema = 'public'
                    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
                    UNION ALL SELECT migration_id FROM "__EFMigrationsHistory"
                    UNION ALL SELECT relname || ' ' || n_live_tup FROM pg_stat_user_tables WHERE n_live_tup > 0
                        AND relname <> '__EFMigrationsHistory'
                    ORDER BY 1
                    """
                )
                .ToListAsync()
        );
    }

    private static string Hash(string file)
    {
        using var bytes = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return Convert.ToHexString(SHA256.HashData(bytes));
    }
}
