using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Bellhop.Data;

/// <summary>
/// The one connection by which this process writes to an embedded database. Saves take turns in the order of their calls. Saves that come
/// while others are at work share one commit with them. Each save is its own savepoint, so that a failed save removes only its own writes.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private static readonly TimeSpan FiveMilliseconds = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _waiting = [];
    private bool _taken;
    private SqliteConnection? _connection;
    private Prepared _prepared = new();
    private SqliteGroup? _group; // there is one only while somebody has the turn

    /// <summary>How long a group of saves stays open for more saves before it commits.</summary>
    internal TimeSpan Longest { get; set; } = FiveMilliseconds;

    /// <summary>
    /// Waits for the turn and begins it. The caller must then call either <see cref="Release"/> or <see cref="Undo"/>.
    /// </summary>
    /// <param name="alone">The commit must contain no other save's writes.</param>
    /// <param name="make">Makes the connection if there is none yet.</param>
    /// <param name="cancel">Stops the wait.</param>
    public async ValueTask<SqliteTurn> Take(bool alone, Func<SqliteConnection> make, CancellationToken cancel)
    {
        await Wait(alone, cancel);
        try
        {
            if (alone)
            {
                CloseGroup();
            }

            if (_group is null)
            {
                _connection ??= make();
                _group = new(_connection.BeginTransaction(), Longest);
            }

            Run("SAVEPOINT save");
            return new(_connection!, _prepared, _group, alone);
        }
        catch (Exception error)
        {
            Lose(error); // the next begins with a new connection
            GiveOn(alone);
            throw;
        }
    }

    /// <summary>Ends the turn; its writes stay if the group's commit succeeds. The result ends with that commit.</summary>
    public Task Release(SqliteTurn turn)
    {
        Run("RELEASE save");
        turn.Group.Saves++;
        GiveOn(turn.Alone);
        return turn.Group.Done;
    }

    /// <summary>
    /// Ends the turn and removes its writes. The result ends with the group's commit, or at once if the transaction is lost.
    /// </summary>
    public Task Undo(SqliteTurn turn, Exception why)
    {
        if (TakeBack() is { } failure)
        {
            Lose(failure);
            GiveOn(turn.Alone);
            return Task.CompletedTask; // what it failed by is its own
        }

        turn.Group.Saves++;
        GiveOn(turn.Alone);
        return turn.Group.Done;

        Exception? TakeBack()
        {
            if (IsEnded())
            {
                return why; // full, or the disk failed: SQLite took back all there was
            }

            try
            {
                Run("ROLLBACK TO save");
                Run("RELEASE save");
                return null;
            }
            catch (Exception error)
            {
                return error;
            }
        }
    }

    /// <summary>Closes the connection when nobody has the turn, so that the file can be moved.</summary>
    public async Task Close()
    {
        await Wait(alone: true, CancellationToken.None);
        CloseGroup();
        Discard();
        GiveOn(alone: true);
    }

    public void Dispose() => Discard();

    private async ValueTask Wait(bool alone, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        LinkedListNode<Waiting> mine;
        lock (_gate)
        {
            if (!_taken)
            {
                _taken = true;
                return;
            }

            mine = _waiting.AddLast(new Waiting(alone));
        }

        await using var giveUp = cancel.UnsafeRegister(
            (_, token) =>
            {
                lock (_gate)
                {
                    if (mine.Value.Turn.TrySetCanceled(token) && mine.List is not null)
                    {
                        _waiting.Remove(mine);
                    }
                }
            },
            null
        );
        await mine.Value.Turn.Task;
    }

    /// <summary>Gives the turn to the next save. Commits first if no other save may or will join the group.</summary>
    private void GiveOn(bool alone)
    {
        while (true)
        {
            lock (_gate)
            {
                var next = _waiting.First?.Value;
                if (_group is null || !(alone || next is null or { Alone: true } || _group.IsFull))
                {
                    if (next is null)
                    {
                        _taken = false;
                        return;
                    }

                    _waiting.RemoveFirst();
                    if (next.Turn.TrySetResult())
                    {
                        return;
                    }

                    continue; // it has just given up
                }
            }

            CloseGroup();
        }
    }

    private void CloseGroup()
    {
        if (_group is not { } group)
        {
            return;
        }

        _group = null;
        try
        {
            group.Transaction.Commit();
        }
        catch (Exception error)
        {
            Discard();
            group.Fail(error);
            return;
        }

        group.Succeed();
    }

    /// <summary>The transaction is lost, together with the writes of earlier saves in it.</summary>
    private void Lose(Exception why)
    {
        var group = _group;
        _group = null;
        Discard();
        group?.Fail(new SaveLost(why));
    }

    private bool IsEnded() => _connection?.Handle is not { } handle || raw.sqlite3_get_autocommit(handle) != 0;

    private void Discard()
    {
        _prepared.Dispose();
        _prepared = new();
        var connection = _connection;
        _connection = null;
        try
        {
            connection?.Dispose(); // takes back what is open
        }
        catch (SqliteException)
        {
            // The transaction had ended already; the connection only had to be closed.
        }
    }

    private void Run(string constant)
    {
        var command = _prepared.Take(constant, _connection!);
        command.Transaction = _group!.Transaction;
        command.ExecuteNonQuery();
        _prepared.Keep(command);
    }

    private sealed class Waiting(bool alone)
    {
        public bool Alone => alone;

        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>One save's turn.</summary>
internal sealed record SqliteTurn(SqliteConnection Connection, Prepared Prepared, SqliteGroup Group, bool Alone)
{
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
