namespace Bellhop.Data;

/// <summary>
/// The thread on which saves that waited take their turns, one after another. In the thread pool, a turn would wait until the pool has read
/// and answered other requests, and nobody would write in the meantime.
/// </summary>
internal sealed class TurnThread
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly Queue<TaskCompletionSource> _due = [];
    private bool _runs;

    /// <summary>Runs what waits for <paramref name="turn"/> on this thread, until its first wait that is not for the database.</summary>
    public void Begin(TaskCompletionSource turn)
    {
        lock (_gate)
        {
            _due.Enqueue(turn);
            if (_runs)
            {
                Monitor.Pulse(_gate);
                return;
            }

            _runs = true;
        }

        new Thread(Work) { IsBackground = true, Name = "Turns to write" }.Start();
    }

    private void Work()
    {
        while (Next() is { } turn)
        {
            turn.SetResult();
        }
    }

    /// <summary>Null if there was none for a while: then the thread ends.</summary>
    private TaskCompletionSource? Next()
    {
        lock (_gate)
        {
            while (_due.Count == 0)
            {
                if (!Monitor.Wait(_gate, Idle) && _due.Count == 0)
                {
                    _runs = false;
                    return null;
                }
            }

            return _due.Dequeue();
        }
    }
}
