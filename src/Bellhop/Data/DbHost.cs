using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Bellhop.Data;

/// <summary>
/// What every database context of one process shares: the clock, the writers' queue of the embedded database, and the signal to open pages.
/// </summary>
public sealed class DbHost : IDisposable
{
    public DbHost(TimeProvider clock)
    {
        Clock = clock;
        OrganizationCache = new(Signal, clock);
    }

    public TimeProvider Clock { get; }

    /// <summary>The data folder: what is kept in files beside the database lies in folders of it.</summary>
    public Platform.DataFolder Folder { get; init; } = new(Path.GetFullPath("."));

    private readonly ConcurrentDictionary<string, SqliteWriter> _writers = [];

    /// <summary>
    /// The one that writes to an embedded database: waiting for it is cheaper and fairer than the file's own busy loop. Correctness does
    /// not rest on there being one.
    /// </summary>
    internal SqliteWriter WriterOf(string connection) => _writers.GetOrAdd(connection, static _ => new());

    /// <summary>Tells this process's own notices from those of others on the same database.</summary>
    internal Guid Process { get; } = Guid.CreateVersion7();

    /// <summary>
    /// Whether this is the process that serves the embedded database: there is one, and the others say so when they write.
    /// </summary>
    internal bool Serves { get; set; }

    /// <summary>What was committed, by this process or another: for open pages.</summary>
    public Signal Signal { get; } = new();

    /// <summary>
    /// How far the signal of an organisation has come, in this process: another text means that something may have changed since.
    /// </summary>
    public string Told(int organizationId) => $"{Process:N} {Signal.ToldOf(organizationId)}";

    /// <summary>Answers kept until something changes.</summary>
    public OrganizationCache OrganizationCache { get; }

    /// <summary>Connections that only read, kept open with what they have prepared, where the database is in this process.</summary>
    internal Readers Readers { get; } = new();

    public void Dispose()
    {
        Readers.Dispose();
        foreach (var writer in _writers.Values)
        {
            writer.Dispose();
        }
    }
}

/// <summary>Something an open page may want to look at again. No values, only what and where.</summary>
public readonly record struct Changed(int OrganizationId, string Kind, Guid? Id)
{
    /// <summary>Anything, anywhere: another process wrote, and what is not known here.</summary>
    public static readonly Changed Anything = new(0, "", null);

    /// <summary>Whether a page that shows entities of these kinds in this organisation should look again.</summary>
    public bool Concerns(int organizationId, params ReadOnlySpan<string> kinds) =>
        OrganizationId == 0 || (OrganizationId == organizationId && (kinds.IsEmpty || kinds.Contains(Kind)));
}

/// <summary>Tells listeners in this process what was committed. A listener that is slow loses old changes, never the newest.</summary>
public sealed class Signal
{
    private readonly Lock _gate = new();
    private readonly List<Channel<Changed>> _listeners = [];
    private readonly ConcurrentDictionary<int, long> _told = [];
    private TaskCompletionSource _job = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the next change that may be work that was queued. Taken before looking, none is missed.</summary>
    public Task NextJob => Volatile.Read(ref _job).Task;

    /// <summary>How many changes were told that concern an organisation.</summary>
    public long ToldOf(int organizationId) =>
        _told.GetValueOrDefault(organizationId) + _told.GetValueOrDefault(Changed.Anything.OrganizationId);

    public void Tell(Changed changed)
    {
        _told.AddOrUpdate(changed.OrganizationId, 1, static (_, told) => told + 1);
        if (changed.Kind == "job" || changed == Changed.Anything)
        {
            Interlocked.Exchange(ref _job, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }

        lock (_gate)
        {
            foreach (var listener in _listeners)
            {
                listener.Writer.TryWrite(changed);
            }
        }
    }

    /// <summary>Changes from now on, until cancelled.</summary>
    public async IAsyncEnumerable<Changed> Listen([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var mine = Channel.CreateBounded<Changed>(
            new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }
        );
        lock (_gate)
        {
            _listeners.Add(mine);
        }

        try
        {
            await foreach (var changed in mine.Reader.ReadAllAsync(cancel))
            {
                yield return changed;
            }
        }
        finally
        {
            lock (_gate)
            {
                _listeners.Remove(mine);
            }
        }
    }
}
