using System.Data.Common;

namespace Bellhop.Data;

/// <summary>
/// Open read-only connections of an embedded database with their prepared statements, because preparing costs more than running. The one
/// that was used last is used next, so that no more of them hold pages of the file than there are questions at once.
/// </summary>
internal sealed class Readers : IDisposable
{
    private const int MostIdle = 16;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Reader>> _idle = new(StringComparer.Ordinal);
    private readonly ITimer _resting;
    private readonly TimeProvider _clock;
    private bool _willLook;
    private bool _isDisposed;

    public Readers(TimeProvider clock)
    {
        _clock = clock;
        _resting = clock.CreateTimer(_ => GiveBackMemory(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public async ValueTask<Statement> Take(
        string file,
        string text,
        Func<CancellationToken, Task<DbConnection>> open,
        CancellationToken cancel
    )
    {
        var reader = TakeIdle(file) ?? new(await open(cancel));
        try
        {
            reader.Map();
            var command = reader.Prepared.Take(text, reader.Connection);
            return new(
                command,
                () =>
                {
                    reader.Prepared.Keep(command);
                    GiveBack(file, reader);
                }
            );
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _resting.Dispose();
        lock (_gate)
        {
            _isDisposed = true;
            foreach (var reader in _idle.Values.SelectMany(readers => readers))
            {
                reader.Dispose();
            }

            _idle.Clear();
        }
    }

    private Reader? TakeIdle(string file)
    {
        lock (_gate)
        {
            if (!_idle.TryGetValue(file, out var idle) || idle.Count == 0)
            {
                return null;
            }

            var last = idle[^1];
            idle.RemoveAt(idle.Count - 1);
            return last;
        }
    }

    private void GiveBack(string file, Reader reader)
    {
        reader.UsedAt = _clock.GetTimestamp();
        lock (_gate)
        {
            if (!_idle.TryGetValue(file, out var idle))
            {
                _idle[file] = idle = [];
            }

            if (idle.Count < MostIdle && !_isDisposed)
            {
                idle.Add(reader);
                LookLater();
                return;
            }
        }

        reader.Dispose();
    }

    /// <summary>The system counts a mapping's pages as memory of this process, also when nobody reads them any more.</summary>
    private void GiveBackMemory()
    {
        lock (_gate)
        {
            _willLook = false;
            foreach (var reader in _idle.Values.SelectMany(readers => readers).Where(r => r.IsMapped))
            {
                if (_clock.GetElapsedTime(reader.UsedAt) >= Rest)
                {
                    reader.Unmap();
                }
                else
                {
                    LookLater();
                }
            }
        }
    }

    private void LookLater()
    {
        if (!_willLook)
        {
            _willLook = _resting.Change(Rest, Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class Reader(DbConnection connection) : IDisposable
    {
        public bool IsMapped { get; private set; }

        public DbConnection Connection => connection;

        public Prepared Prepared { get; } = new();

        /// <summary>When it was used last, as the clock's timestamp.</summary>
        public long UsedAt { get; set; }

        public void Map()
        {
            if (!IsMapped)
            {
                SqliteDb.Map(connection, isUsed: true);
                IsMapped = true;
            }
        }

        public void Unmap()
        {
            if (IsMapped)
            {
                SqliteDb.Map(connection, isUsed: false);
                IsMapped = false;
            }
        }

        public void Dispose()
        {
            Prepared.Dispose();
            connection.Dispose();
        }
    }
}
