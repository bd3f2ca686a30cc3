namespace Bellhop.Features.Intake;

/// <summary>How those whose words are searched for are found.</summary>
/// <param name="Word">
/// Which word the search index is asked for, by its place, or <see cref="SearchTerms.AllWords"/>; null: whoever matches is met on the way
/// through the order of the list.
/// </param>
/// <param name="Most">With more hits than this the way is quicker after all.</param>
internal readonly record struct SearchPlan(int? Word, int Most)
{
    /// <summary>On the way through the order.</summary>
    public static SearchPlan Walk { get; } = new(null, SearchPlanner.MostHits);

    /// <summary>Answers as planned; on the way where the index finds more than is worth sorting.</summary>
    /// <param name="read">Null where the index found too many.</param>
    public async Task<T> Answer<T>(Func<SearchPlan, Task<T?>> read)
        where T : class => (Word is null ? null : await read(this)) ?? (await read(Walk))!;
}
