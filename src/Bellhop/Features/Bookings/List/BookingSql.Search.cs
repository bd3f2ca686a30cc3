using Bellhop.Data;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Bookings;

internal static partial class BookingSql
{
    // Added to a prefix, this sorts after every text with that prefix.
    private const string End = "\U0010FFFF";

    /// <summary>
    /// Counts what each index finds: guests, bookings with words of their own, references and external ids. Each count is a row and stops
    /// at one more than is worth sorting.
    /// </summary>
    public static Sql Count(BookingQuery asked, SqlDialect dialect)
    {
        IEnumerable<Sql> guests = asked.Terms.IsEmpty ? [] : [Guests(asked, dialect), OwnWords(asked, dialect)];
        var numbers = Numbers(asked).Select(number => Sql.Of($"{number} LIMIT {SearchPlanner.MostHits + 1:fixed}"));
        return Sql.Join(" UNION ALL ", guests.Concat(numbers).Select(hits => Sql.Of($"SELECT count(*) FROM ({hits}) h")));
    }

    /// <summary>
    /// Whether a word, by its place, may be a reference or external id by itself, as in "silva bk-4471". Not when it is the only word.
    /// </summary>
    private static bool IsNumber(SearchTerms terms, int word) =>
        terms.Words.Count > 1 && terms.Words[word].Kind is not (SearchSql.Letter or SearchSql.Pair);

    /// <summary>One SELECT for the whole search text and one for each such word, on references and on external ids.</summary>
    private static IEnumerable<Sql> Numbers(BookingQuery asked) =>
        asked
            .Terms.Words.Where((_, i) => IsNumber(asked.Terms, i))
            .Select(w => w.Typed)
            .Prepend(asked.Number)
            .SelectMany(Begins)
            .Select(begins => Sql.Of($"SELECT b.id FROM bookings b WHERE b.organization_id = {asked.OrganizationId} AND {begins}"));

    private static Sql[] Begins(string number) => [Begins($"reference", number), Begins($"external_id", number)];

    private static Sql Begins(Sql column, string number)
    {
        var end = number + End;
        return $"lower(b.{column}) >= {number} AND lower(b.{column}) < {end}";
    }

    private static Sql Guests(BookingQuery asked, SqlDialect dialect) =>
        SearchSql.Hits(dialect, $"{asked.OrganizationId}", asked.Terms.Shape, asked.Word, SearchPlanner.MostHits + 1).With(asked.Terms);

    // Where the guest does not have every word that is looked up, the booking itself has one of them.
    private static Sql OwnWords(BookingQuery asked, SqlDialect dialect) =>
        dialect
            .BookingHits(
                asked.OrganizationId,
                SearchSql.Sought(asked.Terms.Shape, asked.Word),
                SearchSql.IsPair(asked.Terms.Shape, asked.Word),
                SearchPlanner.MostHits + 1
            )
            .With(asked.Terms);

    private static Sql Found(BookingQuery asked, SqlDialect dialect)
    {
        IEnumerable<Sql> guests = asked.Terms.IsEmpty
            ? []
            :
            [
                $"SELECT b.id FROM ({Guests(asked, dialect)}) h{dialect.JoinAfter}bookings b "
                    + $"ON b.organization_id = {asked.OrganizationId} AND b.contact_id = h.id",
                $"SELECT o.id FROM ({OwnWords(asked, dialect)}) o",
            ];
        return Sql.Join(" UNION ", guests.Concat(Numbers(asked)));
    }

    private static Sql FoundBookings(BookingQuery asked, SqlDialect dialect) =>
        $"found f{dialect.JoinAfter}bookings b ON b.organization_id = {asked.OrganizationId} AND b.id = f.id";

    /// <summary>The condition, with its AND, that the row shows the searched number, or every word.</summary>
    private static Sql Search(BookingQuery asked, SqlDialect dialect)
    {
        if (asked.Filter.Q is null)
        {
            return Sql.None;
        }

        var words = SearchSql.Words(asked.Terms.Shape).Select((word, i) => Sql.Of($"({Sql.Join(" OR ", Shows(asked, word, i, dialect))})"));
        Sql every = asked.Terms.IsEmpty ? Sql.None : Sql.Of($" OR ({Sql.Join(" AND ", words)})").With(asked.Terms);
        return $" AND ({Sql.Join(" OR ", Begins(asked.Number))}{every})";
    }

    /// <summary>The ways in which a row may show a word: by its guest, by its own words, by a number, or in another column.</summary>
    private static IEnumerable<Sql> Shows(BookingQuery asked, SoughtWord word, int at, SqlDialect dialect) =>
        [
            SearchSql.Has(dialect, $"c.search", word),
            SearchSql.Has(dialect, $"b.search", word),
            .. IsNumber(asked.Terms, at) ? Begins(asked.Terms.Words[at].Typed) : [],
            .. asked.Shown.Conditions(at, asked.OrganizationId, dialect),
        ];
}
