using System.Text;
using Bellhop.Data;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Contacts;

internal static partial class ContactSql
{
    /// <summary>A test that no guest meets.</summary>
    internal static Test Nobody { get; } = new("1", " = 0");

    private static readonly Test[] Tests = [.. FilterConditions.All.SelectMany(c => c.Tests), Nobody];

    /// <summary>The indexes that a list of few guests may start from.</summary>
    internal static IReadOnlyList<StartingIndex> Starts { get; } = [.. FilterConditions.All.Select(c => c.Start).OfType<StartingIndex>()];

    /// <param name="sort">The column whose index is read in its order; null when the order does not matter.</param>
    internal static void Where(StringBuilder sql, BellhopDb db, Criteria found, string? sort = null)
    {
        sql.Append(
            found.Properties switch
            {
                < 0 => " WHERE c.organization_id = @organization",
                1 => " WHERE f.organization_id = @organization AND f.property_id = @property0 AND f.listed = 1",
                _ => " WHERE 1 = 1",
            }
        );
        if (found.IsOnly)
        {
            // Another property may come between the choice of this statement and its run.
            sql.Append(" AND NOT EXISTS (SELECT 1 FROM properties z WHERE z.organization_id = @organization AND z.id <> @property0)");
        }

        WhereConditions(sql, db, found, sort);
        if (found.Segment is { } segment)
        {
            sql.Append(" AND ").Append(segment);
        }
    }

    /// <summary>Appends the conditions, each after its AND.</summary>
    internal static void WhereConditions(StringBuilder sql, BellhopDb db, Criteria found, string? sort)
    {
        foreach (var test in Tests)
        {
            if (found.Conditions.Has(test))
            {
                sql.Append(" AND ").Append(Aside(test.Column)).Append(test.Column).Append(test.Sql);
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
                    " AND EXISTS (SELECT 1 FROM contact_at y WHERE y.organization_id = @organization AND y.contact_id = c.id "
                        + "AND y.property_id IN ("
                )
                .Append(KnownAtNames.List(found.KnownAt))
                .Append("))");
        }

        // The index also finds a pair of letters after the name, where short words are not looked for. So the pair is tested again.
        SearchSql.Where(sql, db, found.Words, TermNames, found.Plan == Plan.Index ? found.Word : null);

        string Aside(string column) => sort is null || column.Length == 0 || sort == column ? "" : db.NotByIndex;
    }

    private static void WhereTags(StringBuilder sql, Criteria found)
    {
        var tags = found.Tags;
        // Guests found by a tag have it, so it is not tested again.
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

    // Without a limit, the engines join the found rows in one step.
    private static string Limit(int most) => most == int.MaxValue ? "" : $" LIMIT {most}";

    private static string Few(Criteria found, int most)
    {
        var sql = new StringBuilder(
            found.Properties == 1
                ? "SELECT f.contact_id AS id FROM contact_at f "
                    + "WHERE f.organization_id = @organization AND f.property_id = @property0 AND f.listed = 1"
                : "SELECT c.id FROM contacts c WHERE c.organization_id = @organization"
        );
        var start = found.Start!;
        sql.Append(start.Before);
        foreach (var test in start.Tests.Where(found.Conditions.Has))
        {
            sql.Append(" AND ").Append(test.Column).Append(test.Sql);
        }

        if (start.Tests.Length == 0)
        {
            sql.Append(" AND ").Append(start.Column).Append(" IN (").Append(SourceNames.List(found.Sources)).Append(')');
        }

        return One(sql.Append(Limit(most)), found.Properties).ToString();
    }
}
