using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Bellhop.Data;

/// <summary>
/// What all database contexts of one process share: the clock, the writers of embedded databases, and the signal to open pages.
/// </summary>
public sealed class DbHost : IDisposable
{
    public DbHost(TimeProvider clock)
    {
        Clock = clock;
        OrganizationCache = new(Signal, clock);
        Readers = new(clock);
    }

    public TimeProvider Clock { get; }

    /// <summary>The data folder. Files that are kept outside the database lie in its subfolders.</summary>
    public Platform.DataFolder Folder { get; init; } = new(Path.GetFullPath("."));

    private readonly ConcurrentDictionary<string, SqliteWriter> _writers = [];

    /// <summary>
    /// The writer of one embedded database: this process's saves wait for it. This wait is cheaper and fairer than SQLite's own busy loop.
    /// Other processes may write too; the data stays correct.
    /// </summary>
    internal SqliteWriter WriterOf(string connection) => _writers.GetOrAdd(connection, static _ => new());

    private long _saves;

    /// <summary>How many saves this process has begun.</summary>
    internal long Saves => Interlocked.Read(ref _saves);

    internal void SaveBegins() => Interlocked.Increment(ref _saves);

    /// <summary>Identifies this process, so that it can ignore its own notices on a shared database.</summary>
    internal Guid Process { get; } = Guid.CreateVersion7();

    /// <summary>
    /// Whether this process serves the embedded database. Only one process does; the other processes leave a mark when they write.
    /// </summary>
    internal bool Serves { get; set; }

    /// <summary>
    /// How long background work waits after the start. The first pages need the same processors, and most of a start's work is code that
    /// runs for the first time.
    /// </summary>
    internal TimeSpan WorkAfter { get; init; }

    /// <summary>Ends when background work may begin: after <see cref="WorkAfter"/>, or when there is some, if that is sooner.</summary>
    internal async Task WorkMayBegin(CancellationToken cancel, Func<CancellationToken, Task>? some = null)
    {
        if (WorkAfter > TimeSpan.Zero)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var delay = Task.Delay(WorkAfter, Clock, enough.Token);
            await Task.WhenAny(delay, some?.Invoke(enough.Token) ?? delay);
            await enough.CancelAsync();
        }
    }

    /// <summary>Tells open pages what this process or another one committed.</summary>
    public Signal Signal { get; } = new();

    /// <summary>
    /// A text that becomes another one when anything of the organisation may have changed. A text from another process is always different.
    /// </summary>
    public string Told(int organizationId) => $"{Process:N} {Signal.ToldOf(organizationId)}";

    /// <summary>Answers kept until something changes.</summary>
    public OrganizationCache OrganizationCache { get; }

    /// <summary>Open read-only connections with their prepared statements; only the embedded database uses them.</summary>
    internal Readers Readers { get; }

    public void Dispose()
    {
        Readers.Dispose();
        foreach (var writer in _writers.Values)
        {
            writer.Dispose();
        }
    }
}

/// <summary>Says that something changed, so that open pages can read it again. It holds no values.</summary>
public readonly record struct Changed(int OrganizationId, string Kind, Guid? Id)
{
    /// <summary>Anything may have changed: another process wrote, and this process does not know what.</summary>
    public static readonly Changed Anything = new(0, "", null);

    /// <summary>Whether a page that shows entities of these kinds in this organisation should look again.</summary>
    public bool Concerns(int organizationId, params ReadOnlySpan<string> kinds) =>
        OrganizationId == 0 || (OrganizationId == organizationId && (kinds.IsEmpty || kinds.Contains(Kind)));
}

/// <summary>Tells listeners in this process what was committed. A slow listener loses old changes, never the newest.</summary>
public sealed class Signal
{
    private readonly Lock _gate = new();
    private readonly List<Channel<Changed>> _listeners = [];
    private readonly ConcurrentDictionary<int, long> _told = [];
    private readonly ConcurrentDictionary<(int OrganizationId, string Kind), long> _toldByKind = [];
    private readonly ConcurrentDictionary<string, long> _toldOfKind = new(StringComparer.Ordinal);
    private TaskCompletionSource _job = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends at the next change that may be a queued job. To miss no job, get this task before you look for jobs.</summary>
    public Task NextJob => Volatile.Read(ref _job).Task;

    /// <summary>How many changes of an organisation were told so far, with those that may concern any organisation.</summary>
    public long ToldOf(int organizationId) =>
        _told.GetValueOrDefault(organizationId) + _told.GetValueOrDefault(Changed.Anything.OrganizationId);

    /// <summary>As <see cref="ToldOf(int)"/>, of changes that may concern one kind of entity.</summary>
    public long ToldOf(int organizationId, string kind) =>
        _toldByKind.GetValueOrDefault((organizationId, kind)) + _told.GetValueOrDefault(Changed.Anything.OrganizationId);

    /// <summary>How many changes of these kinds were told so far, in any organisation, with those that may be of any kind.</summary>
    public long ToldOf(params ReadOnlySpan<string> kinds)
    {
        var told = _toldOfKind.GetValueOrDefault(Changed.Anything.Kind);
        foreach (var kind in kinds)
        {
            told += _toldOfKind.GetValueOrDefault(kind);
        }

        return told;
    }

    public void Tell(Changed changed)
    {
        _toldOfKind.AddOrUpdate(changed.Kind, 1, static (_, told) => told + 1);
        _told.AddOrUpdate(changed.OrganizationId, 1, static (_, told) => told + 1);
        _toldByKind.AddOrUpdate((changed.OrganizationId, changed.Kind), 1, static (_, told) => told + 1);
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
