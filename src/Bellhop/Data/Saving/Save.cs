using System.Runtime.ExceptionServices;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Data;

/// <summary>The one place that saves: from top to bottom, what a save does.</summary>
public abstract partial class BellhopDb
{
    private const int Tries = 5;

    private readonly HashSet<(string Kind, Guid? Id)> _said = [];
    private bool _scrubsLater;
    private bool _scrubIsDue;

    /// <summary>Set for a call with an idempotency key: its answer is kept in the save that it answers for.</summary>
    internal IdempotentCall? IdempotentCall { get; set; }

    /// <summary>
    /// Runs the block and writes its rows, with everything that follows from them, in one transaction. Where another writer was faster (a
    /// unique key, a deadlock, a serialisation failure) everything is rolled back and the block runs again, so it reads what it needs
    /// inside and has no effect outside the database.
    /// </summary>
    /// <param name="block">What is to be done.</param>
    /// <param name="cancel">Gives up; not any more once the commit has begun.</param>
    /// <param name="settings">How the settings are held meanwhile: by whoever computes figures or changes what they come from.</param>
    /// <param name="alone">What takes long or much: it shares its commit with nobody, so that nobody's answer waits for it.</param>
    /// <returns>What the block returned, once it is on disk.</returns>
    /// <exception cref="InvalidOperationException">A row of an audited table was changed and no event says so.</exception>
#pragma warning disable CA1068 // most saves hold nothing: what is held comes last, so that their calls stay short
    public async Task<T> Save<T>(
        Func<Task<T>> block,
        CancellationToken cancel = default,
        SettingsLock settings = default,
        bool alone = false
    )
#pragma warning restore CA1068
    {
        var result = await SaveUnlessBeaten(block, settings, alone, cancel);
        await ScrubPersonalRows(cancel);
        return result;
    }

    /// <inheritdoc cref="Save{T}(Func{Task{T}}, CancellationToken, SettingsLock, bool)"/>
#pragma warning disable CA1068 // as above
    public Task Save(Func<Task> block, CancellationToken cancel = default, SettingsLock settings = default, bool alone = false) =>
#pragma warning restore CA1068
        Save(
            async () =>
            {
                await block();
                return true;
            },
            cancel,
            settings,
            alone
        );

    private async Task<T> SaveUnlessBeaten<T>(Func<Task<T>> block, SettingsLock settings, bool alone, CancellationToken cancel)
    {
        for (var (attempt, wasLost) = (1, false); ; attempt++)
        {
            try
            {
                return await SaveOnce(block, settings, alone, again: attempt > 1, cancel);
            }
            catch (SaveLost lost)
            {
                ChangeTracker.Clear();
                if (wasLost)
                {
                    ExceptionDispatchInfo.Throw(lost.InnerException!);
                }

                wasLost = true; // another's failure, not its own: it has one more try
            }
            catch (Exception error) when (attempt < Tries && (error is DbUpdateConcurrencyException || LostRace(error)))
            {
                ChangeTracker.Clear();
                await Task.Delay(Random.Shared.Next(1, 8) * attempt * attempt, cancel);
            }
            catch
            {
                ChangeTracker.Clear(); // what the block had in hand is not what is stored
                throw;
            }
        }
    }

    private async Task<T> SaveOnce<T>(Func<Task<T>> block, SettingsLock settings, bool alone, bool again, CancellationToken cancel)
    {
        Changed[] told;
        T result;
        ForgetEarlierSave();
        var clock = SaveClock.Start();
        var transaction = await BeginSave(alone, cancel);
        clock.Turn();
        Database.AutoSavepointsEnabled = false; // what fails is taken back whole
        try
        {
            await HoldSettings(settings, cancel);
            await BeginIdempotentCall(again, cancel);
            result = await block();
            await Flush(cancel);
            DemandEvents();
            await RunFollowers(cancel);
            KeepResponse(result);
            await Flush(cancel);
            told = [.. _told.Distinct()];
            await WriteLast(told, cancel);
            await MarkCommit(cancel);
            clock.Written();
            await transaction.Commit(); // past this point the caller's leaving changes nothing
        }
        catch (Exception error)
        {
            await transaction.Undo(error);
            throw;
        }

        clock.Committed();
        IdempotentCall?.Committed();
        TellOpenPages(told);
        return result;
    }

    /// <summary>A context is used for many saves, and a save may run again: each starts from what is stored.</summary>
    private void ForgetEarlierSave()
    {
        ChangeTracker.Clear();
        _told.Clear();
        _said.Clear();
        SaveContext.Clear();
    }

    /// <summary>First of all, so that no row is held while waiting for it.</summary>
    private Task HoldSettings(SettingsLock settings, CancellationToken cancel) =>
        settings == default ? Task.CompletedTask : LockSettings(settings.OrganizationId, settings.IsAlone, cancel);

    /// <summary>Before the block, so that of two calls with one key the second waits, and finds the first one's answer.</summary>
    private Task BeginIdempotentCall(bool again, CancellationToken cancel) =>
        IdempotentCall?.Begin(this, again, cancel) ?? Task.CompletedTask;

    /// <summary>Writes tracked rows inside the current save, where a later step of the block must find them by a query.</summary>
    internal async Task Flush(CancellationToken cancel)
    {
        DemandTransaction();

        // Looked for twice, not at every question that EF is asked: comparing every row with what it was costs more than writing them.
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            if (!ChangeTracker.HasChanges())
            {
                return;
            }

            NoteMarkedRows();
            foreach (var follower in Followers)
            {
                await follower.Writing(this, cancel);
            }

            ChangeTracker.DetectChanges();
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

    /// <summary>As <see cref="Flush"/>, with what follows from the rows: where a later step of the block reads that.</summary>
    internal async Task FlushWithFollowers(CancellationToken cancel)
    {
        await Flush(cancel);
        await RunFollowers(cancel);
        await Flush(cancel);
    }

    private void DemandTransaction()
    {
        if (Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Rows are written inside Save only.");
        }
    }

    /// <summary>Writes rows that are only added in a way quicker than EF's, where the engine has one. What it leaves, EF writes.</summary>
    protected virtual Task WriteNew(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Notes what the marks of changed rows ask of this save: an event, or a scrub.</summary>
    private void NoteMarkedRows()
    {
        foreach (var entry in ChangeTracker.Entries().Where(e => e.State is not (EntityState.Unchanged or EntityState.Detached)))
        {
            if (AuditedRows.Of(entry.Metadata)?.ToSay(entry) is { } toSay)
            {
                SaveContext.ToSay.Add(toSay);
            }

            SaveContext.HasPersonalDeleted |=
                entry.State == EntityState.Deleted && entry.Metadata.FindAnnotation(RowMarks.PersonalMark) is not null;
        }
    }

    /// <summary>The audit log, the timeline and the webhooks know only what is said: a change without an event is a mistake.</summary>
    private void DemandEvents()
    {
        foreach (var (kind, id) in _isArranging ? [] : SaveContext.ToSay)
        {
            var isSaid = id is null ? _said.Any(s => s.Kind == kind) : _said.Contains((kind, id)) || _said.Contains((kind, null));
            if (!isSaid)
            {
                throw new InvalidOperationException($"A {kind} was changed and no event says so: call db.Happened in the same save.");
            }
        }
    }

    /// <summary>What follows from the rows is computed from them as they are written, and written with them.</summary>
    private async Task RunFollowers(CancellationToken cancel)
    {
        foreach (var follower in Followers)
        {
            await follower.Follow(this, cancel);
        }
    }

    /// <summary>With the rows that it tells of: an answer is kept where its work is stored, and only there.</summary>
    private void KeepResponse(object? result)
    {
        if (IdempotentCall?.Keep(result, Now) is { } answer)
        {
            IdempotentResponses.Add(answer);
        }
    }

    /// <summary>Leaves a mark that the process that serves the database can see, where it is another.</summary>
    protected virtual Task MarkCommit(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>After the turn is given up: pages read at once, and would hold up the next writer.</summary>
    private void TellOpenPages(IEnumerable<Changed> told)
    {
        ChangeTracker.Clear();
        foreach (var changed in told)
        {
            Host.Signal.Tell(changed);
        }
    }

    /// <summary>After the commit: only then are the deleted rows free to be taken out of the files.</summary>
    private async Task ScrubPersonalRows(CancellationToken cancel)
    {
        if (SaveContext.HasPersonalDeleted && _scrubsLater)
        {
            _scrubIsDue = true;
        }
        else if (SaveContext.HasPersonalDeleted)
        {
            await ScrubDeleted(cancel);
        }
    }

    /// <summary>Runs work of many saves and scrubs once behind it: a reader may hold each scrub up for seconds.</summary>
    /// <param name="isDue">Whether an earlier run may have left something to scrub.</param>
    internal async Task ScrubOnce(Func<Task> work, bool isDue, CancellationToken cancel)
    {
        (_scrubsLater, _scrubIsDue) = (true, isDue);
        try
        {
            await work();
        }
        finally
        {
            _scrubsLater = false;
            if (_scrubIsDue)
            {
                await ScrubDeleted(cancel);
            }
        }
    }
}
