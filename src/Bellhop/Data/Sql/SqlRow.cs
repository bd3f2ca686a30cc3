using System.Data.Common;

namespace Bellhop.Data;

/// <summary>
/// A row of a result. Each call reads the next column, in the order of the SELECT. Every column must be read or skipped; otherwise the
/// read ends with an error.
/// </summary>
public sealed class SqlRow
{
    private readonly DbDataReader _reader;
    private readonly SqlDialect _dialect;
    private readonly int _columns;
    private int _next;

    internal SqlRow(DbDataReader reader, SqlDialect dialect) => (_reader, _dialect, _columns) = (reader, dialect, reader.FieldCount);

    /// <summary>Whether the next column is NULL. This does not move to the next column.</summary>
    public bool IsNull => _reader.IsDBNull(_next);

    /// <summary>Skips columns, such as those of a joined row that does not exist.</summary>
    public void Skip(int columns) => _next += columns;

    public string Text() => _reader.GetString(_next++);

    public string? TextOrNull() => Nothing() ? null : Text();

    public Guid Id() => _dialect.Id(_reader, _next++);

    public Guid? IdOrNull() => Nothing() ? null : Id();

    /// <summary>UTC.</summary>
    public DateTime Instant() => _dialect.Instant(_reader, _next++);

    /// <summary>UTC.</summary>
    public DateTime? InstantOrNull() => Nothing() ? null : Instant();

    public DateOnly Day() => _dialect.Day(_reader, _next++);

    public DateOnly? DayOrNull() => Nothing() ? null : Day();

    public int Number() => _reader.GetInt32(_next++);

    public int? NumberOrNull() => Nothing() ? null : Number();

    /// <summary>A sum, a count, or an amount in minor units.</summary>
    public long Long() => _reader.GetInt64(_next++);

    public long? LongOrNull() => Nothing() ? null : Long();

    public bool Flag() => _reader.GetBoolean(_next++);

    /// <summary>An enum value, stored by its name.</summary>
    public T Name<T>()
        where T : struct, Enum => _reader.ReadName<T>(_next++);

    public T? NameOrNull<T>()
        where T : struct, Enum => Nothing() ? null : Name<T>();

    /// <summary>The next column as the driver has it, only to be compared with the same column of other rows.</summary>
    internal object? Stored() => Nothing() ? null : _reader.GetValue(_next++);

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

    /// <summary>Whether the next column is NULL; if so, skips it.</summary>
    private bool Nothing()
    {
        if (!_reader.IsDBNull(_next))
        {
            return false;
        }

        _next++;
        return true;
    }
}
