using System.Data.Common;

namespace Bellhop.Data;

/// <summary>
/// A row of a result, read column by column in the order of the SELECT: each call reads the next one. Every column is read or passed over,
/// or the read ends with an error.
/// </summary>
public sealed class SqlRow
{
    private readonly DbDataReader _reader;
    private readonly SqlDialect _dialect;
    private readonly int _columns;
    private int _next;

    internal SqlRow(DbDataReader reader, SqlDialect dialect) => (_reader, _dialect, _columns) = (reader, dialect, reader.FieldCount);

    /// <summary>The next column has no value. It is not read by this.</summary>
    public bool IsNull => _reader.IsDBNull(_next);

    /// <summary>Passes over columns: what comes with a joined row that is not there.</summary>
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

    /// <summary>One of an enum's values: they are stored by their names.</summary>
    public T Name<T>()
        where T : struct, Enum => _reader.ReadName<T>(_next++);

    public T? NameOrNull<T>()
        where T : struct, Enum => Nothing() ? null : Name<T>();

    internal T Read<T>(Func<SqlRow, T> read)
    {
        _next = 0;
        var row = read(this);
        return _next == _columns ? row : throw new InvalidOperationException($"Of {_columns} columns {_next} were read.");
    }

    /// <summary>The next column has no value, and is passed over.</summary>
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
