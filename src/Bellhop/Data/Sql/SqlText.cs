using System.Buffers;
using System.Data;

namespace Bellhop.Data;

/// <summary>A null value together with its database type.</summary>
internal sealed class SqlNull
{
    private static readonly SqlNull[] All = [.. Enumerable.Range(0, 32).Select(type => new SqlNull((DbType)type))];

    private SqlNull(DbType type) => Type = type;

    public DbType Type { get; }

    public static SqlNull Of(DbType type) => All[(int)type];
}

/// <summary>The text and values of an <see cref="Sql"/> for one engine. A pooled array holds the values.</summary>
internal struct SqlText
{
    private readonly object? _given;
    private readonly bool _isKept;
    private Sql.Part[]? _values;

    /// <summary>SQL that was kept. Its values are not pooled.</summary>
    public SqlText(string text, Sql.Part[] values, object? given) =>
        (Text, _values, Count, _given, _isKept) = (text, values, values.Length, given, true);

    public string Text { get; set; }

    public int Count { get; private set; }

    public readonly ReadOnlySpan<Sql.Part> Parts => _values.AsSpan(0, Count);

    public readonly object this[int index] =>
        _values![index].Item switch
        {
            SqlHole hole => hole.Of(_given),
            GivenHole hole => hole.Hole.Of(hole.Given),
            var value => value,
        };

    /// <summary>Adds a value and returns its parameter's index.</summary>
    public int Add(in Sql.Part value)
    {
        for (var i = 0; i < Count; i++)
        {
            if (value.IsSame(_values![i]))
            {
                return i;
            }
        }

        if (_values is null || Count == _values.Length)
        {
            var longer = ArrayPool<Sql.Part>.Shared.Rent(Math.Max(16, 2 * Count));
            _values.AsSpan(0, Count).CopyTo(longer);
            GiveBack();
            _values = longer;
        }

        _values[Count] = value;
        return Count++;
    }

    /// <summary>Clears the values and gives the array back. The command has its own copy of the values.</summary>
    public readonly void GiveBack()
    {
        if (_values is not null && !_isKept)
        {
            _values.AsSpan(0, Count).Clear();
            ArrayPool<Sql.Part>.Shared.Return(_values);
        }
    }
}
