using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Bellhop.Data;

/// <summary>
/// Copies the pages of an embedded database's log into its file, while saves go on. SQLite alone would do this inside a commit, every
/// thousand pages, and all saves would wait for it.
/// </summary>
internal sealed class SqliteLog
{
    /// <summary>The number of pages after which the log is copied.</summary>
    private const int Many = 4000;

    private int _pages;
    private Task _copying = Task.CompletedTask;

    /// <summary>Call this in the turn, after a commit. Begins to copy if there is enough to copy.</summary>
    /// <param name="writer">The connection that wrote.</param>
    /// <param name="rest">Gets a turn, and copies in it what saves wrote in the meantime. Only then can the log begin anew.</param>
    public void Committed(SqliteConnection writer, Func<Task> rest)
    {
        raw.sqlite3_db_status(writer.Handle!, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        _pages += pages;
        if (_pages >= Many && _copying.IsCompleted)
        {
            _pages = 0; // if it fails, the next many pages bring the next try
            var file = writer.ConnectionString;
            _copying = Task.Run(() => CopyBeside(file));
            _ = Finish(_copying, rest);
        }
    }

    /// <summary>Ends when no connection of this class is open.</summary>
    public Task Rest() => _copying;

    /// <summary>Copies what no reader needs in the log. Does nothing if another connection copies at this time.</summary>
    public static void Copy(SqliteConnection connection) =>
        raw.sqlite3_wal_checkpoint_v2(connection.Handle!, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);

    private static async Task Finish(Task copying, Func<Task> rest)
    {
        await copying;
        await rest();
    }

    private static void CopyBeside(string file)
    {
        try
        {
            using var connection = SqliteDb.OpenUnpooled(file);
            Copy(connection);
        }
        catch (SqliteException)
        {
            // The disk is full, or the file is gone: a save will say so.
        }
    }
}
