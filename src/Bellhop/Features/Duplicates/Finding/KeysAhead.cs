using System.Diagnostics;
using Bellhop.Data;

namespace Bellhop.Features.Duplicates;

/// <summary>
/// Reads the next part of the keys by a connection of its own while the last one is compared, so that comparing hardly waits for the
/// database to count the keys.
/// </summary>
/// <param name="guests">How many the organisation has.</param>
internal sealed class KeysAhead(long guests, int organizationId, BellhopDb db) : IAsyncDisposable
{
    private readonly BellhopDb _own = db.Beside();
    private (long? After, Task<SweepKeys.Some> Reading)? _ahead;

    /// <summary>How long its caller has waited so far.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>As <see cref="SweepKeys.Next"/>; the part that follows is read at once.</summary>
    public async Task<SweepKeys.Some> Next(long? after, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        var some = await (_ahead is { } ahead && ahead.After == after ? ahead.Reading : Read(after, cancel));
        Waited += Stopwatch.GetElapsedTime(start);
        _ahead = some.Last is { } last ? (last, Read(last, cancel)) : null;
        return some;
    }

    public async ValueTask DisposeAsync()
    {
        if (_ahead is { } ahead)
        {
            await ahead.Reading.ContinueWith(static _ => { }, TaskScheduler.Default); // nobody asks for it any more, nor for its error
        }

        await _own.DisposeAsync();
    }

    // SQLite reads without giving up the thread.
    private Task<SweepKeys.Some> Read(long? after, CancellationToken cancel) =>
        Task.Run(() => SweepKeys.Next(after, SweepKeys.Parts(guests), organizationId, _own, cancel), cancel);
}
