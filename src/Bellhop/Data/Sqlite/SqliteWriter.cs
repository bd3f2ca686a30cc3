using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Bellhop.Data;

/// <summary>
/// The one connection by which this process writes to an embedded database. Saves take turns on it, in the order they came; those that
/// come while others are at work go to disk with them, in one commit. Each is a savepoint of its own, so that one that fails takes nothing
/// of the others with it.
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

    /// <summary>How long those who had their turn wait for others to join them.</summary>
    internal TimeSpan Longest { get; set; } = FiveMilliseconds;

    /// <summary>
    /// Waits for the turn and begins in it: after this, one of <see cref="Release"/> and <see cref="Undo"/> is called, by whoever has
    /// the turn.
    /// </summary>
    /// <param name="alone">Nobody else's writes are in the commit.</param>
    /// <param name="make">Makes the connection where there is none yet.</param>
    /// <param name="cancel">Gives up the wait.</param>
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

    /// <summary>What the turn wrote stays if the group's commit succeeds; the next has the turn.</summary>
    public Task Release(SqliteTurn turn)
    {
        Run("RELEASE save");
        turn.Group.Saves++;
        GiveOn(turn.Alone);
        return turn.Group.Done;
    }

    /// <summary>Nothing the turn wrote stays; the next has the turn.</summary>
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

    /// <summary>Closes the connection, once nobody has the turn: the file can be put elsewhere.</summary>
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

    /// <summary>Called by whoever has the turn. Commits first where nobody may or will join.</summary>
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

    /// <summary>The transaction is gone, with what those before had written in it.</summary>
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
            // What it had begun was over already; closing is all that was left.
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
    /// <summary>Where SQLite has ended the transaction, whatever is written now would be stored at once and by itself.</summary>
    public void DemandTransaction()
    {
        if (raw.sqlite3_get_autocommit(Connection.Handle!) != 0)
        {
            throw new InvalidOperationException("The transaction of this save has ended.");
        }
    }
}

/// <summary>Saves that go to disk together.</summary>
internal sealed class SqliteGroup(SqliteTransaction transaction, TimeSpan longest)
{
    private const int Most = 64;

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _began = System.Diagnostics.Stopwatch.GetTimestamp();

    public SqliteTransaction Transaction => transaction;

    /// <summary>How many have had their turn in it.</summary>
    public int Saves { get; set; }

    /// <summary>Ends when all is on disk, or with the reason why nothing is.</summary>
    public Task Done => _done.Task;

    /// <summary>Nobody joins any more: those who had their turn wait long enough.</summary>
    public bool IsFull => Saves >= Most || System.Diagnostics.Stopwatch.GetElapsedTime(_began) >= longest;

    public void Succeed() => _done.TrySetResult();

    public void Fail(Exception why)
    {
        _done.TrySetException(why);
        _ = _done.Task.Exception; // where nobody waits for it, nobody need hear of it
    }
}
