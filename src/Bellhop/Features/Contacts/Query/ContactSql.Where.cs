using Bellhop.Data;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Contacts;

internal static partial class ContactSql
{
    /// <summary>A test that no guest meets.</summary>
    internal static Test Nobody { get; } = new($"1 = 0");

    /// <summary>The rows of <c>contact_at</c> that lists over one property read.</summary>
    private static readonly Sql Listed =
        $"f.organization_id = {GuestHoles.Organization} AND f.property_id = {GuestHoles.Properties[0]} AND f.listed = 1";

    private static readonly Test[] Tests = [.. FilterConditions.All.SelectMany(c => c.Tests), Nobody];

    /// <summary>The indexes that a list of few guests may start from.</summary>
    internal static IReadOnlyList<StartingIndex> Starts { get; } = [.. FilterConditions.All.Select(c => c.Start).OfType<StartingIndex>()];

    /// <param name="order">The column whose index is read in its order.</param>
    /// <param name="anyIndex">Whether the index of any condition may be used, because there is no order.</param>
    internal static Sql Where(SqlDialect dialect, Criteria found, GuestColumn? order = null, bool anyIndex = false)
    {
        var there =
            found.Scope.IsAll ? $" WHERE c.organization_id = {GuestHoles.Organization}"
            : found.Scope.IsOne ? $" WHERE {Listed}"
            : Sql.Of($" WHERE 1 = 1");

        // Another property may come between the choice of this statement and its run.
        var only = found.IsOnly
            ? Sql.Of(
                $" AND NOT EXISTS (SELECT 1 FROM properties z WHERE z.organization_id = {GuestHoles.Organization} "
                    + $"AND z.id <> {GuestHoles.Properties[0]})"
            )
            : Sql.None;
        var segment = found.Segment is { } rest ? $" AND {rest}" : Sql.None;
        return $"{there}{only}{WhereConditions(dialect, found, order, anyIndex)}{segment}";
    }

    /// <summary>The conditions, each after its AND.</summary>
    /// <param name="over">How a column is written; by default as a column of the tables.</param>
    internal static Sql WhereConditions(
        SqlDialect dialect,
        Criteria found,
        GuestColumn? order = null,
        bool anyIndex = false,
        Func<GuestColumn, Sql>? over = null
    )
    {
        var tests = Sql.Join("", Asked(found).Select(t => Sql.Of($" AND {t.Of(t.Column is { } column ? Column(column) : Sql.None)}")));
        var sources = found.Sources > 0 ? $" AND {Column(SourceField.From)} IN ({GuestHoles.Sources.List(found.Sources)})" : Sql.None;
        var known =
            found.KnownAt > 0
                ? Sql.Of(
                    $" AND EXISTS (SELECT 1 FROM contact_at y WHERE y.organization_id = {GuestHoles.Organization} "
                        + $"AND y.contact_id = c.id AND y.property_id IN ({GuestHoles.KnownAt.List(found.KnownAt)}))"
                )
                : Sql.None;
        return $"{tests}{sources}{WhereTags(found)}{known}{WhereWords(dialect, found)}";

        Sql Column(GuestColumn column) =>
            $"{(anyIndex || order == column ? Sql.None : dialect.NotByIndex)}{over?.Invoke(column) ?? column.Over(found.Scope)}";
    }

    private static IEnumerable<Test> Asked(Criteria found) => Tests.Where(found.Conditions.Has);

    // The index also finds a pair of letters after the name, where short words are not looked for. So the pair is tested again.
    private static Sql WhereWords(SqlDialect dialect, Criteria found) =>
        SearchSql.And(dialect, $"c.search", found.Words, found.Plan == Plan.Index ? found.Word : null);

    private static Sql WhereTags(Criteria found)
    {
        var tags = found.Tags;
        // Guests found by a tag have it, so it is not tested again.
        var sure = found.Plan is Plan.Tags or Plan.TagWalk;
        Sql has =
            $"EXISTS (SELECT 1 FROM contact_tags x WHERE x.organization_id = {GuestHoles.Organization} "
            + $"AND x.contact_id = c.id AND x.tag_id ";
        var any = tags.Any > 0 && !(sure && tags.All == 0) ? $" AND {has}IN ({GuestHoles.AnyTags.List(tags.Any)}))" : Sql.None;
        var (first, none) = (sure ? 1 : 0, tags.None > 0 ? $" AND NOT {has}IN ({GuestHoles.NoTags.List(tags.None)}))" : Sql.None);
        var all = Enumerable.Range(first, Math.Max(0, tags.All - first)).Select(at => Sql.Of($" AND {has}= {GuestHoles.AllTags[at]})"));
        return $"{any}{Sql.Join("", all)}{none}";
    }

    /// <summary>A SELECT of the ids of the guests that a plan finds.</summary>
    private static Sql Hits(SqlDialect dialect, Criteria found, int most) =>
        found.Plan switch
        {
            Plan.Tags => ByTag(found, most),
            Plan.Few => Few(found, most),
            Plan.Guests => $"SELECT id FROM ({found.Guests!}) few{Limit(most)}",
            _ => SearchSql.Hits(dialect, GuestHoles.Organization, found.Words, found.Word, most),
        };

    private static Sql ByTag(Criteria found, int most)
    {
        var once = found.Tags.From > 1 ? Sql.Of($"DISTINCT ") : Sql.None;
        return $"SELECT {once}contact_id AS id FROM contact_tags WHERE organization_id = {GuestHoles.Organization} "
            + $"AND tag_id IN ({GuestHoles.FromTags.List(found.Tags.From)}){Limit(most)}";
    }

    private static Sql Few(Criteria found, int most)
    {
        var (scope, start) = (found.Scope, found.Start!);
        var from = scope.IsOne
            ? Sql.Of($"SELECT f.contact_id AS id FROM contact_at f WHERE {Listed}")
            : $"SELECT c.id FROM contacts c WHERE c.organization_id = {GuestHoles.Organization}";
        var column = start.Column.Over(scope);
        var filled = start.Empty is { } empty ? $" AND {empty.Over(scope)} = 0" : Sql.None;
        var tests =
            start.Tests.Length == 0
                ? $" AND {column} IN ({GuestHoles.Sources.List(found.Sources)})"
                : Sql.Join("", start.Tests.Where(found.Conditions.Has).Select(t => Sql.Of($" AND {t.Of(column)}")));
        return $"{from}{filled}{tests}{Limit(most)}";
    }

    // Without a limit, the engines join the found rows in one step.
    private static Sql Limit(int most) => most == int.MaxValue ? Sql.None : $" LIMIT {most:fixed}";
}
