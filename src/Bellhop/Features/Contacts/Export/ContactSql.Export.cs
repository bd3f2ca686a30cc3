using Bellhop.Data;

namespace Bellhop.Features.Contacts;

internal static partial class ContactSql
{
    /// <summary>SQL for a whole stretch of the list in its order, in one statement.</summary>
    /// <param name="shape">The order and the stretch.</param>
    /// <param name="columns">The SQL of the columns to read.</param>
    /// <param name="ids">The only guests to read; null for all.</param>
    public static Sql Whole(SqlDialect dialect, QueryShape shape, IEnumerable<Sql> columns, IReadOnlyList<Guid>? ids)
    {
        var (found, scope, isFilled, isTag) = (shape.Criteria, shape.Scope, shape.Part == NullsPart.Filled, shape.Plan == Plan.TagWalk);
        var hits = shape.IsByIndex ? $"WITH hits AS MATERIALIZED ({Hits(dialect, found, found.Most)}) " : Sql.None;
        var from = shape.IsByIndex ? FromFound(dialect, scope, $"hits") : FromWalk(dialect, found);

        // Guests given by id are looked up and then sorted. The order's index would lead past every guest.
        var aside = ids is null ? Sql.None : dialect.NotByIndex;
        var where = Where(dialect, found, ids is null && !isTag ? shape.Sort.Key.Key : null);
        var tag = isTag ? $" AND g.organization_id = {GuestHoles.Organization} AND g.tag_id = {GuestHoles.FromTags[0]}" : Sql.None;
        var among = ids is null ? Sql.None : $" AND {dialect.Among(Id(scope), ids)}";
        var part =
            isTag || shape.Sort.Key.Empty is not { } empty ? Sql.None
            : isFilled ? Sql.Of($" AND {aside}{empty.Over(scope)} = 0")
            : $" AND {aside}{empty.Over(scope)} = 1 AND {Key(shape)} IS NULL";
        var way = shape.Descending ? $" DESC" : Sql.None;
        var first =
            isFilled ? $"{aside}{Key(shape)}{way}, "
            : ids is null ? dialect.OrderOfEmpties(Key(shape), shape.Descending)
            : Sql.None;
        return $"{hits}SELECT {Sql.Join(", ", columns)}{from}{where}{tag}{among}{part} ORDER BY {first}{aside}{Id(shape)}{way}";
    }
}
