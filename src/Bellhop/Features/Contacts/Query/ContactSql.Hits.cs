using System.Text;
using System.Text.RegularExpressions;
using Bellhop.Data;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Contacts;

internal static partial class ContactSql
{
    /// <summary>SQL to count the hits, up to one more than are sorted at most.</summary>
    public static string CountHits(BellhopDb db, Criteria found) => $"SELECT count(*) FROM ({Hits(db, found, found.Most + 1)}) hits";

    /// <summary>SQL to count the matches among the guests in <c>@ids</c>. Each guest is looked up.</summary>
    public static string CountAmong(BellhopDb db, Criteria found)
    {
        var sql = new StringBuilder("SELECT count(*)");
        From(sql, found.Properties);
        Where(sql, db, found, "");
        return One(sql.Append(" AND ").Append(db.AmongIds("c.id", "@ids")), found.Properties).ToString();
    }

    /// <summary>
    /// The hits, then the keys of the page among them. Only keys are sorted; the page's columns are read for the page's rows. When the
    /// index reads the guests' rows, it also reads the columns of the conditions, so that no row is read twice.
    /// </summary>
    private static void Top(StringBuilder sql, BellhopDb db, QueryShape shape)
    {
        var chosen = new StringBuilder();
        Choose(chosen, db, shape);
        var (found, most) = (shape.Criteria, shape.Criteria.Most + 1);
        if (!db.HitsAreRows || shape.Plan is not (Plan.Index or Plan.Pairs))
        {
            sql.Append("WITH hits AS MATERIALIZED (")
                .Append(Hits(db, found, most))
                .Append("), top AS (SELECT c.id FROM hits h")
                .Append(Joined(db, shape.Properties, "h"));
        }
        else
        {
            // The segment's other conditions may name any column.
            var columns = found.Segment is null
                ? string.Join(
                    ", ",
                    ColumnsOf(shape.Properties).Matches(chosen.ToString()).Select(m => m.Value[2..]).Append("id").Distinct()
                )
                : "*";
            sql.Append("WITH hits AS MATERIALIZED (")
                .Append(SearchSql.Hits(db, found.Words, found.Word, most, columns))
                .Append("), top AS (SELECT c.id FROM hits c")
                .Append(shape.Properties == 1 ? AtProperty(db) : "");
        }

        sql.Append(chosen).Append(") ");
    }

    // Over all properties, the contact's own row has the figures.
    private static Regex ColumnsOf(int properties) => properties < 0 ? ContactOrFigure() : Contact();

    [GeneratedRegex(@"\b[cf]\.[a-z_]+", RegexOptions.None, 1000)]
    private static partial Regex ContactOrFigure();

    [GeneratedRegex(@"\bc\.[a-z_]+", RegexOptions.None, 1000)]
    private static partial Regex Contact();

    /// <summary>Joins the contacts of found ids, and their figures.</summary>
    private static string Joined(BellhopDb db, int properties, string found) =>
        $"{db.JoinAfter}contacts c ON c.organization_id = @organization AND c.id = {found}.id" + (properties == 1 ? AtProperty(db) : "");

    private static string AtProperty(BellhopDb db) =>
        $"{db.JoinAfter}contact_at f ON f.organization_id = @organization AND f.property_id = @property0 AND f.contact_id = c.id";
}
