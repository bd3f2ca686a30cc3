#pragma warning disable EF1001 // what decides when a connection closes has no public name
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace Bellhop.Data;

/// <summary>The embedded database: one file and one writer at a time. Every commit is on disk before it is answered.</summary>
public sealed partial class SqliteDb(DbContextOptions<SqliteDb> options) : BellhopDb(options)
{
    private const int FewTexts = 8;

    // The context keeps its connection, and so its prepared statements, as long as it lives.
    private readonly Prepared _prepared = new();

    public override string Engine => "SQLite";

    public override BellhopDb Beside() => new SqliteDb((DbContextOptions<SqliteDb>)this.GetService<IDbContextOptions>()) { Host = Host };

    protected override int Shards => 1;

    /// <summary>Options for the database in <paramref name="file"/>; every connection is set to be durable and strict.</summary>
    public static DbContextOptions<SqliteDb> Options(string file) => Configure(new DbContextOptionsBuilder<SqliteDb>(), file).Options;

    internal static DbContextOptionsBuilder<SqliteDb> Configure(DbContextOptionsBuilder<SqliteDb> builder, string file)
    {
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            ForeignKeys = true,
            DefaultTimeout = 10,
            Pooling = true,
        };
        builder
            .UseSqlite(connection.ConnectionString)
            .AsBellhop()
            .AddInterceptors(Strict.Instance)
            .ReplaceService<ISqliteRelationalConnection, SqliteOpen>();
        return builder;
    }

    public override SqlDialect Dialect => SqliteDialect.Instance;

    public override async ValueTask<Statement> Write(string text, CancellationToken cancel) =>
        WithoutValues(await Take(text, writes: true, cancel));

    private protected override ValueTask<Statement> Take(string text, bool writes, CancellationToken cancel)
    {
        if (Database.CurrentTransaction is not { } transaction)
        {
            return writes
                ? throw new InvalidOperationException("Rows are written inside Save only.")
                : Host.Readers.Take(Database.GetConnectionString()!, text, OpenReader, cancel);
        }

        _turn?.DemandTransaction();
        var prepared = _turn?.Prepared ?? _prepared;
        var command = prepared.Take(text, Database.GetDbConnection());
        command.Transaction = transaction.GetDbTransaction();
        return ValueTask.FromResult(new Statement(command, () => prepared.Keep(command)));
    }

    private static Statement WithoutValues(Statement statement)
    {
        statement.Command.Parameters.Clear();
        return statement;
    }

    public override async Task ScrubDeleted(CancellationToken cancel)
    {
        for (var left = 25; left > 0; left--)
        {
            await using var command = await Sql("PRAGMA wal_checkpoint(TRUNCATE)", cancel);
            await using var row = await command.ExecuteReaderAsync(cancel);
            if (await row.ReadAsync(cancel) && row.GetInt32(0) == 0)
            {
                return;
            }

            await Task.Delay(200, cancel);
        }
    }

    /// <summary>Does nothing: there is only one writer at a time.</summary>
    protected override Task LockContactRow(int organizationId, Guid contactId, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Does nothing: there is only one writer at a time.</summary>
    public override Task LockBooking(int organizationId, Guid bookingId, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Does nothing: there is only one writer at a time.</summary>
    protected override Task LockSettings(int organizationId, bool alone, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Does nothing: SQLite has no time limit for statements, and walks the index of the order.</summary>
    internal override Task TakeTime(bool inOrder, CancellationToken cancel) => Task.CompletedTask;

    public override Task<List<Platform.Job>> DueJobs(DateTime now, int most, CancellationToken cancel) =>
        Jobs.Where(j => j.State == Platform.JobState.Queued && j.RunAt <= now && (j.LeasedUntil == null || j.LeasedUntil < now))
            .OrderBy(j => j.RunAt)
            .Take(most)
            .ToListAsync(cancel);

    protected override void ConfigureModel(ModelBuilder builder) { }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Guid>().HaveConversion<GuidBytes>();
        configurationBuilder.Properties<DateTime>().HaveConversion<UnixMilliseconds>();
    }

    /// <summary>Always true: only one process writes at a time, and it has its own list of running calls.</summary>
    internal override Task<bool> TryLock(long name, CancellationToken cancel) => Task.FromResult(true);

    internal override DatabaseFailure FailureOf(Exception error) =>
        error.GetBaseException() is not SqliteException sqlite
            ? DatabaseFailure.None
            : sqlite switch
            {
                // A full disk also gives these errors, when the shared memory or the log cannot grow.
                { SqliteErrorCode: raw.SQLITE_FULL } or { SqliteExtendedErrorCode: raw.SQLITE_IOERR_SHMSIZE or raw.SQLITE_IOERR_WRITE } =>
                    DatabaseFailure.Full,
                { SqliteErrorCode: raw.SQLITE_CANTOPEN or raw.SQLITE_IOERR } when Platform.DiskFailure.CannotOpen(Place) =>
                    DatabaseFailure.Full,
                { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_CANTOPEN or raw.SQLITE_IOERR } =>
                    DatabaseFailure.Away,
                _ => DatabaseFailure.None,
            };

    protected override bool LostRace(Exception error) =>
        error.GetBaseException()
            is SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED }
                or SqliteException { SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY };

    protected override async Task WriteSearch(CancellationToken cancel)
    {
        WriteMessageSearch();
        // For few texts the kept prepared statements are faster; for many texts, binding by position is.
        var many = SaveContext.Search.Count > FewTexts;
        if (many)
        {
            WriteNewSearch();
        }

        foreach (var ((organization, contact), (before, after)) in SaveContext.Search)
        {
            if (before is null)
            {
                if (after is not null && !many)
                {
                    await Change("INSERT INTO contact_search_rows (organization_id, contact_id) VALUES (@organization, @contact)", null);
                    await Change("INSERT INTO contact_search (rowid, text) VALUES (last_insert_rowid(), @text)", after, isOfContact: false);
                }

                continue; // one that came and went within the save has no text at all
            }

            // A contentless index can delete a text only if it gets exactly the text that was inserted.
            await Change(
                "INSERT INTO contact_search (contact_search, rowid, text) SELECT 'delete', id, @text FROM contact_search_rows "
                    + "WHERE organization_id = @organization AND contact_id = @contact",
                before
            );
            await (
                after is null
                    ? Change("DELETE FROM contact_search_rows WHERE organization_id = @organization AND contact_id = @contact", null)
                    : Change(
                        "INSERT INTO contact_search (rowid, text) SELECT id, @text FROM contact_search_rows "
                            + "WHERE organization_id = @organization AND contact_id = @contact",
                        after
                    )
            );

            async Task Change(string sql, string? text, bool isOfContact = true)
            {
                await using var statement = await Write(sql, cancel);
                if (isOfContact)
                {
                    statement.With("organization", organization).With("contact", Stored(contact));
                }

                if (text is not null)
                {
                    statement.With("text", text);
                }

                await statement.Command.ExecuteNonQueryAsync(cancel);
            }
        }
    }

    private void WriteNewSearch()
    {
        var connection = (SqliteConnection)Database.GetDbConnection();
        using var row = new SqliteFastInsert(connection, "INSERT INTO contact_search_rows (organization_id, contact_id) VALUES (?, ?)");
        using var index = new SqliteFastInsert(connection, "INSERT INTO contact_search (rowid, text) VALUES (last_insert_rowid(), ?)");
        foreach (var ((organization, contact), (_, text)) in SaveContext.Search.Where(s => s.Value is { Before: null, After: not null }))
        {
            row.Bind(0, organization);
            row.Bind(1, contact.ToByteArray(bigEndian: true));
            row.Run();
            index.Bind(0, text);
            index.Run();
        }
    }
}
