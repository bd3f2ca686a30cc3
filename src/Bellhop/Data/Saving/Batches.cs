namespace Bellhop.Data;

/// <summary>Work of many saves: small ones, so that no other writer waits long, and what is done stays done where it is left.</summary>
public abstract partial class BellhopDb
{
    /// <summary>Saves some at a time until the block says that nothing is left.</summary>
    /// <param name="some">Does some of it; whether there may be more.</param>
    /// <param name="cancel">Leaves the rest undone, between two saves.</param>
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

    /// <summary>Saves so many of the rows at a time.</summary>
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
}
