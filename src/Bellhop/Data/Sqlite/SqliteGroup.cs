using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Bellhop.Data;

/// <summary>One save's turn.</summary>
/// <param name="Inserts">The connection's kept statements that insert one row.</param>
internal sealed record SqliteTurn(
    SqliteConnection Connection,
    Prepared Prepared,
    Dictionary<string, SqliteFastInsert> Inserts,
    SqliteGroup Group,
    bool Alone
)
{
    public SqliteFastInsert Insert(string text)
    {
        DemandTransaction();
        if (!Inserts.TryGetValue(text, out var insert))
        {
            Inserts[text] = insert = new(Connection, text);
        }

        return insert;
    }

    /// <summary>Fails if SQLite has ended the transaction: otherwise each further write would be stored at once, on its own.</summary>
    public void DemandTransaction()
    {
        if (raw.sqlite3_get_autocommit(Connection.Handle!) != 0)
        {
            throw new InvalidOperationException("The transaction of this save has ended.");
        }
    }
}

/// <summary>Saves that share one commit.</summary>
internal sealed class SqliteGroup(SqliteTransaction transaction, TimeSpan longest)
{
    private const int Most = 64;

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _began = System.Diagnostics.Stopwatch.GetTimestamp();

    public SqliteTransaction Transaction => transaction;

    /// <summary>How many saves have had their turn in this group.</summary>
    public int Saves { get; set; }

    /// <summary>Ends when the group is on disk; fails with the reason if nothing of it is stored.</summary>
    public Task Done => _done.Task;

    /// <summary>Whether no more saves may join, because the group is large or has been open long enough.</summary>
    public bool IsFull => Saves >= Most || System.Diagnostics.Stopwatch.GetElapsedTime(_began) >= longest;

    public void Succeed() => _done.TrySetResult();

    public void Fail(Exception why)
    {
        _done.TrySetException(why);
        _ = _done.Task.Exception; // where nobody waits for it, nobody need hear of it
    }
}
