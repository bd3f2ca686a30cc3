using System.Globalization;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Plan = Bellhop.Features.Bookings.BookingSql.Plan;

namespace Bellhop.Features.Bookings;

/// <summary>A filter limited to what the actor may see, with the plan to answer it.</summary>
/// <param name="Properties">Only bookings at these properties; null for all.</param>
/// <param name="Terms">The search words for the guest; none when the actor may not see guests.</param>
/// <param name="Shown">The search words that a row may show in its source, status or property.</param>
internal sealed record BookingQuery(
    BookingFilter Filter,
    int OrganizationId,
    IReadOnlyList<Guid>? Properties,
    SearchTerms Terms,
    RowWords Shown,
    BookingSql.QueryShape Shape
)
{
    // Added to a prefix, this sorts after every text with that prefix.
    private const string End = "\U0010FFFF";

    /// <summary>The query has no property to search in, so the answer is empty.</summary>
    public bool IsNothing => Properties is { Count: 0 };

    /// <exception cref="Refusal">400 for a parameter with a wrong value; 404 for a property that the actor does not see.</exception>
    public static async Task<BookingQuery> Of(BookingFilter filter, Actor who, BellhopDb db, CancellationToken cancel)
    {
        filter.Wrong?.Refuse();
        var properties = await VisibleProperties.Of(filter.PropertyIds, who, db, cancel);
        var terms = who.Can(Permission.ContactsView) ? SearchTerms.Of(filter.Q) : SearchTerms.None;
        var shown = await RowWords.Of(terms, who.OrganizationId, db, cancel);
        var shape = new BookingSql.QueryShape(
            properties?.Count ?? -1,
            filter.Statuses?.Count ?? 0,
            filter.Sources?.Count ?? 0,
            filter.ArrivalFrom is not null,
            filter.ArrivalTo is not null,
            false,
            terms.Shape,
            filter.Q is not null,
            Shown: shown.Shape
        );
        var (plan, word) = properties is { Count: 0 }
            ? (Plan.Walk, SearchTerms.AllWords)
            : await Choose(filter, terms, shown, shape, who.OrganizationId, db, cancel);
        return new(filter, who.OrganizationId, properties, terms, shown, shape with { Plan = plan, Word = word });
    }

    /// <summary>Adds the filter's values to a statement that <see cref="BookingSql"/> made for this shape.</summary>
    public Statement Name(Statement reading, BellhopDb db, Plan? way = null)
    {
        reading
            .With("organization", OrganizationId)
            .With(BookingSql.PropertyNames, Properties, db)
            .With(BookingSql.StatusNames, Filter.Statuses, db)
            .With(BookingSql.SourceNames, Filter.Sources, db);
        AddSearch(reading, Filter.Q, Terms, Shape with { Plan = way ?? Shape.Plan }, db);
        Shown.Add(reading, db);
        if (Filter.ArrivalFrom is { } from)
        {
            reading.With("from", db.Stored(from));
        }

        return Filter.ArrivalTo is { } to ? reading.With("to", db.Stored(to)) : reading;
    }

    /// <summary>A rare word is looked up in the index; a common word is compared row by row. A single letter has no index.</summary>
    /// <returns>The plan, and the place of the word to look up.</returns>
    private static async ValueTask<(Plan Plan, int Word)> Choose(
        BookingFilter filter,
        SearchTerms terms,
        RowWords shown,
        BookingSql.QueryShape shape,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var onTheWay = (Plan.Walk, SearchTerms.AllWords);
        var word = terms.IsEmpty
            ? SearchTerms.AllWords
            : (await SearchPlanner.Choose(terms, null, true, organizationId, db, cancel, elsewhere: shown.MayShow)).Word;
        if (filter.Q is null || word is not { } asked)
        {
            return onTheWay;
        }

        shape = shape with { Plan = Plan.Index, Word = asked };
        await using var counting = await db.Read(BookingSql.Count(db, shape), cancel);
        counting.With("organization", organizationId);
        AddSearch(counting, filter.Q, terms, shape, db);
        await using var row = await counting.Command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) && Enumerable.Range(0, row.FieldCount).All(i => row.GetInt64(i) <= SearchPlanner.MostHits)
            ? (Plan.Index, asked)
            : onTheWay;
    }

    private static void AddSearch(Statement command, string? q, SearchTerms terms, BookingSql.QueryShape shape, BellhopDb db)
    {
        if (q is null)
        {
            return;
        }

        // Only A to Z are lowered, because lower() in both databases does the same for them.
        AddNumber("", string.Concat(q.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c)));
        foreach (var i in BookingSql.Numbers(shape.Words))
        {
            AddNumber(i.ToString(CultureInfo.InvariantCulture), terms.Words[i].Typed);
        }

        command.With(BookingSql.TermNames, terms.Spellings, db);
        foreach (var (name, value) in shape.Plan == Plan.Walk || terms.IsEmpty ? [] : SearchSql.HitValues(db, terms, shape.Word))
        {
            command.With(name, value);
        }

        void AddNumber(string name, string number) => command.With("number" + name, number).With($"number{name}_end", number + End);
    }
}
