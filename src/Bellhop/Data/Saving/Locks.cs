namespace Bellhop.Data;

/// <summary>What a save holds until it ends, so that of two writers the second reads what the first wrote.</summary>
public abstract partial class BellhopDb
{
    /// <summary>
    /// Holds a contact's row until the save ends, so that its figures are read and written by one writer at a time. Before reading it;
    /// asked again in the same save, it does nothing.
    /// </summary>
    public async Task LockContact(int organizationId, Guid contactId, CancellationToken cancel)
    {
        if (SaveContext.LockedContacts.Add(contactId))
        {
            await LockContactRow(organizationId, contactId, cancel);
        }
    }

    /// <summary>Whether the current save holds a contact's row already.</summary>
    internal bool HasLocked(Guid contactId) => SaveContext.LockedContacts.Contains(contactId);

    /// <summary>Whether the current save makes a contact that it is writing or has written: all there is of it is tracked.</summary>
    internal bool IsMaking(Guid contactId) => SaveContext.NewContacts.Contains(contactId);

    /// <summary>
    /// Holds a booking's row until the save ends, so that of two updates the second reads what the first wrote. Before reading it, and
    /// before its contact's.
    /// </summary>
    public abstract Task LockBooking(int organizationId, Guid bookingId, CancellationToken cancel);

    /// <summary>Takes a name for the save around, among all processes; false where another has it.</summary>
    internal abstract Task<bool> TryLock(long name, CancellationToken cancel);

    protected abstract Task LockContactRow(int organizationId, Guid contactId, CancellationToken cancel);

    protected abstract Task LockSettings(int organizationId, bool alone, CancellationToken cancel);

    /// <summary>Waits for this writer's turn, where the database takes one at a time, and begins.</summary>
    /// <param name="alone">Where the database writes several saves in one commit: not this one.</param>
    /// <param name="cancel">Gives up the wait.</param>
    private protected abstract Task<SaveTransaction> BeginSave(bool alone, CancellationToken cancel);

    /// <summary>Whether a failure means that another writer came first and trying again will do.</summary>
    protected abstract bool LostRace(Exception error);

    /// <summary>What a failure says of the database itself.</summary>
    internal abstract DatabaseFailure FailureOf(Exception error);
}
