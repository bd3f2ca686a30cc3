using System.Data.Common;
using System.Text.Json;
using Bellhop.Platform;
using Microsoft.Data.Sqlite;

namespace Bellhop.Data;

/// <summary>The words and values of SQLite.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    public static readonly SqliteDialect Instance = new();

    private SqliteDialect()
        : base("@p", first: 0) { }

    public override object Stored(object? value) =>
        value switch
        {
            null => DBNull.Value,
            Guid id => id.ToByteArray(true),
            DateTime instant => new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)).ToUnixTimeMilliseconds(),
            DateOnly day => day.Iso(),
            Enum name => name.ToString(),
            _ => value,
        };

    // Not GetStream: it looks up the column's table first and takes sixty times as long.
    public override Guid Id(DbDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

    public override DateTime Instant(DbDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column)).UtcDateTime;

    public override DateOnly Day(DbDataReader row, int column) => Day(row.GetString(column));

    internal override RowCells Cells(DbDataReader reader) => reader is SqliteDataReader own ? new SqliteCells(own) : base.Cells(reader);

    /// <summary>The letters of a stored day.</summary>
    internal const int DayLength = 10;

    /// <summary>A day as it is stored. Parsed by hand: the general parser costs more than reading the column.</summary>
    internal static DateOnly Day(ReadOnlySpan<char> text)
    {
        return text is [_, _, _, _, '-', _, _, '-', _, _] ? new(Number(text[..4]), Number(text[5..7]), Number(text[8..])) : throw NoDay();

        static int Number(ReadOnlySpan<char> digits)
        {
            var number = 0;
            foreach (var digit in digits)
            {
                number = (number * 10) + (digit - '0');
            }

            return number;
        }
    }

    internal static FormatException NoDay() => new("A day is stored as yyyy-MM-dd.");

    public override Sql JoinAfter { get; } = $" CROSS JOIN ";

    /// <summary>Empty: there is only one writer at a time.</summary>
    public override Sql ToMerge(Sql select, Sql order, Sql limit) => select;

    public override Sql ForUpdate => Sql.None;

    public override Sql NotByIndex { get; } = $"+";

    public override Sql By(Sql index) => $" INDEXED BY {index}";

    public override Sql Among(Sql column, IEnumerable<Guid> ids) =>
        $"{column} IN (SELECT unhex(value) FROM json_each({Json(ids.Select(Hex))}))";

    public override Sql Among(Sql column, IReadOnlyCollection<string> texts) => $"{column} IN (SELECT value FROM json_each({Json(texts)}))";

    public override Sql Among(Sql column, IReadOnlyCollection<long> numbers) =>
        $"{column} IN (SELECT value FROM json_each({JsonSerializer.Serialize(numbers)}))";

    internal override Sql Listed(IEnumerable<Guid> ids) => $"SELECT unhex(value) AS id FROM json_each({Json(ids.Select(Hex))})";

    internal override Sql Shared(Sql key, Sql member, Sql table, Sql range, Sql number) =>
        $"SELECT {key}, {member} FROM {table} AND {key} IN (SELECT {key} FROM {table} AND {range} GROUP BY {key} HAVING count(*) {number}) "
        + $"ORDER BY {key}, {member}";

    public override Sql Holds(Sql column, Sql text, char? before = null) =>
        before is { } end
            ? Sql.Of($"instr({column}, {text}) BETWEEN 1 AND instr({column}, char({(int)end:fixed}))")
            : $"instr({column}, {text}) > 0";

    // The trigram index cannot find one or two letters directly, so we look for index terms that begin with them. Texts end with a line
    // end, so that their last letters begin a term too.
    internal override Sql Hits(Sql organization, IReadOnlyList<SoughtWord> words, bool isShort, int most, Sql columns)
    {
        if (!isShort)
        {
            var match = SqlHole.For<ISoughtTexts>(sought => Match(sought, words));
            return $"""
                SELECT r.contact_id AS id FROM contact_search s CROSS JOIN contact_search_rows r ON r.id = s.rowid
                WHERE contact_search MATCH {match} AND r.organization_id = {organization} LIMIT {most:fixed}
                """;
        }

        var term = words[0].Text;
        return $"""
            SELECT DISTINCT r.contact_id AS id FROM contact_search_terms t CROSS JOIN contact_search_rows r ON r.id = t.doc
            WHERE t.term >= {term} AND t.term < {term} || char(1114111) AND r.organization_id = {organization} LIMIT {most:fixed}
            """;
    }

    // Few bookings have a text of their own, so reading all these texts from their index costs less than keeping trigrams of them.
    internal override Sql BookingHits(int organizationId, IReadOnlyList<SoughtWord> words, bool isShort, int most) =>
        $"""
            SELECT id FROM bookings INDEXED BY ix_bookings_search WHERE organization_id = {organizationId} AND search IS NOT NULL
            AND ({Sql.Join(" OR ", words.SelectMany(w => w.Spellings.Select(s => Holds($"search", s, w.Before))))}) LIMIT {most:fixed}
            """;

    internal override Sql MessageHits(int organizationId, string word, int most) =>
        $"""
            SELECT r.conversation_id FROM message_search s CROSS JOIN message_search_rows r ON r.id = s.rowid
            WHERE message_search MATCH {Quoted(word)} AND r.organization_id = {organizationId} LIMIT {most:fixed}
            """;

    internal override bool HitsAreExact => false;

    internal override bool HitsAreRows => false;

    internal override double HitCost => 3.5;

    internal override Sql OrderOfEmpties(Sql key, bool descending) => Sql.None;

    public override Sql Month(Sql day) => $"substr({day}, 1, 7)";

    public override Sql Nights(Sql arrival, Sql departure) => $"CAST(julianday({departure}) - julianday({arrival}) AS integer)";

    private protected override void Name(DbParameter parameter, int index) => parameter.ParameterName = ParameterName(index);

    /// <summary>Does nothing: in SQLite values have types and parameters have none.</summary>
    private protected override void Type(DbParameter parameter, SqlNull nothing) { }

    private static string Match(ISoughtTexts sought, IEnumerable<SoughtWord> words) =>
        string.Join(" AND ", words.Select(w => $"({string.Join(" OR ", w.Of(sought).Select(Quoted))})"));

    private static string Quoted(string term) => '"' + term.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    private static string Hex(Guid id) => Convert.ToHexString(id.ToByteArray(true));

    private static string Json(IEnumerable<string> texts) => JsonSerializer.Serialize(texts);
}
