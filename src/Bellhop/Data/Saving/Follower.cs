namespace Bellhop.Data;

/// <summary>
/// What a table's rows do when something else changes, in the same save. A feature registers one in the file of its table;
/// a table that holds a contact's id, and whose rows the database does not delete with the contact, has one: a guard test sees to it.
/// </summary>
public abstract class Follower
{
    /// <summary>The entities whose rows this looks after.</summary>
    public abstract IReadOnlyList<Type> Tables { get; }

    /// <summary>Rows have been written, the save is not committed: bring what is derived from them up to date.</summary>
    public virtual Task Follow(BellhopDb db, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>
    /// Tracked changes are about to be written: the last moment to see values before and after, and to note what follows from them.
    /// Whoever changes a row here looks for changes after, for the followers that come next.
    /// </summary>
    public virtual Task Writing(BellhopDb db, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>New rows have been written past the tracker, all of one type: note what follows from them.</summary>
    public virtual Task BulkInserted(BellhopDb db, IReadOnlyCollection<object> rows, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Whether a guest whom an import made has rows here that did not come with the import.</summary>
    public virtual Task<bool> HasMoreThanImport(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel) =>
        Task.FromResult(false);

    /// <summary>Two tags became one: what names the one by its id names the other from here on.</summary>
    public virtual Task TagReplaced(BellhopDb db, int organizationId, Guid from, Guid to, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>A contact is being deleted for good: remove its rows, or take the person out of those that stay.</summary>
    public virtual Task ContactDeleted(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel) => Task.CompletedTask;
}
