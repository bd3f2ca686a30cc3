namespace Bellhop.Data;

/// <summary>
/// Updates a table's rows when other rows change, in the same save. A feature registers its follower in the file of the table. A table
/// with a contact's id needs one, unless the database deletes its rows with the contact. A guard test checks this.
/// </summary>
public abstract class Follower
{
    /// <summary>The entities whose rows this follower handles.</summary>
    public abstract IReadOnlyList<Type> Tables { get; }

    /// <summary>Called after rows are written and before the commit: update the rows that are derived from them.</summary>
    /// <returns>Whether a tracked row may have changed. New rows need not be told of.</returns>
    public virtual Task<bool> Follow(BellhopDb db, CancellationToken cancel) => Task.FromResult(false);

    /// <summary>
    /// Called just before tracked changes are written. This is the last chance to see the values before and after, and to note what follows
    /// from them. A follower that changes a row here must call DetectChanges, so that the next followers see the change.
    /// </summary>
    public virtual Task Writing(BellhopDb db, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Called after new rows of one type are written without the tracker: note what follows from them.</summary>
    public virtual Task BulkInserted(BellhopDb db, IReadOnlyCollection<object> rows, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Whether a guest that an import made has rows here that did not come with the import.</summary>
    public virtual Task<bool> HasMoreThanImport(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel) =>
        Task.FromResult(false);

    /// <summary>Called when one tag replaces another: replace the old id by the new one.</summary>
    public virtual Task TagReplaced(BellhopDb db, int organizationId, Guid from, Guid to, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>
    /// Called before an organisation gets its second property, in saves of their own: prepares some rows for lists over one of several
    /// properties. Returns whether more are left.
    /// </summary>
    public virtual Task<bool> PrepareForSecondProperty(BellhopDb db, int organizationId, CancellationToken cancel) =>
        Task.FromResult(false);

    /// <summary>Called when a contact is deleted for good: delete its rows, or remove the person from rows that stay.</summary>
    public virtual Task ContactDeleted(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel) => Task.CompletedTask;
}
