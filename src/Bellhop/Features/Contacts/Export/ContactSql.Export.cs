using System.Text;
using Bellhop.Data;

namespace Bellhop.Features.Contacts;

internal static partial class ContactSql
{
    /// <summary>SQL for a whole stretch of the list in its order, in one statement.</summary>
    /// <param name="columns">The SQL of the columns to read.</param>
    /// <param name="some">Whether to read only the guests in <c>@ids</c>.</param>
    public static string Whole(
        BellhopDb db,
        Criteria found,
        ContactSort sort,
        bool descending,
        NullsPart part,
        IEnumerable<string> columns,
        bool some
    )
    {
        var byIndex = found.Plan is not (Plan.Walk or Plan.TagWalk);
        var (key, empty) = found.Plan == Plan.TagWalk ? ("g.created_at", null) : (sort.Key.Key, sort.Key.Empty);
        var sql = new StringBuilder(byIndex ? $"WITH hits AS MATERIALIZED ({Hits(db, found, found.Most)}) " : "")
            .Append("SELECT ")
            .AppendJoin(", ", columns);
        if (byIndex)
        {
            sql.Append(" FROM hits h").Append(Joined(db, found.Properties, "h"));
        }
        else
        {
            FromWalk(sql, db, found);
        }

        // Guests given by id are looked up and then sorted. The order's index would lead past every guest.
        var aside = some ? db.NotByIndex : "";
        Where(sql, db, found, some ? "" : key);
        if (found.Plan == Plan.TagWalk)
        {
            sql.Append(" AND g.organization_id = @organization AND g.tag_id = @from_tag0");
        }

        if (some)
        {
            sql.Append(" AND ").Append(db.AmongIds(found.Properties == 1 ? "f.contact_id" : "c.id", "@ids"));
        }

        if (empty is not null)
        {
            sql.Append(" AND ").Append(aside).Append(empty).Append(part == NullsPart.Filled ? " = 0" : $" = 1 AND {key} IS NULL");
        }

        var (id, way) = (found.Plan == Plan.TagWalk ? "g.contact_id" : Id(found.Properties), descending ? " DESC" : "");
        sql.Append(" ORDER BY ")
            .Append(
                part == NullsPart.Filled ? $"{aside}{key}{way}, "
                : some ? ""
                : db.OrderOfEmpties(key, descending)
            )
            .Append(aside)
            .Append(id)
            .Append(way);
        return One(sql, found.Properties).ToString();
    }
}
