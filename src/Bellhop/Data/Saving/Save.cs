using System.Runtime.ExceptionServices;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Data;

/// <summary>The only code that saves. Read it from top to bottom to see what a save does.</summary>
public abstract partial class BellhopDb
{
    private const int Tries = 5;

    private readonly HashSet<(string Kind, Guid? Id)> _said = [];
    private bool _scrubsLater;
    private bool _scrubIsDue;

    /// <summary>Set for a call with an idempotency key: the save also stores the call's answer.</summary>
    internal IdempotentCall? IdempotentCall { get; set; }

    /// <summary>
    /// Runs the block and writes its rows, and everything that follows from them, in one transaction. If another writer was faster (a
    /// unique key, a deadlock, a serialisation failure), everything is rolled back and the block runs again. So the block must read what it
    /// needs inside, and must have no effect outside the database.
    /// </summary>
    /// <param name="block">The work to do.</param>
    /// <param name="cancel">Stops the save; it has no effect once the commit has begun.</param>
    /// <param name="settings">How to lock the settings: needed to compute figures, or to change what figures depend on.</param>
    /// <param name="alone">For long or large work: the save shares its commit with no other save, so that no other answer waits for
    /// it.</param>
    /// <returns>The block's result, after the data is on disk.</returns>
    /// <exception cref="InvalidOperationException">A row of an audited table was changed without an event.</exception>
#pragma warning disable CA1068 // most saves hold nothing: what is held comes last, so that their calls stay short
    public async Task<T> Save<T>(
        Func<Task<T>> block,
        CancellationToken cancel = default,
        SettingsLock settings = default,
        bool alone = false
    )
#pragma warning restore CA1068
    {
        // On a page's circuit, each step would wait until the page has nothing else to do, and every other save would wait for this one.
        var result = SynchronizationContext.Current is null
            ? await SaveUnlessBeaten(block, settings, alone, cancel)
            : await Task.Run(() => SaveUnlessBeaten(block, settings, alone, cancel), CancellationToken.None);
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
        CountSave();
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
            var followed = await RunFollowers(cancel);
            KeepResponse(result);
            await Flush(cancel, followed);
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

    /// <summary>A context does many saves, and a save may run again. Each run must start from the stored data.</summary>
    private void ForgetEarlierSave()
    {
        ChangeTracker.Clear();
        _told.Clear();
        _said.Clear();
        SaveContext.Clear();
    }

    /// <summary>Runs first, so that the save holds no row lock while it waits.</summary>
    private Task HoldSettings(SettingsLock settings, CancellationToken cancel) =>
        settings == default ? Task.CompletedTask : LockSettings(settings.OrganizationId, settings.IsAlone, cancel);

    /// <summary>Runs before the block, so that the second of two calls with one key waits and finds the first call's answer.</summary>
    private Task BeginIdempotentCall(bool again, CancellationToken cancel) =>
        IdempotentCall?.Begin(this, again, cancel) ?? Task.CompletedTask;

    /// <summary>Notes what the changed rows' marks require of this save: an event, or a scrub of the files.</summary>
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

    /// <summary>The audit log, the timeline and the webhooks know only events: a change without an event is a bug.</summary>
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

    /// <summary>Computes what follows from the written rows, in the same transaction; returns whether tracked rows may differ.</summary>
    private async Task<bool> RunFollowers(CancellationToken cancel)
    {
        var haveChanged = false;
        foreach (var follower in Followers)
        {
            haveChanged |= await follower.Follow(this, cancel);
        }

        return haveChanged;
    }

    /// <summary>Stores the answer in the transaction of its work, so that both are stored or neither.</summary>
    private void KeepResponse(object? result)
    {
        if (IdempotentCall?.Keep(result, Now) is { } answer)
        {
            IdempotentResponses.Add(answer);
        }
    }

    /// <summary>Leaves a mark that the serving process can see, if this process is not the serving one.</summary>
    protected virtual Task MarkCommit(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Runs after the save's turn ends: pages read at once, and would delay the next writer.</summary>
    private void TellOpenPages(IEnumerable<Changed> told)
    {
        ChangeTracker.Clear();
        foreach (var changed in told)
        {
            Host.Signal.Tell(changed);
        }
    }

    /// <summary>Runs after the commit: before it, the deleted rows cannot be removed from the files.</summary>
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

    /// <summary>Runs work of many saves and scrubs the files once at the end, because a reader can delay each scrub for seconds.</summary>
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
