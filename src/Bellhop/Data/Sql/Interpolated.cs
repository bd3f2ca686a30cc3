using System.Data;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Bellhop.Data;

/// <summary>
/// A piece of SQL, written as an interpolated string. Each hole is a value, which becomes a parameter, or another piece, which is inserted
/// with its own values. All SQL text comes from the literal parts: no input from outside can become SQL.
/// </summary>
/// <example><code>
/// Sql later = after is { } day ? $" AND arrival > {day}" : Sql.None;
/// var rows = await db.Read($"SELECT id, reference FROM bookings WHERE id = {id}{later}", row => (row.Id(), row.Text()), cancel);
/// </code></example>
[InterpolatedStringHandler]
public sealed class Sql
{
    private const string Fixed = "fixed";
    private const string Unnamed = "";

    private Part[] _parts;
    private int _count;
    private object? _given; // the values for the holes that are left open

    /// <summary>The compiler calls it for an interpolated string; write <c>$"…"</c> instead.</summary>
    public Sql(int literalLength, int formattedCount)
    {
        _ = literalLength;
        _parts = new Part[(2 * formattedCount) + 1];
    }

    private Sql(Part[] parts, int count, object given) => (_parts, _count, _given) = (parts, count, given);

    /// <summary>An empty piece, for a condition that is left out.</summary>
    public static Sql None { get; } = new(0, 0);

    /// <summary>Returns the piece. Use it to tell the compiler that a <c>$"…"</c> is SQL and not a string.</summary>
    public static Sql Of(Sql piece) => piece;

    /// <summary>SQL that was kept, with the values of one read.</summary>
    internal static Sql Of(KeptSql kept, object given) => new(kept.AsPart, 1, given);

    /// <summary>Several values, separated by commas.</summary>
    public static Sql List<T>(IReadOnlyCollection<T> values)
        where T : notnull
    {
        var list = new Sql(0, values.Count);
        foreach (var value in values)
        {
            if (list._count > 0)
            {
                list.AppendLiteral(", ");
            }

            list.Add(new(value is Enum name ? name.ToString() : value, Unnamed));
        }

        return list;
    }

    /// <summary>An AND condition that a column has one of these values. Null gives no condition; an empty list is never true.</summary>
    public static Sql AndIn<T>(Sql column, IReadOnlyCollection<T>? values)
        where T : notnull =>
        values switch
        {
            null => None,
            { Count: 0 } => $" AND 1 = 0",
            _ => $" AND {column} IN ({List(values)})",
        };

    /// <summary>The name of a column or table: lower-case letters, digits and underscores.</summary>
    /// <exception cref="ArgumentException">The text is not such a name.</exception>
    public static Sql Name(string name)
    {
        if (name.Length == 0 || !name.All(c => c is '_' or (>= 'a' and <= 'z') or (>= '0' and <= '9')))
        {
            throw new ArgumentException($"'{name}' is no name of a column or table.", nameof(name));
        }

        var piece = new Sql(0, 0);
        piece.AppendLiteral(name);
        return piece;
    }

    /// <summary>Joins pieces with a separator, or with nothing between them.</summary>
    public static Sql Join(string between, IEnumerable<Sql> pieces)
    {
        // Only separators between values, conditions and columns are allowed as text.
        var joined = new Sql(0, 4);
        foreach (var piece in pieces)
        {
            if (joined._count > 0)
            {
                joined.AppendLiteral(
                    between switch
                    {
                        "" => "",
                        ", " => ", ",
                        " AND " => " AND ",
                        " OR " => " OR ",
                        " UNION ALL " => " UNION ALL ",
                        " UNION " => " UNION ",
                        _ => throw new ArgumentOutOfRangeException(nameof(between), between, "Not one of the words that join SQL."),
                    }
                );
            }

            joined.AppendFormatted(piece);
        }

        return joined;
    }

    /// <summary>A value that only one engine accepts, such as a list as one parameter; for the dialects.</summary>
    internal static Sql Given(object value)
    {
        var piece = new Sql(0, 1);
        piece.Add(new(value, Unnamed));
        return piece;
    }

    /// <summary>Whether there is nothing in it.</summary>
    internal bool IsEmpty => _count == 0;

    /// <summary>The same SQL with values for the holes that are left open; pieces that have their own values keep them.</summary>
    /// <param name="given">An object of the type that the <see cref="SqlHole"/>s read.</param>
    internal Sql With(object given) => new(_parts, _count, given);

    /// <summary>Writes the text once, so that it is not composed again. Its open holes get their values at each read.</summary>
    internal KeptSql Keep(SqlDialect dialect)
    {
        var written = Write(dialect);
        var kept = new KeptSql(written.Text, written.Parts.ToArray());
        written.GiveBack();
        return kept;
    }

    /// <summary>Called by the compiler.</summary>
    public void AppendLiteral(string value) => Add(new(value, null));

    /// <summary>Inserts a piece; null inserts nothing.</summary>
    public void AppendFormatted(Sql? piece)
    {
        if (piece is { _count: > 0 })
        {
            Add(new(piece, null));
        }
    }

    /// <summary>Leaves a place open for a value that is given later.</summary>
    internal void AppendFormatted(SqlHole hole) => Add(new(hole, nameof(SqlHole)));

    public void AppendFormatted(int? value, [CallerArgumentExpression(nameof(value))] string name = "") => Add(value, DbType.Int32, name);

    public void AppendFormatted(long? value, [CallerArgumentExpression(nameof(value))] string name = "") => Add(value, DbType.Int64, name);

    public void AppendFormatted(bool? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Add(value, DbType.Boolean, name);

    public void AppendFormatted(string? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Add(value, DbType.String, name);

    public void AppendFormatted(Guid? value, [CallerArgumentExpression(nameof(value))] string name = "") => Add(value, DbType.Guid, name);

    /// <summary>An instant, UTC.</summary>
    public void AppendFormatted(DateTime? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Add(value, DbType.DateTime, name);

    public void AppendFormatted(DateOnly? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Add(value, DbType.Date, name);

    public void AppendFormatted(byte[]? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Add(value, DbType.Binary, name);

    /// <summary>An enum value, stored by its name.</summary>
    public void AppendFormatted<T>(T value, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : struct, Enum => Add(new(value.ToString(), name));

    /// <summary><c>{value:fixed}</c>: writes the number into the text, because it is the same at every call.</summary>
    public void AppendFormatted(int value, string format) => AppendFormatted((long)value, format);

    /// <inheritdoc cref="AppendFormatted(int, string)"/>
    public void AppendFormatted(long value, string format)
    {
        DemandFixed(format);
        AppendLiteral(value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary><c>{value:fixed}</c>: writes the enum value's name into the text, in quotes.</summary>
    public void AppendFormatted(Enum value, string format)
    {
        DemandFixed(format);
        AppendLiteral(
            Enum.IsDefined(value.GetType(), value)
                ? $"'{value}'"
                : throw new ArgumentOutOfRangeException(nameof(value), value, "It has no name.")
        );
    }

    /// <summary>For the debugger: the text, with a question mark for each value.</summary>
    public override string ToString() => string.Concat(_parts.Take(_count).Select(p => p.Name is null ? p.Item.ToString() : "?"));

    /// <summary>The SQL text for this engine and the values in the order of their parameters. Equal texts are the same object.</summary>
    internal SqlText Write(SqlDialect dialect)
    {
        if (_count == 1 && _parts[0].Item is KeptSql kept)
        {
            return kept.With(_given);
        }

        var text = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[1024]);
        var values = new SqlText();
        try
        {
            Write(ref text, ref values, dialect, null);
            values.Text = dialect.Kept(text.Text);
            return values;
        }
        finally
        {
            text.Clear();
        }
    }

    private void Write(ref DefaultInterpolatedStringHandler text, ref SqlText values, SqlDialect dialect, object? given)
    {
        given = _given ?? given;
        foreach (var part in _parts.AsSpan(0, _count))
        {
            if (part.Name is not null)
            {
                var value = given is not null && part.Item is SqlHole hole ? part with { Item = new GivenHole(hole, given) } : part;
                text.AppendLiteral(dialect.ParameterName(values.Add(value)));
            }
            else if (part.Item is Sql piece)
            {
                piece.Write(ref text, ref values, dialect, given);
            }
            else
            {
                text.AppendLiteral((string)part.Item);
            }
        }
    }

    private void Add(object? value, DbType type, string name) => Add(new(value ?? SqlNull.Of(type), name));

    private void Add(Part part)
    {
        if (_count == _parts.Length)
        {
            Array.Resize(ref _parts, Math.Max(4, 2 * _count));
        }

        _parts[_count++] = part;
    }

    private static void DemandFixed(string format)
    {
        if (format != Fixed)
        {
            throw new FormatException($"A hole has no format but '{Fixed}'.");
        }
    }

    /// <summary>A literal text, a piece, or a value.</summary>
    /// <param name="Name">The value's expression in the code; null if this is not a value.</param>
    internal readonly record struct Part(object Item, string? Name)
    {
        /// <summary>Two equal values whose expressions end with the same word: they can share a parameter.</summary>
        public bool IsSame(in Part other) =>
            Name is { Length: > 0 } && LastWord(Name).SequenceEqual(LastWord(other.Name)) && Item.Equals(other.Item);

        private static ReadOnlySpan<char> LastWord(string? name) => name.AsSpan(name?.LastIndexOf('.') + 1 ?? 0);
    }
}
