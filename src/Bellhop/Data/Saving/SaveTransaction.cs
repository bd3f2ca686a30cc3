namespace Bellhop.Data;

/// <summary>What a save writes in, from its turn until it is on disk.</summary>
internal abstract class SaveTransaction
{
    /// <summary>Everything is on disk when this has run. Whether it ends well or not, the context is as before the save.</summary>
    public abstract Task Commit();

    /// <summary>
    /// Nothing of the save stays. Returns when all that its block may have read is on disk: what a failure says must be as true as an
    /// answer.
    /// </summary>
    /// <param name="why">What the save failed by.</param>
    public abstract Task Undo(Exception why);
}

/// <summary>Another save ended the transaction that this one had been written in: nothing of either is stored.</summary>
internal sealed class SaveLost(Exception why) : Exception("Another save ended the transaction of this one.", why);
