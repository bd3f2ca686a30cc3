using Microsoft.EntityFrameworkCore;

namespace Bellhop.Data;

/// <summary>Writes the tracked rows of a save, with what its followers add to them.</summary>
public abstract partial class BellhopDb
{
    /// <summary>Writes tracked rows inside the current save, if a later step of the block must find them by a query.</summary>
    /// <param name="cancel">Stops the writing.</param>
    /// <param name="hasChanged">False where no stored row has changed since the last time: then there may be new rows only.</param>
    internal async Task Flush(CancellationToken cancel, bool hasChanged = true)
    {
        DemandTransaction();

        // We look for changes twice only, not at every question to EF: comparing all rows with their old values costs more than writing
        // them.
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            if (hasChanged)
            {
                DetectStoredChanges();
            }

            if (!ChangeTracker.HasChanges())
            {
                return;
            }

            NoteMarkedRows();
            foreach (var follower in Followers)
            {
                await follower.Writing(this, cancel);
            }

            DetectStoredChanges();
            await WriteNew(cancel);
            if (ChangeTracker.HasChanges())
            {
#pragma warning disable RS0030 // the one place
                await SaveChangesAsync(cancel);
#pragma warning restore RS0030
            }
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    /// <summary>Compares the rows that are stored with their old values. New rows have none: they are written as they are then.</summary>
    internal void DetectStoredChanges()
    {
        foreach (var entry in ChangeTracker.Entries().Where(e => e.State != EntityState.Added).ToList())
        {
            entry.DetectChanges();
        }
    }

    /// <summary>As <see cref="Flush"/>, and also writes what follows from the rows, if a later step of the block reads it.</summary>
    internal async Task FlushWithFollowers(CancellationToken cancel)
    {
        await Flush(cancel);
        await Flush(cancel, await RunFollowers(cancel));
    }

    private void DemandTransaction()
    {
        if (Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Rows are written inside Save only.");
        }
    }

    /// <summary>Inserts new rows in a faster way than EF, if the engine has one. EF writes the rest.</summary>
    protected virtual Task WriteNew(CancellationToken cancel) => Task.CompletedTask;
}
