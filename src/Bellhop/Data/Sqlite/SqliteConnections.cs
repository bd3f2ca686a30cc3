using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace Bellhop.Data;

/// <summary>How the embedded database's file is opened: by those that write, and by those that only read.</summary>
public sealed partial class SqliteDb
{
    public override async Task<IAsyncDisposable> ReadMoment(CancellationToken cancel)
    {
        var transaction = await Database.BeginTransactionAsync(System.Data.IsolationLevel.ReadUncommitted, cancel); // the driver's word for a transaction that takes no writer's turn
        Strict.Run((SqliteConnection)Database.GetDbConnection(), Strict.ReaderCache);
        return new Moment(this, transaction);
    }

    private async Task<DbConnection> OpenReader(CancellationToken cancel)
    {
        var connection = new SqliteConnection(Database.GetConnectionString() + ";Pooling=False"); // never handed to a writer
        await connection.OpenAsync(cancel);
        Strict.Set(connection);
        Strict.Run(connection, Strict.ReaderCache);
        return connection;
    }

    /// <summary>A transaction that only reads, on a connection that may write again after it.</summary>
    private sealed class Moment(SqliteDb db, IDbContextTransaction transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            Strict.Run((SqliteConnection)db.Database.GetDbConnection(), Strict.WriterCache);
        }
    }

    /// <summary>Sets on every connection what must hold on every connection, once for each that the pool hands out again.</summary>
    private sealed class Strict : DbConnectionInterceptor
    {
        /// <summary>
        /// A writer keeps the pages of a save; a reader none to speak of: the file is mapped, and what lies beyond the map the system has.
        /// </summary>
        public const string WriterCache = "PRAGMA cache_size=-65536",
            ReaderCache = "PRAGMA cache_size=-2048";

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
                "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON; PRAGMA mmap_size=2147418112; PRAGMA temp_store=MEMORY; "
                    + WriterCache
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
