using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;

namespace Bellhop.Features.Contacts;

internal static partial class ContactSql
{
    /// <summary>SQL to count the hits, up to one more than are sorted at most.</summary>
    public static Sql CountHits(SqlDialect dialect, Criteria found) =>
        $"SELECT count(*) FROM ({Hits(dialect, found, found.Most + 1)}) hits";

    /// <summary>SQL to count the matches among these guests. Each guest is looked up.</summary>
    public static Sql CountAmong(SqlDialect dialect, Criteria found, IReadOnlyList<Guid> ids)
    {
        if (found.Scope.IsSeveral)
        {
            return $"SELECT count(*){From(found.Scope, $" AND {dialect.Among($"a.contact_id", ids)}")}{Where(dialect, found)}";
        }

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
        if (scope.IsSeveral || !dialect.HitsAreRows || shape.Plan is not (Plan.Index or Plan.Pairs))
        {
            var ids = shape.IsByIndex ? Sql.Of($"hits AS MATERIALIZED ({Hits(dialect, found, most)}), ") : Sql.None;
            return scope.IsSeveral
                ? Sql.Of($"WITH {ids}top AS MATERIALIZED ({TopOfSeveral(dialect, shape)}) ")
                : $"WITH {ids}top AS (SELECT c.id{FromFound(dialect, scope, $"hits")}{Choose(dialect, shape)}) ";
        }

        var chosen = Choose(dialect, shape);
        var hits = SearchSql.Hits(dialect, GuestHoles.Organization, found.Words, found.Word, most, ColumnsOfHits(dialect, shape));
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

    /// <summary>The tables for guests whose ids were found.</summary>
    /// <param name="ids">The query that found them: its name, or its SELECT in brackets.</param>
    private static Sql FromFound(SqlDialect dialect, PropertyScope scope, Sql ids)
    {
        if (scope.IsSeveral)
        {
            return From(scope, $" AND a.contact_id IN (SELECT h.id FROM {ids} h)");
        }

        var figures = scope.IsOne ? AtProperty(dialect) : Sql.None;
        return $" FROM {ids} h{dialect.JoinAfter}contacts c ON c.organization_id = {GuestHoles.Organization} AND c.id = h.id{figures}";
    }

    private static Sql AtProperty(SqlDialect dialect) =>
        $"{dialect.JoinAfter}contact_at f ON f.organization_id = {GuestHoles.Organization} "
        + $"AND f.property_id = {GuestHoles.Properties[0]} AND f.contact_id = c.id";
}
