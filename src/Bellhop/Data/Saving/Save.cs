using System.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Data;

/// <summary>The one place that saves.</summary>
public abstract partial class BellhopDb
{
    private const int Tries = 5;

    /// <summary>Set for a call with an idempotency key: its answer is kept in the save that it answers for.</summary>
    internal Platform.Web.IdempotentCall? IdempotentCall { get; set; }

    /// <summary>
    /// Opens the transaction, runs the block, writes its rows with events, jobs, figures and the kept answer, commits, then tells open
    /// pages.
    /// Where another writer was faster (a unique key, a deadlock, a serialisation failure) everything is rolled back and the block runs
    /// again,
    /// so it reads what it needs inside and has no effect outside the database.
    /// </summary>
    /// <returns>What the block returned, once it is on disk.</returns>
    public async Task<T> Save<T>(Func<Task<T>> block, CancellationToken cancel = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SaveOnce(block, again: attempt > 1, cancel);
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

    /// <inheritdoc cref="Save{T}(Func{Task{T}}, CancellationToken)"/>
    public Task Save(Func<Task> block, CancellationToken cancel = default) =>
        Save(
            async () =>
            {
                await block();
                return true;
            },
            cancel
        );

    /// <summary>Writes tracked rows inside the current save, where a later step of the block must find them by a query.</summary>
    internal async Task Flush(CancellationToken cancel)
    {
        if (Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Rows are written inside Save only.");
        }

        // Looked for twice, not at every question that EF is asked: comparing every row with what it was costs more than writing them.
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            if (!ChangeTracker.HasChanges())
            {
                return;
            }

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

    /// <summary>Writes rows that are only added in a way quicker than EF's, where the engine has one. What it leaves, EF writes.</summary>
    protected virtual Task WriteNew(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>
    /// Holds a contact's row until the save ends, so that its figures are read and written by one writer at a time. Before reading it.
    /// </summary>
    public abstract Task LockContact(int organizationId, Guid contactId, CancellationToken cancel);

    /// <summary>Takes a name for the save around, among all processes; false where another has it.</summary>
    internal abstract Task<bool> TryLock(long name, CancellationToken cancel);

    /// <summary>What a failure says of the database itself.</summary>
    internal abstract DatabaseFailure FailureOf(Exception error);

    /// <summary>
    /// Holds a booking's row until the save ends, so that of two updates the second reads what the first wrote. Before reading it, and
    /// before its contact's.
    /// </summary>
    public abstract Task LockBooking(int organizationId, Guid bookingId, CancellationToken cancel);

    /// <summary>
    /// Holds what figures are computed by (the organisation's currency, zone and rates, its properties' zones) as it is until the save
    /// ends. Those who compute share it, who changes it has it alone; first thing in a save.
    /// </summary>
    public abstract Task LockSettings(int organizationId, bool alone, CancellationToken cancel);

    /// <summary>Whether a failure means that another writer came first and trying again will do.</summary>
    protected abstract bool LostRace(Exception error);

    /// <summary>Waits for this writer's turn, where the database takes one at a time.</summary>
    protected abstract ValueTask<IDisposable?> WriteTurn(CancellationToken cancel);

    /// <summary>Tells open pages, in the commit or right after it.</summary>
    protected virtual Task TellBeforeCommit(IReadOnlyList<Changed> changes, CancellationToken cancel) => Task.CompletedTask;

    private async Task<T> SaveOnce<T>(Func<Task<T>> block, bool again, CancellationToken cancel)
    {
        ChangeTracker.Clear();
        _told.Clear();
        SaveContext.Clear();
        Changed[] told;
        T result;
        using (await WriteTurn(cancel))
        {
            await using var transaction = await Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
            if (IdempotentCall is not null)
            {
                await IdempotentCall.Begin(this, again, cancel);
            }

            result = await block();
            await Flush(cancel);
            foreach (var follower in Followers)
            {
                await follower.Follow(this, cancel);
            }

            if (IdempotentCall?.Keep(result, Now) is { } answer)
            {
                IdempotentResponses.Add(answer);
            }

            await Flush(cancel);
            await WriteCountersAndSearch(cancel);
            told = [.. _told.Distinct()];
            await TellBeforeCommit(told, cancel);
            await transaction.CommitAsync(CancellationToken.None); // past this point the caller's leaving changes nothing
            IdempotentCall?.Committed();
        }

        ChangeTracker.Clear();
        foreach (var changed in told)
        {
            Host.Signal.Tell(changed);
        }

        return result;
    }
}
