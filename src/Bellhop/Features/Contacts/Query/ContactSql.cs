using System.Collections.Concurrent;
using System.Text;
using Bellhop.Data;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Contacts;

/// <summary>
/// The list's SQL, made of constants. Each shape of query has one text, which is kept. <c>c</c> is the contact. <c>f</c> has the figures
/// over the properties asked about: the contact itself for all, its row in <c>contact_at</c> for one, the sum for several.
/// </summary>
internal static partial class ContactSql
{
    private const int MostKept = 4000;

    // A segment may have hundreds of tags. A text longer than this is not kept.
    private const int LongestKept = 12_000;

    private static readonly ConcurrentDictionary<(Type Engine, QueryShape Shape), string> Kept = [];

    /// <summary>Parameter names by position.</summary>
    internal static ParameterNames PropertyNames { get; } = new("property");
    internal static ParameterNames TodayNames { get; } = new("today");
    internal static ParameterNames SourceNames { get; } = new("source");
    internal static ParameterNames TermNames { get; } = new("term");
    internal static ParameterNames AnyTagNames { get; } = new("any_tag");
    internal static ParameterNames AllTagNames { get; } = new("all_tag");
    internal static ParameterNames NoTagNames { get; } = new("no_tag");
    internal static ParameterNames FromTagNames { get; } = new("from_tag");
    internal static ParameterNames KnownAtNames { get; } = new("known");

    /// <summary>SQL for a stretch of the list in its order, with one row more than asked for when more follow.</summary>
    public static string Page(BellhopDb db, QueryShape shape) =>
        Keep(
            db,
            shape,
            static (db, shape) =>
            {
                var byIndex = shape.Plan is not (Plan.Walk or Plan.TagWalk);
                var sql = new StringBuilder();
                if (byIndex)
                {
                    Top(sql, db, shape);
                }

                Columns(sql, byIndex ? "(SELECT count(*) FROM hits)" : "0");
                if (byIndex)
                {
                    sql.Append(" FROM top t").Append(Joined(db, shape.Properties, "t"));
                }
                else
                {
                    FromWalk(sql, db, shape.Criteria);
                }

                Beside(sql, shape.Properties);
                if (byIndex)
                {
                    Order(sql, db, shape);
                }
                else
                {
                    Choose(sql, db, shape);
                }

                return sql.ToString();
            }
        );

    /// <summary>SQL for the row of one guest, <c>@contact</c>.</summary>
    /// <param name="properties">The number of properties; -1 for all.</param>
    public static string Guest(int properties)
    {
        var sql = new StringBuilder();
        Columns(sql, "0");
        FromGuest(sql, properties);
        Beside(sql, properties);
        WhereGuest(sql, properties);
        return One(sql, properties).ToString();
    }

    /// <summary>Appends the tables for one guest, <c>@contact</c>.</summary>
    internal static void FromGuest(StringBuilder sql, int properties) => From(sql, properties, " AND a.contact_id = @contact");

    internal static void WhereGuest(StringBuilder sql, int properties) =>
        sql.Append(" WHERE c.organization_id = @organization AND c.id = @contact")
            .Append(
                properties == 1 ? " AND f.organization_id = @organization AND f.property_id = @property0 AND f.contact_id = @contact" : ""
            );

    /// <summary>Appends the tables for guests that are read in an order.</summary>
    private static void FromWalk(StringBuilder sql, BellhopDb db, Criteria found)
    {
        if (found.Plan == Plan.TagWalk)
        {
            sql.Append(" FROM contact_tags g")
                .Append(db.JoinAfter)
                .Append("contacts c ON c.organization_id = g.organization_id AND c.id = g.contact_id");
        }
        else
        {
            From(sql, found.Properties);
        }
    }

    /// <summary>The place of the number of hits, after the columns.</summary>
    internal static int HitsAt => ContactRow.Sql.Count;

    private static void Columns(StringBuilder sql, string hits) =>
        sql.Append("SELECT ").AppendJoin(", ", ContactRow.Sql).Append(", ").Append(hits);

    /// <summary>
    /// Appends the tables for all but the guest's own figures: the currency, the property if it is one of those asked about, the last
    /// booking.
    /// </summary>
    private static void Beside(StringBuilder sql, int properties)
    {
        sql.Append(
            " JOIN organizations o ON o.id = @organization "
                + "LEFT JOIN properties p ON p.organization_id = @organization AND p.id = c.property_id"
        );
        if (properties >= 0)
        {
            sql.Append(" AND p.id IN (").Append(PropertyNames.List(properties)).Append(')');
        }

        sql.Append(" LEFT JOIN bookings b ON b.organization_id = @organization AND b.id = ")
            .Append(properties > 1 ? LastOfSeveral(properties) : "f.last_booking_id");
    }

    /// <summary>Appends which rows of a stretch to read, in which order, and how many.</summary>
    private static void Choose(StringBuilder sql, BellhopDb db, QueryShape shape)
    {
        var (key, empty) = shape.Plan == Plan.TagWalk ? ("g.created_at", null) : (shape.Sort.Key.Key, shape.Sort.Key.Empty);
        var filled = shape.Part == NullsPart.Filled;
        Where(sql, db, shape.Criteria, key);
        if (shape.Plan == Plan.TagWalk)
        {
            sql.Append(" AND g.organization_id = @organization AND g.tag_id = @from_tag0");
        }

        if (empty is not null)
        {
            sql.Append(" AND ").Append(empty).Append(filled ? " = 0" : " = 1 AND " + key + " IS NULL");
        }

        if (shape.After)
        {
            var id = shape.Plan == Plan.TagWalk ? "g.contact_id" : Id(shape.Properties);
            sql.Append(filled ? $" AND ({key}, {id})" : " AND " + id)
                .Append(shape.Descending ? " < " : " > ")
                .Append(filled ? "(@key, @id)" : "@id");
        }

        Order(sql, db, shape);
        sql.Append(" LIMIT ").Append(shape.Many ? "101" : "26");
    }

    private static void Order(StringBuilder sql, BellhopDb db, QueryShape shape)
    {
        var key = shape.Plan == Plan.TagWalk ? "g.created_at" : shape.Sort.Key.Key;
        var way = shape.Descending ? " DESC" : "";
        sql.Append(" ORDER BY ")
            .Append(shape.Part == NullsPart.Filled ? key + way + ", " : db.OrderOfEmpties(key, shape.Descending))
            .Append(shape.Plan == Plan.TagWalk ? "g.contact_id" : Id(shape.Properties))
            .Append(way);
    }

    private static string Id(int properties) => properties == 1 ? "f.contact_id" : "c.id";

    /// <summary>SQL for one row of counts: all, active, new this month, new last month, with bookings, spent.</summary>
    public static string Count(BellhopDb db, Criteria shape)
    {
        var sql = new StringBuilder(
            "SELECT count(*), count(CASE WHEN f.active_until > @count_now THEN 1 END), "
                + "count(CASE WHEN f.created_at >= @month AND f.created_at < @next_month THEN 1 END), "
                + "count(CASE WHEN f.created_at >= @last_month AND f.created_at < @month THEN 1 END), "
                + "count(CASE WHEN f.bookings > 0 THEN 1 END), CAST(coalesce(sum(f.spent), 0) AS bigint)"
        );
        if (shape.Plan == Plan.Walk)
        {
            From(sql, shape.Properties);
        }
        else
        {
            sql.Append(" FROM (").Append(Hits(db, shape, int.MaxValue)).Append(") h").Append(Joined(db, shape.Properties, "h"));
        }

        Where(sql, db, shape);
        return One(sql, shape.Properties).ToString();
    }

    /// <param name="only">A condition on <c>a</c>, a guest at a property. It leaves out guests before the rows of several properties are
    /// summed.</param>
    internal static void From(StringBuilder sql, int properties, string only = "")
    {
        switch (properties)
        {
            case < 0:
                sql.Append(" FROM contacts c");
                break;
            case 1:
                sql.Append(" FROM contact_at f JOIN contacts c ON c.organization_id = f.organization_id AND c.id = f.contact_id");
                break;
            default:
                sql.Append(" FROM ")
                    .Append(Sum(properties, only))
                    .Append(" f JOIN contacts c ON c.organization_id = @organization AND c.id = f.contact_id");
                break;
        }
    }

    /// <summary>
    /// The figures over several properties. The first touch at any of them gives source and time. The last arrival is the latest that is
    /// not in the future; when there is none, the next one.
    /// </summary>
    private static string Sum(int properties, string only)
    {
        var today = string.Concat(Enumerable.Range(0, properties).Select(i => $" WHEN @{PropertyNames[i]} THEN @{TodayNames[i]}"));
        var figures = string.Join(", ", ContactRow.Columns.Select(c => c.OfSeveral).OfType<string>());
        return $"""
            (SELECT contact_id, {figures}
            FROM (SELECT a.*, CASE a.property_id{today} END AS today,
            first_value(a.source) OVER (PARTITION BY a.contact_id ORDER BY a.created_at, a.property_id) AS first_source
            FROM contact_at a WHERE a.organization_id = @organization AND a.property_id IN ({PropertyNames.List(properties)}){only}) every
            GROUP BY contact_id)
            """;
    }

    private static string LastOfSeveral(int properties) =>
        $"""
            (SELECT l.id FROM contact_at a JOIN bookings l ON l.organization_id = a.organization_id AND l.id = a.last_booking_id
            WHERE a.organization_id = @organization AND a.contact_id = f.contact_id
            AND a.property_id IN ({PropertyNames.List(
                properties
            )}) AND a.last_arrival = f.last_arrival ORDER BY l.booked_at DESC, l.id DESC LIMIT 1)
            """;

    private static string Keep(BellhopDb db, QueryShape shape, Func<BellhopDb, QueryShape, string> make)
    {
        if (Kept.TryGetValue((db.GetType(), shape), out var text))
        {
            return text;
        }

        text = One(new(make(db, shape)), shape.Properties).ToString();
        if (Kept.Count < MostKept && text.Length <= LongestKept)
        {
            Kept[(db.GetType(), shape)] = text;
        }

        return text;
    }

    // Writes `f.` as `c.` when one table is both.
    internal static StringBuilder One(StringBuilder sql, int properties) => properties < 0 ? sql.Replace("f.", "c.") : sql;
}
