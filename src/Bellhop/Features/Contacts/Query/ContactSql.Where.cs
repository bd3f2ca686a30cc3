using System.Text;
using Bellhop.Data;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Contacts;

internal static partial class ContactSql
{
    private const string Agreed =
        "EXISTS (SELECT 1 FROM consents k WHERE k.organization_id = @organization AND k.contact_id = c.id AND k.granted";

    private static readonly (Condition Condition, string Column, string Test)[] Tests =
    [
        (Condition.Active, "f.active_until", " > @now"),
        (Condition.NotActive, "coalesce(f.active_until, @now)", " <= @now"),
        (Condition.MinBookings, "f.bookings", " >= @min_bookings"),
        (Condition.MaxBookings, "f.bookings", " <= @max_bookings"),
        (Condition.MinSpent, "f.spent", " >= @min_spent"),
        (Condition.MaxSpent, "f.spent", " <= @max_spent"),
        (Condition.CreatedFrom, "f.created_at", " >= @created_from"),
        (Condition.CreatedTo, "f.created_at", " < @created_to"),
        (Condition.LastStayFrom, "f.last_arrival", " >= @last_from"),
        (Condition.LastStayTo, "f.last_arrival", " <= @last_to"),
        (Condition.Phone, "c.phone", " IS NOT NULL"),
        (Condition.NoPhone, "c.phone", " IS NULL"),
        (Condition.Email, "c.email", " IS NOT NULL"),
        (Condition.NoEmail, "c.email", " IS NULL"),
        (Condition.Nobody, "1", " = 0"),
        (Condition.MinRating, "f.rating", " >= @min_rating"),
        (Condition.Consent, "", Agreed + ")"),
        (Condition.NoConsent, "", "NOT " + Agreed + ")"),
        (Condition.ConsentToWhatsApp, "", Agreed + " AND k.channel = 'WhatsApp')"),
        (Condition.ConsentToEmail, "", Agreed + " AND k.channel = 'Email')"),
    ];

    /// <summary>
    /// What a list may start from where few match it: its column, what stands before that in its index, and what asks for it.
    /// </summary>
    internal static IReadOnlyList<(Start Start, string Column, string Before, Condition Asked)> Starts { get; } =
    [
        (Start.Active, "f.active_until", "", Condition.Active),
        (Start.Bookings, "f.bookings", "", Condition.MinBookings | Condition.MaxBookings),
        (Start.Spent, "f.spent", "", Condition.MinSpent | Condition.MaxSpent),
        (Start.Created, "f.created_at", "", Condition.CreatedFrom | Condition.CreatedTo),
        (Start.LastStay, "f.last_arrival", " AND f.last_empty = 0", Condition.LastStayFrom | Condition.LastStayTo),
        (Start.Rating, "f.rating", " AND f.rating_empty = 0", Condition.MinRating),
        (Start.Source, "f.source", "", Condition.None),
    ];

    /// <param name="sort">The column whose index is walked in its order; none where the order does not matter.</param>
    internal static void Where(StringBuilder sql, BellhopDb db, Criteria found, string? sort = null)
    {
        sql.Append(
            found.Properties switch
            {
                < 0 => " WHERE c.organization_id = @organization",
                1 => " WHERE f.organization_id = @organization AND f.property_id = @property0",
                _ => " WHERE 1 = 1",
            }
        );
        WhereConditions(sql, db, found, sort);
        if (found.Segment is { } segment)
        {
            sql.Append(" AND ").Append(segment);
        }
    }

    /// <summary>The conditions, each with its AND.</summary>
    internal static void WhereConditions(StringBuilder sql, BellhopDb db, Criteria found, string? sort)
    {
        foreach (var (condition, column, test) in Tests)
        {
            if (found.Conditions.HasFlag(condition))
            {
                sql.Append(" AND ").Append(Aside(column)).Append(column).Append(test);
            }
        }

        if (found.Sources > 0)
        {
            sql.Append(" AND ").Append(Aside("f.source")).Append("f.source IN (").Append(SourceNames.List(found.Sources)).Append(')');
        }

        WhereTags(sql, found);
        if (found.KnownAt > 0)
        {
            sql.Append(
                    " AND EXISTS (SELECT 1 FROM contact_at y WHERE y.organization_id = @organization AND y.contact_id = c.id AND y.property_id IN ("
                )
                .Append(KnownAtNames.List(found.KnownAt))
                .Append("))");
        }

        // A pair is found behind the name too, where it is not looked for.
        SearchSql.Where(sql, db, found.Words, TermNames, found.Plan == Plan.Index ? found.Word : null);

        string Aside(string column) => sort is null || column.Length == 0 || sort == column ? "" : db.NotByIndex;
    }

    private static void WhereTags(StringBuilder sql, Criteria found)
    {
        var tags = found.Tags;
        // Those the list starts from have one of its tags.
        var sure = found.Plan is Plan.Tags or Plan.TagWalk;
        const string Has =
            "EXISTS (SELECT 1 FROM contact_tags x WHERE x.organization_id = @organization AND x.contact_id = c.id AND x.tag_id ";
        if (tags.Any > 0 && !(sure && tags.All == 0))
        {
            sql.Append(" AND ").Append(Has).Append("IN (").Append(AnyTagNames.List(tags.Any)).Append("))");
        }

        for (var i = sure ? 1 : 0; i < tags.All; i++)
        {
            sql.Append(" AND ").Append(Has).Append("= @").Append(AllTagNames[i]).Append(')');
        }

        if (tags.None > 0)
        {
            sql.Append(" AND NOT ").Append(Has).Append("IN (").Append(NoTagNames.List(tags.None)).Append("))");
        }
    }

    private static string Hits(BellhopDb db, Criteria found, int most) =>
        found.Plan switch
        {
            Plan.Tags => $"SELECT {(found.Tags.From > 1 ? "DISTINCT " : "")}contact_id AS id FROM contact_tags "
                + $"WHERE organization_id = @organization AND tag_id IN ({FromTagNames.List(found.Tags.From)})"
                + Limit(most),
            Plan.Few => Few(found, most),
            _ => SearchSql.Hits(db, found.Words, found.Word, most),
        };

    // Without a limit the engines join what is found at once.
    private static string Limit(int most) => most == int.MaxValue ? "" : $" LIMIT {most}";

    private static string Few(Criteria found, int most)
    {
        var sql = new StringBuilder(
            found.Properties == 1
                ? "SELECT f.contact_id AS id FROM contact_at f WHERE f.organization_id = @organization AND f.property_id = @property0"
                : "SELECT c.id FROM contacts c WHERE c.organization_id = @organization"
        );
        var (_, column, before, asked) = Starts.First(s => s.Start == found.Start);
        sql.Append(before);
        foreach (var (condition, of, test) in Tests.Where(t => asked.HasFlag(t.Condition) && found.Conditions.HasFlag(t.Condition)))
        {
            sql.Append(" AND ").Append(of).Append(test);
        }

        if (found.Start == Start.Source)
        {
            sql.Append(" AND ").Append(column).Append(" IN (").Append(SourceNames.List(found.Sources)).Append(')');
        }

        return One(sql.Append(Limit(most)), found.Properties).ToString();
    }
}
