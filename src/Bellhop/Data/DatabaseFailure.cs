namespace Bellhop.Data;

/// <summary>What is wrong with the database, if a failure comes from the database.</summary>
public enum DatabaseFailure
{
    /// <summary>The failure does not come from the database.</summary>
    None,

    /// <summary>The database does not answer, or not in time. A later try may succeed.</summary>
    Away,

    /// <summary>The database has no room left to write.</summary>
    Full,
}
