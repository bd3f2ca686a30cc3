using System.Data.Common;

namespace Bellhop.Data;

/// <summary>
/// A row of a result. Each call reads the next column, in the order of the SELECT. Every column must be read or skipped; otherwise the
/// read ends with an error.
/// </summary>
public sealed class SqlRow
{
    private readonly DbDataReader _reader;
    private readonly RowCells _cells;
    private readonly int _columns;
    private int _next;

    internal SqlRow(DbDataReader reader, SqlDialect dialect) =>
        (_reader, _cells, _columns) = (reader, dialect.Cells(reader), reader.FieldCount);

    /// <summary>Whether the next column is NULL. This does not move to the next column.</summary>
    public bool IsNull => _cells.IsNull(_next);

    /// <summary>Skips columns, such as those of a joined row that does not exist.</summary>
    public void Skip(int columns) => _next += columns;

    public string Text() => TextOrNull() ?? throw IsMissing();

    public string? TextOrNull() => _cells.Text(_next++);

    public Guid Id() => IdOrNull() ?? throw IsMissing();

    public Guid? IdOrNull() => _cells.Id(_next++);

    /// <summary>UTC.</summary>
    public DateTime Instant() => InstantOrNull() ?? throw IsMissing();

    /// <summary>UTC.</summary>
    public DateTime? InstantOrNull() => _cells.Instant(_next++);

    public DateOnly Day() => DayOrNull() ?? throw IsMissing();

    public DateOnly? DayOrNull() => _cells.Day(_next++);

    public int Number() => checked((int)Long());

    public int? NumberOrNull() => checked((int?)LongOrNull());

    /// <summary>A sum, a count, or an amount in minor units.</summary>
    public long Long() => LongOrNull() ?? throw IsMissing();

    public long? LongOrNull() => _cells.Number(_next++);

    public bool Flag() => _cells.Flag(_next++) ?? throw IsMissing();

    /// <summary>An enum value, stored by its name.</summary>
    public T Name<T>()
        where T : struct, Enum => NameOrNull<T>() ?? throw IsMissing();

    public T? NameOrNull<T>()
        where T : struct, Enum => TextOrNull() is { } name ? EnumNames<T>.All[name] : null;

    /// <summary>The next column as the driver has it, only to be compared with the same column of other rows.</summary>
    internal object? Stored()
    {
        var value = _reader.GetValue(_next++);
        return value is DBNull ? null : value;
    }

    internal T Read<T>(Func<SqlRow, T> read)
    {
        Begin();
        var row = read(this);
        End();
        return row;
    }

    /// <summary>Goes to the first column.</summary>
    internal void Begin() => _next = 0;

    /// <exception cref="InvalidOperationException">A column was neither read nor skipped.</exception>
    internal void End()
    {
        if (_next != _columns)
        {
            throw new InvalidOperationException($"Of {_columns} columns {_next} were read.");
        }
    }

    private InvalidOperationException IsMissing() => new($"Column {_next - 1} is NULL.");
}
