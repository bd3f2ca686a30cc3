namespace Bellhop.Data;

/// <summary>What is the matter with the database, where a failure is its and not ours.</summary>
public enum DatabaseFailure
{
    /// <summary>Nothing: the failure has another reason.</summary>
    None,

    /// <summary>It does not answer, or not in time: try again shortly.</summary>
    Away,

    /// <summary>It has no room left to write.</summary>
    Full,
}
