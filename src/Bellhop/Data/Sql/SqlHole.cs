using System.Collections.Concurrent;

namespace Bellhop.Data;

/// <summary>
/// A place that is left open in SQL for a value that each read gives. SQL with such holes is composed once and kept:
/// <see cref="Data.Sql.Keep"/>.
/// </summary>
internal abstract class SqlHole
{
    /// <summary>A piece of one hole. The same piece is the same parameter wherever it stands.</summary>
    /// <param name="value">Gets the value from what the read gives.</param>
    public static Sql For<T>(Func<T, object> value)
        where T : class => $"{new SqlHole<T>(value)}";

    /// <summary>The value, from what the read gives.</summary>
    /// <exception cref="InvalidOperationException">Nothing, or something else, was given.</exception>
    internal abstract object Of(object? given);

    public override string ToString() => "?";
}

internal sealed class SqlHole<T>(Func<T, object> value) : SqlHole
    where T : class
{
    internal override object Of(object? given) =>
        given is T values ? value(values) : throw new InvalidOperationException($"The SQL has holes for a {typeof(T).Name}.");
}

/// <summary>Holes for a list of values. The hole of each place is made once.</summary>
/// <param name="value">Gets the value at a place from what the read gives.</param>
internal sealed class SqlHoles<T>(Func<T, int, object> value)
    where T : class
{
    private readonly ConcurrentDictionary<int, Sql> _holes = [];

    public Sql this[int place] => _holes.GetOrAdd(place, at => SqlHole.For<T>(given => value(given, at)));

    /// <summary>The first <paramref name="count"/> values, separated by commas.</summary>
    public Sql List(int count) => Sql.Join(", ", Enumerable.Range(0, count).Select(place => this[place]));
}

/// <summary>A hole whose value is known, in SQL that is not kept.</summary>
internal sealed record GivenHole(SqlHole Hole, object Given);

/// <summary>SQL that was written once, for one engine.</summary>
internal sealed class KeptSql
{
    private readonly Sql.Part[] _values;

    public KeptSql(string text, Sql.Part[] values)
    {
        (Text, _values) = (text, values);
        AsPart = [new(this, null)];
    }

    public string Text { get; }

    /// <summary>This as the only part of a piece, made once for all reads.</summary>
    internal Sql.Part[] AsPart { get; }

    /// <summary>The text with the values of one read.</summary>
    internal SqlText With(object? given) => new(Text, _values, given);

    public override string ToString() => Text;
}
