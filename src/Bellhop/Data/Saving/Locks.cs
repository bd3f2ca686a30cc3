using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Data;

/// <summary>What a save locks until it ends, so that the second of two writers reads what the first one wrote.</summary>
public abstract partial class BellhopDb
{
    /// <summary>
    /// Locks a contact's row until the save ends, so that only one writer at a time computes its figures. Call it before reading the row. A
    /// second call in the same save does nothing.
    /// </summary>
    public async Task LockContact(int organizationId, Guid contactId, CancellationToken cancel)
    {
        if (SaveContext.LockedContacts.Add(contactId))
        {
            await LockContactRow(organizationId, contactId, cancel);
        }
    }

    /// <summary>As <see cref="LockContact"/>, of several contacts by one statement, in one order.</summary>
    public async Task LockContacts(int organizationId, IEnumerable<Guid> contactIds, CancellationToken cancel)
    {
        var some = contactIds.Where(SaveContext.LockedContacts.Add).ToList();
        await LockRows($"contacts", organizationId, some, cancel);
    }

    /// <summary>
    /// Locks rows until the save ends, in the order of their ids, so that two saves never wait for each other. Call it before reading the
    /// rows.
    /// </summary>
    /// <param name="table">A table with the columns <c>organization_id</c> and <c>id</c>.</param>
    internal async Task LockRows(Sql table, int organizationId, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        if (ids.Count > 0)
        {
            await Read(
                $"""
                SELECT id FROM {table} WHERE organization_id = {organizationId} AND {Dialect.Among($"id", ids)}
                ORDER BY id{Dialect.ForUpdate}
                """,
                row => row.Id(),
                cancel
            );
        }
    }

    /// <summary>Whether the current save has already locked a contact's row.</summary>
    internal bool HasLocked(Guid contactId) => SaveContext.LockedContacts.Contains(contactId);

    /// <summary>Whether the current save creates this contact: then all its rows are tracked.</summary>
    internal bool IsMaking(Guid contactId) => SaveContext.NewContacts.Contains(contactId);

    /// <summary>
    /// Locks a booking's row until the save ends, so that the second of two updates reads what the first one wrote. Call it before reading
    /// the row, and before locking the booking's contact.
    /// </summary>
    public abstract Task LockBooking(int organizationId, Guid bookingId, CancellationToken cancel);

    /// <summary>Locks a name for the current save, among all processes; false if another save has the lock.</summary>
    internal abstract Task<bool> TryLock(long name, CancellationToken cancel);

    protected abstract Task LockContactRow(int organizationId, Guid contactId, CancellationToken cancel);

    protected abstract Task LockSettings(int organizationId, bool alone, CancellationToken cancel);

    /// <summary>Whether a save that begins now waits for others. Work that can wait lets them go first.</summary>
    internal virtual bool OthersWrite => false;

    /// <summary>Waits for its turn, if the database has one writer at a time, and begins the transaction.</summary>
    /// <param name="alone">The save must not share its commit with other saves.</param>
    /// <param name="cancel">Stops the wait.</param>
    private protected abstract Task<SaveTransaction> BeginSave(bool alone, CancellationToken cancel);

    /// <summary>Whether an error means that another writer was faster, so that a retry may succeed.</summary>
    protected abstract bool LostRace(Exception error);

    /// <summary>What an error says about the state of the database.</summary>
    internal abstract DatabaseFailure FailureOf(Exception error);

    /// <summary>Whether a save failed by what it was to store, and would fail by it again. A database that is away or full is no such
    /// failure.</summary>
    internal bool IsOfTheRows(Exception error) =>
        FailureOf(error) == DatabaseFailure.None
        && error
            is DbUpdateException
                or DbException
                or InvalidOperationException
                or ArgumentException
                or FormatException
                or NullReferenceException;
}
