namespace Bellhop.Features.Intake;

/// <summary>The way to find the rows that a search matches.</summary>
/// <param name="Word">The place of the word to look up in the search index, or <see cref="SearchTerms.AllWords"/>. Null: read the list in
/// its order and test each row.</param>
/// <param name="Most">With more hits than this, reading the list in its order is quicker.</param>
internal readonly record struct SearchPlan(int? Word, int Most)
{
    /// <summary>Reads the list in its order and tests each row.</summary>
    public static SearchPlan Walk { get; } = new(null, SearchPlanner.MostHits);

    /// <summary>Answers as planned. Reads the list in its order when the index finds more hits than is worth sorting.</summary>
    /// <param name="read">Returns null when the index found too many.</param>
    public async Task<T> Answer<T>(Func<SearchPlan, Task<T?>> read)
        where T : class => (Word is null ? null : await read(this)) ?? (await read(Walk))!;
}
