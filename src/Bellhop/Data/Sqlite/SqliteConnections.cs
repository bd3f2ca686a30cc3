using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace Bellhop.Data;

/// <summary>How the embedded database's file is opened for writing and for reading.</summary>
public sealed partial class SqliteDb
{
    public override async Task<IAsyncDisposable> ReadMoment(CancellationToken cancel)
    {
        // With this level the driver begins a transaction that does not wait for the writer's turn.
        return await Database.BeginTransactionAsync(System.Data.IsolationLevel.ReadUncommitted, cancel);
    }

    private async Task<DbConnection> OpenReader(CancellationToken cancel)
    {
        var connection = new SqliteConnection(Database.GetConnectionString() + ";Pooling=False"); // never handed to a writer
        await connection.OpenAsync(cancel);
        Strict.Set(connection);
        return connection;
    }

    /// <summary>Sets the required options on every connection, once for each underlying connection of the pool.</summary>
    private sealed class Strict : DbConnectionInterceptor
    {
        /// <summary>
        /// The writer caches the pages of its saves. Other connections cache little: they read the file through a mapping. That makes
        /// questions over all guests twice as quick. The system counts each mapping as memory of this process.
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
                "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF; "
                    + "PRAGMA secure_delete=ON; PRAGMA mmap_size=2147418112; PRAGMA temp_store=MEMORY; "
                    + ReaderCache
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
