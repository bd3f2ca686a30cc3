using System.Data.Common;
using System.Text.Json;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Bellhop.Data;

/// <summary>The database that many processes can use at once.</summary>
public sealed partial class PostgresDb(DbContextOptions<PostgresDb> options) : BellhopDb(options)
{
    // The first half of the advisory lock's key. Any number will do that no other lock uses.
    private const int SettingsLockName = 0x42454C4C;

    public override string Engine => "PostgreSQL";

    public override BellhopDb Beside() =>
        new PostgresDb((DbContextOptions<PostgresDb>)this.GetService<IDbContextOptions>()) { Host = Host };

    protected override int Shards => 16;

    /// <summary>Options for the database behind <paramref name="connection"/>, an Npgsql connection string.</summary>
    public static DbContextOptions<PostgresDb> Options(string connection) =>
        Configure(new DbContextOptionsBuilder<PostgresDb>(), connection).Options;

    internal static DbContextOptionsBuilder<PostgresDb> Configure(DbContextOptionsBuilder<PostgresDb> builder, string connection)
    {
        builder.UseNpgsql(Connection(connection)).AsBellhop();
        return builder;
    }

    /// <summary>
    /// The given settings. Where they are silent, it adds prepared statements and limits for every wait.
    /// </summary>
    internal static string Connection(string given)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new(given);
        }
        catch (ArgumentException error)
        {
            throw new OperatorProblem($"ConnectionStrings:Postgres cannot be read: {error.Message}", error);
        }

        if (!settings.ShouldSerialize("Max Auto Prepare"))
        {
            settings.MaxAutoPrepare = 100;
            settings.AutoPrepareMinUsages = 2;
        }

        if (!settings.ShouldSerialize("No Reset On Close"))
        {
            settings.NoResetOnClose = true; // nothing here leaves a session changed, and a reset costs as much as a query
        }

        // Every search reads the whole list of words that are not yet in the search index, so the list gets the smallest size, 64 kB.
        // Starting helpers for a query takes tens of milliseconds, so only one that would take seconds gets any.
        settings.Options ??=
            "-c synchronous_commit=on -c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000 "
            + "-c jit=off -c parallel_setup_cost=100000 -c gin_pending_list_limit=64";
        return settings.ConnectionString;
    }

    public override SqlDialect Dialect => PostgresDialect.Instance;

    protected override async Task LockContactRow(int organizationId, Guid contactId, CancellationToken cancel)
    {
        // Not FOR UPDATE: other saves may still add rows that refer to this contact (touches, pairs).
        await using var command = await Sql(
            "SELECT 1 FROM contacts WHERE organization_id = @organization AND id = @contact FOR NO KEY UPDATE",
            cancel
        );
        command.With("organization", organizationId).With("contact", contactId);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public override async Task LockBooking(int organizationId, Guid bookingId, CancellationToken cancel)
    {
        await using var command = await Sql(
            "SELECT 1 FROM bookings WHERE organization_id = @organization AND id = @booking FOR NO KEY UPDATE",
            cancel
        );
        command.With("organization", organizationId).With("booking", bookingId);
        await command.ExecuteNonQueryAsync(cancel);
    }

    protected override async Task LockSettings(int organizationId, bool alone, CancellationToken cancel)
    {
        await using var command = await Sql(
            alone ? "SELECT pg_advisory_xact_lock(@what, @organization)" : "SELECT pg_advisory_xact_lock_shared(@what, @organization)",
            cancel
        );
        command.With("what", SettingsLockName).With("organization", organizationId);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public override async Task<IAsyncDisposable> ReadMoment(CancellationToken cancel) =>
        await Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);

    internal override async Task TakeTime(bool inOrder, CancellationToken cancel)
    {
        await using var command = await Sql(
            inOrder ? "SET LOCAL statement_timeout = 0; SET LOCAL enable_sort = off" : "SET LOCAL statement_timeout = 0",
            cancel
        );
        await command.ExecuteNonQueryAsync(cancel);
    }

    public override Task<List<Platform.Job>> DueJobs(DateTime now, int most, CancellationToken cancel) =>
        Jobs.FromSql(
                $"""
                SELECT * FROM jobs WHERE state = 'Queued' AND run_at <= {now} AND (leased_until IS NULL OR leased_until < {now})
                ORDER BY run_at LIMIT {most} FOR UPDATE SKIP LOCKED
                """
            )
            .ToListAsync(cancel);

    protected override void ConfigureModel(ModelBuilder builder)
    {
        // Texts are ordered and compared by bytes, so that every machine and SQLite give the same result.
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()).Where(p => p.ClrType == typeof(string)))
        {
            property.SetCollation("C");
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<Utc>();
    }

    internal override async Task<bool> TryLock(long name, CancellationToken cancel)
    {
        await using var command = await Sql("SELECT pg_try_advisory_xact_lock(@name)", cancel);
        command.With("name", name);
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    internal override DatabaseFailure FailureOf(Exception error)
    {
        if (Platform.DiskFailure.IsFull(error))
        {
            return DatabaseFailure.Full; // no handle left to reach it by
        }

        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case PostgresException { SqlState: PostgresErrorCodes.DiskFull }:
                    return DatabaseFailure.Full;
                case PostgresException { IsTransient: true }
                or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable }:
                case NpgsqlException and not PostgresException:
                    return DatabaseFailure.Away;
            }
        }

        return DatabaseFailure.None;
    }

    protected override bool LostRace(Exception error) =>
        error.GetBaseException()
            is PostgresException
            {
                SqlState: PostgresErrorCodes.UniqueViolation
                    or PostgresErrorCodes.DeadlockDetected
                    or PostgresErrorCodes.SerializationFailure
                    or PostgresErrorCodes.ForeignKeyViolation,
            };

    /// <summary>Always empty: PostgreSQL keeps the index itself.</summary>
    public override Task<IReadOnlyList<Guid>> Strayed(
        int organizationId,
        Guid after,
        Guid to,
        IReadOnlyDictionary<Guid, string> texts,
        CancellationToken cancel
    ) => Task.FromResult<IReadOnlyList<Guid>>([]);

    /// <summary>Does nothing: PostgreSQL updates the index with the contacts' rows.</summary>
    public override Task RebuildSearch(CancellationToken cancel) => Task.CompletedTask;

    private protected override async Task<SaveTransaction> BeginSave(bool alone, CancellationToken cancel) =>
        new Saving(await Database.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, cancel));

    /// <summary>Runs all statements in one round trip, if no two are of the same kind.</summary>
    private protected override async Task RunLast(IReadOnlyList<LastWrite> writes, CancellationToken cancel)
    {
        if (writes.DistinctBy(w => w.Kind).Count() < writes.Count)
        {
            await base.RunLast(writes, cancel);
        }
        else if (writes.Count > 0)
        {
            await using var command = await Sql(string.Join(";\n", writes.Select(w => w.Text)), cancel);
            foreach (var write in writes)
            {
                write.Fill(command);
            }

            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private protected override IEnumerable<LastWrite> TellOthers(IReadOnlyList<Changed> changes)
    {
        if (changes.Count > 0)
        {
            var notices = changes.Select(c => JsonSerializer.Serialize(new Notice(Host.Process, c.OrganizationId, c.Kind, c.Id))).ToArray();
            yield return new("notices", "SELECT pg_notify('bellhop', what) FROM unnest(@notices) AS what", c => c.With("notices", notices));
        }
    }

    private sealed class Saving(IDbContextTransaction transaction) : SaveTransaction
    {
        public override async Task Commit()
        {
            await using (transaction)
            {
                await transaction.CommitAsync(CancellationToken.None);
            }
        }

        public override async Task Undo(Exception why) => await transaction.DisposeAsync();
    }
}
