using System.Runtime.CompilerServices;
using Bellhop.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Data;

/// <summary>
/// The embedded database as a file: one server holds it, a migration copies it first, and a backup can run while it is used.
/// </summary>
public sealed partial class SqliteDb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private string Place => Path.GetFullPath(Database.GetDbConnection().DataSource);

    public override IDisposable HoldToServe()
    {
        MakeFolder(Path.GetDirectoryName(Place)!);
        var held =
            Lock("bellhop.lock")
            ?? throw new OperatorProblem(
                $"Another Bellhop serves {Place} already. Stop it first, or give this one its own folder with --data."
            );
        Host.Serves = true;
        return held;
    }

    public override async Task Migrate(bool held, CancellationToken cancel)
    {
        MakeFolder(Path.GetDirectoryName(Place)!);
        using var alone = await WaitForLock("bellhop.migrating.lock", cancel);
        var applied = File.Exists(Place) ? await Applied(Place, cancel) : [];
        DemandKnown(applied);
        if (applied.Count == Database.GetMigrations().Count())
        {
            MakePrivate();
            return;
        }

        using var server =
            held || applied.Count == 0
                ? null
                : Lock("bellhop.lock")
                    ?? throw new OperatorProblem(
                        $"A running Bellhop of an older version serves {Place}. Stop it, start this version, then try again."
                    );
        if (applied.Count > 0)
        {
            await CopyTo(Aside("before-" + applied[^1]), cancel);

            // A process that is killed during a migration leaves EF's lock row, and the next process would wait for it for ever. Our own
            // lock, taken above, is enough.
            await Database.ExecuteSqlAsync($"DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancel);
        }

        await Database.MigrateAsync(cancel);
        MakePrivate();
    }

    /// <summary>
    /// Lets only the owner read the database and the engine's files beside it, whatever the folder allows. The engine gives new files
    /// beside the database the same rights.
    /// </summary>
    private void MakePrivate()
    {
        foreach (var file in new[] { Place, Place + "-wal", Place + "-shm" }.Where(File.Exists))
        {
            OnlyOwner(file);
        }
    }

    public override async Task Backup(string file, CancellationToken cancel)
    {
        var target = Path.GetFullPath(file);
        if (!File.Exists(Place))
        {
            throw new OperatorProblem($"There is no database at {Place} yet; --data says where it is.");
        }

        if (File.Exists(target))
        {
            throw new OperatorProblem($"{target} exists already; a backup never overwrites. Name another file.");
        }

        MakeFolder(Path.GetDirectoryName(target)!);
        await CopyTo(target, cancel);
    }

    public override async Task<string?> Restore(string file, CancellationToken cancel)
    {
        var source = Path.GetFullPath(file);
        if (!File.Exists(source))
        {
            throw new OperatorProblem($"There is no file {source}.");
        }

        using var server = HoldToServe();
        using var alone = await WaitForLock("bellhop.migrating.lock", cancel);
        if (source == Place)
        {
            throw new OperatorProblem("That is the live database itself, not a backup of it.");
        }

        await Demand(source, cancel);
        var incoming = Place + ".restoring";
        File.Delete(incoming);
        await CopyTo(source, incoming, cancel);
        string? aside = null;
        if (File.Exists(Place))
        {
            await ScrubDeleted(cancel); // everything in the one file
            await Writer.Close();
            await Database.CloseConnectionAsync();
            SqliteConnection.ClearAllPools();
            aside = Aside("before-restore");
            File.Move(Place, aside);
            File.Delete(Place + "-wal");
            File.Delete(Place + "-shm");
        }

        File.Move(incoming, Place);
        return aside;
    }

    public override async IAsyncEnumerable<Changed> FromOthers([EnumeratorCancellation] CancellationToken cancel)
    {
        // This connection never writes. Its data_version changes when any other connection commits, also one of this process. The mark
        // changes only when another process commits.
        var (last, mark) = (await Number("PRAGMA data_version", cancel), await Number("PRAGMA user_version", cancel));
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1), Host.Clock);
        while (await tick.WaitForNextTickAsync(cancel))
        {
            var now = await Number("PRAGMA data_version", cancel);
            if (now == last)
            {
                continue;
            }

            last = now;
            var marked = await Number("PRAGMA user_version", cancel);
            if (marked != mark)
            {
                mark = marked;
                yield return Changed.Anything;
            }
        }
    }

    /// <summary>
    /// A process that does not serve changes a mark in the file's header. So the serving process can tell other processes' commits from its
    /// own.
    /// </summary>
    protected override async Task MarkCommit(CancellationToken cancel)
    {
        if (!Host.Serves)
        {
            // A pragma takes no parameters; the number comes from our own code.
            var next = (await Number("PRAGMA user_version", cancel) + 1) & int.MaxValue;
            await using var command = await Sql(
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA user_version = {next}"),
                cancel
            );
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private async Task<long> Number(string pragma, CancellationToken cancel)
    {
        await using var command = await Sql(pragma, cancel);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Refuses a file that is not a whole Bellhop database that this version can read.</summary>
    private async Task Demand(string backup, CancellationToken cancel)
    {
        try
        {
            var applied = await Applied(backup, cancel);
            if (applied.Count == 0)
            {
                throw new OperatorProblem($"{backup} is no Bellhop database.");
            }

            DemandKnown(applied);
            await Check(backup, cancel);
        }
        catch (SqliteException error)
        {
            throw new OperatorProblem($"{backup} is no Bellhop database, or is damaged: {error.Message}", error);
        }
    }

    /// <summary>The migrations that a file has had.</summary>
    private static async Task<List<string>> Applied(string file, CancellationToken cancel)
    {
        await using var reader = new SqliteDb(
            new DbContextOptionsBuilder<SqliteDb>().UseSqlite(Untouched(file)).UseSnakeCaseNamingConvention().Options
        );
        return (await reader.Database.GetAppliedMigrationsAsync(cancel)).ToList();
    }

    /// <summary>
    /// A connection string that reads a file without changing any byte of it, and without making a log file.
    /// </summary>
    private static string Untouched(string file)
    {
        // Without a log file the database file is complete. If there is a log file, it is read too and stays.
        var source = File.Exists(file + "-wal") ? file : new Uri(file).AbsoluteUri + "?immutable=1";
        return new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ConnectionString;
    }

    private Task CopyTo(string target, CancellationToken cancel) => CopyTo(Place, target, cancel);

    /// <summary>
    /// Makes a consistent copy of a database that may be in use. The copy gets its name only after it is checked and on disk.
    /// </summary>
    private static async Task CopyTo(string source, string target, CancellationToken cancel)
    {
        var partial = target + ".partial";
        File.Delete(partial);
        try
        {
            await using (
                var from = new SqliteConnection(
                    new SqliteConnectionStringBuilder
                    {
                        DataSource = source,
                        Mode = SqliteOpenMode.ReadWrite,
                        Pooling = false,
                    }.ConnectionString
                )
            )
            await using (
                var to = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = partial, Pooling = false }.ConnectionString)
            )
            {
                await from.OpenAsync(cancel);
                await to.OpenAsync(cancel);
                from.BackupDatabase(to);
                await Execute(to, "PRAGMA journal_mode=DELETE", cancel); // one file, with no log beside it
            }

            await Check(partial, cancel);
            await using (var bytes = new FileStream(partial, FileMode.Open, FileAccess.ReadWrite))
            {
                bytes.Flush(flushToDisk: true);
            }

            OnlyOwner(partial);
            File.Move(partial, target);
        }
        catch (SqliteException error)
        {
            throw new OperatorProblem($"The copy to {target} failed: {error.Message}", error);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task Check(string file, CancellationToken cancel)
    {
        await using var connection = new SqliteConnection(Untouched(file));
        await connection.OpenAsync(cancel);
        if (await Execute(connection, "PRAGMA integrity_check", cancel) is not "ok")
        {
            throw new OperatorProblem($"{file} is damaged: its integrity check failed.");
        }
    }

    private static async Task<object?> Execute(SqliteConnection connection, string constant, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = constant;
        return await command.ExecuteScalarAsync(cancel);
    }

    private string Aside(string why) =>
        Path.Combine(Path.GetDirectoryName(Place)!, $"{Path.GetFileNameWithoutExtension(Place)}-{why}-{Now:yyyyMMddHHmmssfff}.db");
}
