using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace Bellhop.Data;

/// <summary>How the embedded database's file is opened for writing and for reading.</summary>
public sealed partial class SqliteDb
{
    public override async Task<IAsyncDisposable> ReadMoment(CancellationToken cancel)
    {
        var moment = new Moment(Database);
        try
        {
            await moment.Begin(cancel);
            return moment;
        }
        catch
        {
            await moment.DisposeAsync();
            throw;
        }
    }

    private sealed class Moment(DatabaseFacade database) : IAsyncDisposable
    {
        private IDbContextTransaction? _transaction;
        private bool _isOpen;

        public async Task Begin(CancellationToken cancel)
        {
            await database.OpenConnectionAsync(cancel);
            _isOpen = true;
            Strict.Run((SqliteConnection)database.GetDbConnection(), Strict.Mapped);
            // With this level the driver begins a transaction that does not wait for the writer's turn.
            _transaction = await database.BeginTransactionAsync(System.Data.IsolationLevel.ReadUncommitted, cancel);
        }

        public async ValueTask DisposeAsync()
        {
            if (_transaction is not null)
            {
                await _transaction.DisposeAsync();
            }

            if (_isOpen)
            {
                Strict.Run((SqliteConnection)database.GetDbConnection(), Strict.Unmapped);
                await database.CloseConnectionAsync();
            }
        }
    }

    private Task<DbConnection> OpenReader(CancellationToken cancel) =>
        Task.FromResult<DbConnection>(OpenUnpooled(Database.GetConnectionString() + ";Pooling=False"));

    /// <summary>Opens a connection that no pool hands to a writer.</summary>
    internal static SqliteConnection OpenUnpooled(string unpooled)
    {
        var connection = new SqliteConnection(unpooled);
        connection.Open();
        Strict.Set(connection);
        return connection;
    }

    /// <summary>Maps the file for a reader that begins to be used, or gives the mapping of one that rests back to the system.</summary>
    internal static void Map(DbConnection reader, bool isUsed) =>
        Strict.Run((SqliteConnection)reader, isUsed ? Strict.Mapped : Strict.Unmapped);

    /// <summary>Sets the required options on every connection, once for each underlying connection of the pool.</summary>
    private sealed class Strict : DbConnectionInterceptor
    {
        /// <summary>
        /// The writer caches the pages of its saves, and its commits copy no log (<see cref="SqliteLog"/>). Other connections cache
        /// little. Those that ask hand-written questions, or read all guests, read the file through a mapping, which makes questions over
        /// all guests twice as quick. The system counts the pages of each mapping as memory of this process, so no connection has one
        /// without use.
        /// </summary>
        public const string ForWriter = "PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=0",
            ReaderCache = "PRAGMA cache_size=-2048",
            Mapped = "PRAGMA mmap_size=2147418112",
            Unmapped = "PRAGMA mmap_size=0";

        public static readonly Strict Instance = new();
        private static readonly ConditionalWeakTable<sqlite3, object> Done = [];

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
            Set((SqliteConnection)connection);

        public override Task ConnectionOpenedAsync(
            DbConnection connection,
            ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            Set((SqliteConnection)connection);
            return Task.CompletedTask;
        }

        public static void Set(SqliteConnection connection)
        {
            if (connection.Handle is not { } handle || !Done.TryAdd(handle, Instance))
            {
                return;
            }

            Run(
                connection,
                "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF; "
                    + "PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; "
                    + $"{Unmapped}; {ReaderCache}"
            );
        }

        public static void Run(SqliteConnection connection, string pragmas)
        {
            using var command = connection.CreateCommand();
            command.CommandText = pragmas;
            command.ExecuteNonQuery();
        }
    }
}
