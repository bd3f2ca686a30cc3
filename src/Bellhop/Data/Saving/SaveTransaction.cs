namespace Bellhop.Data;

/// <summary>The transaction of one save, from the save's turn until its data is on disk.</summary>
internal abstract class SaveTransaction
{
    /// <summary>Ends when everything is on disk. Also after an error, the context is as it was before the save.</summary>
    public abstract Task Commit();

    /// <summary>
    /// Undoes the save. It ends only when everything that the block may have read is on disk, because a failure may report what the block
    /// read.
    /// </summary>
    /// <param name="why">The error that made the save fail.</param>
    public abstract Task Undo(Exception why);
}

/// <summary>Another save's failure ended the transaction that this save shared with it: nothing of either is stored.</summary>
internal sealed class SaveLost(Exception why) : Exception("Another save ended the transaction of this one.", why);
