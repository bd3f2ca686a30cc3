using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Plan = Bellhop.Features.Bookings.BookingSql.Plan;

namespace Bellhop.Features.Bookings;

/// <summary>A filter limited to what the actor may see, with the plan to answer it.</summary>
/// <param name="Properties">Only bookings at these properties; null for all.</param>
/// <param name="Places">The ids of these properties, or of all the organisation's properties.</param>
/// <param name="Terms">The search words for the guest; none when the actor may not see guests.</param>
/// <param name="Shown">The search words that a row may show in another column than the guest's.</param>
internal sealed record BookingQuery(
    BookingFilter Filter,
    int OrganizationId,
    IReadOnlyList<Guid>? Properties,
    IReadOnlyList<Guid> Places,
    SearchTerms Terms,
    RowWords Shown
)
{
    /// <summary>How bookings are found.</summary>
    public Plan Plan { get; init; } = Plan.Walk;

    /// <summary>The place of the word to look up in the search indexes.</summary>
    public int Word { get; init; } = SearchTerms.AllWords;

    /// <summary>
    /// The whole search text as the beginning of a reference or external id. Only A to Z are lowered, because lower() in both databases
    /// does the same for them.
    /// </summary>
    public string Number { get; } = string.Concat((Filter.Q ?? "").Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));

    /// <summary>The query has no property to search in, so the answer is empty.</summary>
    public bool IsNothing => Properties is { Count: 0 };

    /// <exception cref="Refusal">400 for a parameter with a wrong value; 404 for a property that the actor does not see.</exception>
    public static async Task<BookingQuery> Of(BookingFilter filter, Actor who, BellhopDb db, CancellationToken cancel)
    {
        filter.Wrong?.Refuse();
        var properties = await VisibleProperties.Of(filter.PropertyIds, who, db, cancel);
        var terms = who.Can(Permission.ContactsView) ? SearchTerms.Of(filter.Q) : SearchTerms.None;
        var shown = await RowWords.Of(terms, who.OrganizationId, db, cancel);
        var places = properties ?? await VisibleProperties.All(who.OrganizationId, db, cancel);
        var asked = new BookingQuery(filter, who.OrganizationId, properties, places, terms, shown);
        return filter.Q is null || asked.IsNothing ? asked : await asked.Planned(db, cancel);
    }

    /// <summary>A rare word is looked up in the index; a common word is compared row by row. A single letter has no index.</summary>
    private async ValueTask<BookingQuery> Planned(BellhopDb db, CancellationToken cancel)
    {
        int? word = Terms.IsEmpty
            ? SearchTerms.AllWords
            : (await SearchPlanner.Choose(Terms, null, true, OrganizationId, db, cancel, elsewhere: Shown.MayShow)).Word;
        if (word is null)
        {
            return this;
        }

        var byIndex = this with { Plan = Plan.Index, Word = word.Value };
        var counts = await db.Read(BookingSql.Count(byIndex, db.Dialect), row => row.Long(), cancel);
        return counts.TrueForAll(count => count <= SearchPlanner.MostHits) ? byIndex : this;
    }
}
