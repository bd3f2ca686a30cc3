using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Bellhop.Data;

/// <summary>The database as a server that many processes share.</summary>
public sealed partial class PostgresDb
{
    /// <summary>Always null: any number of processes may serve the database.</summary>
    public override IDisposable? HoldToServe() => null;

    /// <summary>Two processes that start at once take turns, because the migration locks the history table.</summary>
    public override async Task Migrate(bool held, CancellationToken cancel)
    {
        var applied = (await Database.GetAppliedMigrationsAsync(cancel)).ToList();
        DemandKnown(applied);
        if (applied.Count == 0)
        {
            await Database.MigrateAsync(cancel); // makes the database too, where there is none
        }
        else if (applied.Count != Database.GetMigrations().Count())
        {
            await AsLongAsItTakes(() => Database.MigrateAsync(cancel), cancel);
        }
    }

    // Who does not own the table is warned by PostgreSQL, and nothing is done: it does it by itself, later.
    internal override Task Vacuum<T>(CancellationToken cancel)
    {
        var table = BulkInsertTable.Of(Model.FindEntityType(typeof(T))!).Name;
        return AsLongAsItTakes(
            async () =>
            {
                await using var command = await Sql($"VACUUM (ANALYZE, SKIP_LOCKED) {table}", cancel);
                command.CommandTimeout = 0;
                await command.ExecuteNonQueryAsync(cancel);
            },
            cancel
        );
    }

    /// <summary>
    /// Removes the session's time limit, because an index or a vacuum over a million rows takes longer than a page may.
    /// </summary>
    private async Task AsLongAsItTakes(Func<Task> what, CancellationToken cancel)
    {
        await Database.OpenConnectionAsync(cancel);
        await Database.ExecuteSqlAsync($"SET statement_timeout = 0", cancel);
        Database.SetCommandTimeout(TimeSpan.FromDays(1));
        try
        {
            await what();
        }
        finally
        {
            Database.SetCommandTimeout((int?)null);
            if (Database.GetDbConnection().State == System.Data.ConnectionState.Open)
            {
                await Database.ExecuteSqlAsync($"RESET statement_timeout", CancellationToken.None);
            }

            await Database.CloseConnectionAsync();
        }
    }

    public override Task Backup(string file, CancellationToken cancel) =>
        throw new OperatorProblem(
            $"This Bellhop is on PostgreSQL: back it up with `pg_dump --format=custom --file={file} …`, which is consistent while it runs."
        );

    public override Task<string?> Restore(string file, CancellationToken cancel) =>
        throw new OperatorProblem(
            $"This Bellhop is on PostgreSQL: stop it and restore with `pg_restore --clean --if-exists --dbname=… {file}`."
        );

    public override async IAsyncEnumerable<Changed> FromOthers([EnumeratorCancellation] CancellationToken cancel)
    {
        await Database.OpenConnectionAsync(cancel);
        var connection = (NpgsqlConnection)Database.GetDbConnection();
        var heard = Channel.CreateBounded<Changed>(new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.DropOldest });
        connection.Notification += (_, notice) => Hear(notice.Payload, heard.Writer);
        await using (var listen = connection.CreateCommand())
        {
            listen.CommandText = "LISTEN bellhop";
            await listen.ExecuteNonQueryAsync(cancel);
        }

        while (true)
        {
            if (!await connection.WaitAsync(TimeSpan.FromSeconds(30), cancel))
            {
                await using var alive = connection.CreateCommand(); // a connection that died in silence is found out
                alive.CommandText = "SELECT 1";
                await alive.ExecuteNonQueryAsync(cancel);
            }

            while (heard.Reader.TryRead(out var changed))
            {
                yield return changed;
            }
        }
    }

    private void Hear(string payload, ChannelWriter<Changed> heard)
    {
        try
        {
            if (JsonSerializer.Deserialize<Notice>(payload) is { } notice && notice.Process != Host.Process)
            {
                heard.TryWrite(new(notice.OrganizationId, notice.Kind, notice.Id));
            }
        }
        catch (JsonException)
        {
            heard.TryWrite(Changed.Anything); // another version's words
        }
    }

    /// <summary>The notice that other processes get through the database. It holds no values.</summary>
    private sealed record Notice(Guid Process, int OrganizationId, string Kind, Guid? Id);
}
