namespace Bellhop.Data;

/// <summary>Splits work into many small saves. No other writer waits long, and finished saves stay when the work is stopped.</summary>
public abstract partial class BellhopDb
{
    private static readonly TimeSpan WayPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(20);

    private long _ownSaves;
    private long _savesSeen; // of others, when it last gave way

    private long SavesOfOthers => Host.Saves - _ownSaves;

    private void CountSave()
    {
        Host.SaveBegins();
        _ownSaves++;
    }

    /// <summary>Runs the block in one save after another until it returns false.</summary>
    /// <param name="some">Does a part of the work; returns whether more may be left.</param>
    /// <param name="cancel">Stops between two saves.</param>
    /// <param name="settings">As for <see cref="Save{T}"/>.</param>
#pragma warning disable CA1068 // as for Save
    internal async Task SaveUntilDone(Func<Task<bool>> some, CancellationToken cancel, SettingsLock settings = default)
#pragma warning restore CA1068
    {
        while (await Save(some, cancel, settings, alone: true))
        {
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Saves a fixed number of rows at a time.</summary>
    /// <inheritdoc cref="SaveUntilDone"/>
#pragma warning disable CA1068 // as for Save
    internal async Task SaveInBatches<T>(
        IEnumerable<T> rows,
        int atOnce,
        Func<T[], Task> some,
        CancellationToken cancel,
        SettingsLock settings = default
    )
#pragma warning restore CA1068
    {
        foreach (var batch in rows.Chunk(atOnce))
        {
            await Save(() => some(batch), cancel, settings, alone: true);
        }
    }

    /// <summary>Waits while others write, but no longer than this: background work takes its turn after people and senders.</summary>
    /// <param name="untilCalm">Also waits for a moment in which no other save of this process begins.</param>
    internal async Task GiveWay(TimeSpan patience, CancellationToken cancel, bool untilCalm = false)
    {
        var begin = TimeProvider.System.GetTimestamp(); // saves take real time, whatever the clock says
        var seen = _savesSeen;
        while ((OthersWrite || (untilCalm && seen != SavesOfOthers)) && TimeProvider.System.GetElapsedTime(begin) < patience)
        {
            seen = SavesOfOthers;
            await Task.Delay(untilCalm ? Calm : WayPause, TimeProvider.System, cancel);
        }

        _savesSeen = SavesOfOthers;
    }

    /// <summary>
    /// Runs part of a block that reads and adds many rows without comparing all of them with their old values at every question: that would
    /// cost more than storing them. The save looks for changes itself, and who needs to know of one row's asks its entry to look.
    /// </summary>
    internal async Task<T> WithoutDetectingChanges<T>(Func<Task<T>> many)
    {
        var before = ChangeTracker.AutoDetectChangesEnabled;
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return await many();
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = before;
        }
    }

    /// <inheritdoc cref="WithoutDetectingChanges{T}"/>
    internal Task WithoutDetectingChanges(Func<Task> many) =>
        WithoutDetectingChanges(async () =>
        {
            await many();
            return true;
        });
}
