using System.Globalization;
using System.Text;
using Bellhop.Data;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Bookings;

internal static partial class BookingSql
{
    /// <summary>Counts the guests, references and external ids found. Each count stops at one more than is worth sorting.</summary>
    public static string Count(BellhopDb db, QueryShape shape) =>
        $"SELECT (SELECT count(*) FROM ({Guests(db, shape)}) g)"
        + string.Concat(
            Numbered(shape.Words)
                .Select(begins =>
                    ", (SELECT count(*) FROM (SELECT 1 FROM bookings b WHERE b.organization_id = @organization "
                    + $"AND {begins} LIMIT {SearchPlanner.MostHits + 1}) n)"
                )
        );

    /// <summary>
    /// The places of the words that may be a reference or external id by themselves, as in "silva bk-4471". None for a single word.
    /// </summary>
    public static IEnumerable<int> Numbers(string words) =>
        words.Length < 2 ? [] : Enumerable.Range(0, words.Length).Where(i => words[i] is not (SearchSql.Letter or SearchSql.Pair));

    /// <summary>One condition for the whole search text and one for each such word, on references and on external ids.</summary>
    private static IEnumerable<string> Numbered(string words) =>
        Numbers(words).Select(i => i.ToString(CultureInfo.InvariantCulture)).Prepend("").SelectMany(Begins);

    private static string[] Begins(string number) => [Begins("reference", number), Begins("external_id", number)];

    private static string Begins(string column, string number) =>
        $"lower(b.{column}) >= @number{number} AND lower(b.{column}) < @number{number}_end";

    private static string Guests(BellhopDb db, QueryShape shape) =>
        shape.Words.Length == 0
            ? "SELECT id FROM contacts WHERE 1 = 0"
            : SearchSql.Hits(db, shape.Words, shape.Word, SearchPlanner.MostHits + 1);

    private static string JoinGuest(QueryShape shape) => shape.Words.Length > 0 ? Guest : "";

    private static string Found(BellhopDb db, QueryShape shape)
    {
        var sql = new StringBuilder();
        if (shape.Words.Length > 0)
        {
            sql.Append("SELECT b.id FROM (")
                .Append(Guests(db, shape))
                .Append(") h")
                .Append(db.JoinAfter)
                .Append("bookings b ON b.organization_id = @organization AND b.contact_id = h.id UNION ");
        }

        return sql.AppendJoin(
                " UNION ",
                Numbered(shape.Words).Select(begins => $"SELECT b.id FROM bookings b WHERE b.organization_id = @organization AND {begins}")
            )
            .ToString();
    }
}
