using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Bellhop.Data;

/// <summary>
/// The one connection by which this process writes to an embedded database. Saves take turns in the order of their calls. Saves that come
/// while others are at work share one commit with them. Each save is its own savepoint, so that a failed save removes only its own writes.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private static readonly TimeSpan TenMilliseconds = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _waiting = [];
    private readonly TurnThread _turns = new();
    private readonly SqliteLog _log = new();
    private bool _taken;
    private bool _isDisposed;
    private SqliteConnection? _connection;
    private Prepared _prepared = new();
    private Dictionary<string, SqliteFastInsert> _inserts = new(StringComparer.Ordinal);
    private SqliteGroup? _group; // there is one only while somebody has the turn

    /// <summary>How long a group of saves stays open for more saves before it commits.</summary>
    internal TimeSpan Longest { get; set; } = TenMilliseconds;

    /// <summary>Whether a save has the turn or waits for it.</summary>
    public bool IsTaken
    {
        get
        {
            lock (_gate)
            {
                return _taken;
            }
        }
    }

    /// <summary>
    /// Waits for the turn and begins it. The caller must then call either <see cref="Release"/> or <see cref="Undo"/>.
    /// </summary>
    /// <param name="alone">The commit must contain no other save's writes.</param>
    /// <param name="make">Makes the connection if there is none yet.</param>
    /// <param name="cancel">Stops the wait.</param>
    public async ValueTask<SqliteTurn> Take(bool alone, Func<SqliteConnection> make, CancellationToken cancel)
    {
        await Wait(alone, cancel).ConfigureAwait(false);
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
            return new(_connection!, _prepared, _inserts, _group, alone);
        }
        catch (Exception error)
        {
            Lose(error); // the next begins with a new connection
            GiveOn(alone);
            await Task.Yield(); // what the caller does next must not keep the thread of the turns
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
        await _log.Rest();
        GiveOn(alone: true);
    }

    public void Dispose()
    {
        _isDisposed = true;
        _log.Rest().Wait();
        Discard();
    }

    /// <summary>In a turn of its own: copies the little that saves wrote while the rest of the log was copied beside them.</summary>
    private async Task CopyRest()
    {
        await Wait(alone: true, CancellationToken.None).ConfigureAwait(false);
        if (_connection is { } connection && !_isDisposed)
        {
            CloseGroup();
            SqliteLog.Copy(connection);
        }

        GiveOn(alone: true);
    }

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
                    if (mine.List is null)
                    {
                        return; // it has its turn
                    }

                    _waiting.Remove(mine);
                }

                _ = Task.Run(() => mine.Value.Turn.SetCanceled(token), CancellationToken.None);
            },
            null
        );
        await mine.Value.Turn.Task.ConfigureAwait(false);
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
                    }
                    else
                    {
                        _waiting.RemoveFirst();
                        _turns.Begin(next.Turn);
                    }

                    return;
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
        if (!_isDisposed)
        {
            _log.Committed(_connection!, CopyRest);
        }
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
        foreach (var insert in _inserts.Values)
        {
            insert.Dispose();
        }

        _inserts = new(StringComparer.Ordinal);
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

        public TaskCompletionSource Turn { get; } = new(); // goes on where it is told, which is the thread of the turns
    }
}
