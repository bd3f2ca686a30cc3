using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;

namespace Bellhop.Features.Contacts;

internal static partial class ContactSql
{
    /// <summary>SQL to count the hits, up to one more than are sorted at most.</summary>
    public static Sql CountHits(SqlDialect dialect, Criteria found) =>
        $"SELECT count(*) FROM ({Hits(dialect, found, found.Most + 1)}) hits";

    /// <summary>SQL to count the matches among these guests, over all properties or one. Each guest is looked up.</summary>
    public static Sql CountAmong(SqlDialect dialect, Criteria found, IReadOnlyList<Guid> ids)
    {
        var figures = found.Scope.IsOne ? AtProperty(dialect) : Sql.None;
        return $"SELECT count(*) FROM contacts c{figures}{Where(dialect, found)} "
            + $"AND c.organization_id = {GuestHoles.Organization} AND {dialect.Among($"c.id", ids)}";
    }

    /// <summary>
    /// The hits, then the keys of the page among them. Only keys are sorted; the page's columns are read for the page's rows. When the
    /// index reads the guests' rows, it also reads the columns of the conditions, so that no row is read twice.
    /// </summary>
    private static Sql Top(SqlDialect dialect, QueryShape shape)
    {
        var (found, most, scope) = (shape.Criteria, shape.Criteria.Most + 1, shape.Scope);
        var chosen = Choose(dialect, shape);
        if (!dialect.HitsAreRows || shape.Plan is not (Plan.Index or Plan.Pairs))
        {
            return $"WITH hits AS MATERIALIZED ({Hits(dialect, found, most)}), "
                + $"top AS (SELECT c.id FROM hits h{Joined(dialect, scope, $"h")}{chosen}) ";
        }

        var hits = SearchSql.Hits(dialect, GuestHoles.Organization, found.Terms, found.Word, most, ColumnsOfHits(dialect, shape));
        var figures = scope.IsOne ? AtProperty(dialect) : Sql.None;
        return $"WITH hits AS MATERIALIZED ({hits}), top AS (SELECT c.id FROM hits c{figures}{chosen}) ";
    }

    /// <summary>The columns of contacts that choosing the page's rows needs.</summary>
    private static Sql ColumnsOfHits(SqlDialect dialect, QueryShape shape)
    {
        var found = shape.Criteria;
        if (found.Segment is not null)
        {
            return $"*"; // the segment's other conditions may name any column
        }

        GuestColumn?[] used =
        [
            GuestColumn.Own("organization_id"),
            GuestColumn.Own("id"),
            shape.Sort.Key.Key,
            shape.Sort.Key.Empty,
            .. Asked(found).Select(t => t.Column),
            found.Sources > 0 ? SourceField.From : null,
            WhereWords(dialect, found).IsEmpty ? null : GuestColumn.Own("search"),
        ];
        var own = used.OfType<GuestColumn>().Where(c => !c.IsFigure || found.Scope.IsAll);
        return Sql.Join(", ", own.Select(c => c.Name).Distinct(StringComparer.Ordinal).Select(Sql.Name));
    }

    /// <summary>Joins the contacts of found ids, and their figures.</summary>
    private static Sql Joined(SqlDialect dialect, PropertyScope scope, Sql found)
    {
        var figures = scope.IsOne ? AtProperty(dialect) : Sql.None;
        return $"{dialect.JoinAfter}contacts c ON c.organization_id = {GuestHoles.Organization} AND c.id = {found}.id{figures}";
    }

    private static Sql AtProperty(SqlDialect dialect) =>
        $"{dialect.JoinAfter}contact_at f ON f.organization_id = {GuestHoles.Organization} "
        + $"AND f.property_id = {GuestHoles.Properties[0]} AND f.contact_id = c.id";
}
