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

    public override Sql ForUpdate { get; } = $" FOR NO KEY UPDATE";

    public override Sql NotByIndex => Sql.None;

    public override Sql Among(Sql column, IEnumerable<Guid> ids) => $"{column} = ANY({Sql.Given(ids.ToArray())})";

    public override Sql Among(Sql column, IReadOnlyCollection<string> texts) => $"{column} = ANY ({Sql.Given(texts.ToArray())})";

    public override Sql Month(Sql day) => $"to_char({day}, 'YYYY-MM')";

    public override Sql Nights(Sql arrival, Sql departure) => $"({departure} - {arrival})";

    /// <summary>Does nothing: a parameter without a name is found by its number.</summary>
    private protected override void Name(DbParameter parameter, int index) { }

    private protected override void Type(DbParameter parameter, SqlNull nothing) => parameter.DbType = nothing.Type;
}
