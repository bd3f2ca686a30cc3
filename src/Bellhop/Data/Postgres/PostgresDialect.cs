using System.Data.Common;

namespace Bellhop.Data;

/// <summary>
/// SQL and values of PostgreSQL. Parameters have numbers, as the server takes them, so the driver need not parse the text.
/// </summary>
internal sealed class PostgresDialect : SqlDialect
{
    public static readonly PostgresDialect Instance = new();

    private PostgresDialect()
        : base("$", first: 1) { }

    public override object Stored(object? value) =>
        value switch
        {
            null => DBNull.Value,
            Enum name => name.ToString(),
            _ => value,
        };

    public override Guid Id(DbDataReader row, int column) => row.GetGuid(column);

    public override DateTime Instant(DbDataReader row, int column) => DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc);

    public override DateOnly Day(DbDataReader row, int column) => row.GetFieldValue<DateOnly>(column);

    public override Sql JoinAfter { get; } = $" JOIN ";

    // Without a limit of its own, the planner would rather read all its rows and sort them.
    public override Sql ToMerge(Sql select, Sql order, Sql limit) => $"SELECT * FROM ({select}{order}{limit}) s";

    public override Sql ForUpdate { get; } = $" FOR NO KEY UPDATE";

    public override Sql NotByIndex => Sql.None;

    public override Sql By(Sql index) => Sql.None;

    public override Sql Among(Sql column, IEnumerable<Guid> ids) => $"{column} = ANY({Sql.Given(ids.ToArray())})";

    public override Sql Among(Sql column, IReadOnlyCollection<string> texts) => $"{column} = ANY ({Sql.Given(texts.ToArray())})";

    public override Sql Among(Sql column, IReadOnlyCollection<long> numbers) => $"{column} = ANY ({Sql.Given(numbers.ToArray())})";

    internal override Sql Listed(IEnumerable<Guid> ids) => $"SELECT unnest({Sql.Given(ids.ToArray())}) AS id";

    // All members are gathered while the keys are counted: to look for those of the few afterwards takes longer.
    internal override Sql Shared(Sql key, Sql member, Sql table, Sql range, Sql number) =>
        $"SELECT {key}, unnest(array_agg({member})) AS member FROM {table} AND {range} GROUP BY {key} HAVING count(*) {number} "
        + $"ORDER BY {key}, member";

    public override Sql Holds(Sql column, Sql text, char? before = null) =>
        before is { } end
            ? Sql.Of($"strpos({column}, {text}) BETWEEN 1 AND strpos({column}, chr({(int)end:fixed}))")
            : $"strpos({column}, {text}) > 0";

    internal override Sql Hits(Sql organization, IReadOnlyList<SoughtWord> words, bool isShort, int most, Sql columns)
    {
        Sql found = isShort ? Pair(words[0]) : Sql.Join(" AND ", words.Select(w => Sql.Of($"({Like(w)})")));
        return $"SELECT {columns} FROM contacts WHERE organization_id = {organization} AND {found} LIMIT {most:fixed}";
    }

    internal override Sql BookingHits(int organizationId, IReadOnlyList<SoughtWord> words, bool isShort, int most)
    {
        Sql found = isShort ? Pair(words[0]) : Sql.Join(" OR ", words.Select(Like));
        return $"""
            SELECT id FROM bookings WHERE organization_id = {organizationId} AND search IS NOT NULL AND ({found}) LIMIT {most:fixed}
            """;
    }

    internal override Sql MessageHits(int organizationId, string word, int most) =>
        $"""
            SELECT conversation_id FROM messages WHERE organization_id = {organizationId} AND search LIKE {Pattern(word, null)}
            LIMIT {most:fixed}
            """;

    internal override bool HitsAreExact => true;

    internal override bool HitsAreRows => true;

    internal override double HitCost => 3;

    // The planner does not know that all NULL keys are equal, so it needs the full order of the index.
    internal override Sql OrderOfEmpties(Sql key, bool descending) => descending ? Sql.Of($"{key} DESC, ") : $"{key}, ";

    public override Sql Month(Sql day) => $"to_char({day}, 'YYYY-MM')";

    public override Sql Nights(Sql arrival, Sql departure) => $"({departure} - {arrival})";

    private static Sql Pair(SoughtWord word) => $"bellhop_pairs(search) @> ARRAY[{word.Text}]";

    private static Sql Like(SoughtWord word) =>
        Sql.Join(" OR ", word.Places.Select(at => Sql.Of($"search LIKE {Pattern(at, word.Before)}")));

    private static Sql Pattern(int place, char? before) => SqlHole.For<ISoughtTexts>(sought => Pattern(sought.Spellings[place], before));

    private static string Pattern(string term, char? before) =>
        '%'
        + term.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal)
        + (before is { } end ? $"%{end}%" : "%");

    /// <summary>Does nothing: a parameter without a name is found by its number.</summary>
    private protected override void Name(DbParameter parameter, int index) { }

    private protected override void Type(DbParameter parameter, SqlNull nothing) => parameter.DbType = nothing.Type;
}
