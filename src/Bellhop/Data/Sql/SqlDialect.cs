using System.Collections.Concurrent;
using System.Data.Common;

namespace Bellhop.Data;

/// <summary>The words and values in which the engines differ.</summary>
public abstract class SqlDialect
{
    private const int MostTexts = 4_000;

    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly ParameterNames _names;

    private protected SqlDialect(string prefix, int first)
    {
        _lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
        (_names, First) = (new(prefix), first);
    }

    private int First { get; }

    /// <summary>A value as this engine stores it: ids, instants and days differ.</summary>
    public abstract object Stored(object? value);

    /// <summary>Reads an id as this engine stores it.</summary>
    public abstract Guid Id(DbDataReader row, int column);

    /// <summary>Reads an instant as this engine stores it, UTC.</summary>
    public abstract DateTime Instant(DbDataReader row, int column);

    /// <summary>Reads a day as this engine stores it.</summary>
    public abstract DateOnly Day(DbDataReader row, int column);

    /// <summary>
    /// So many rows at most. Not the number alone: SQLite looks at its value when it plans, and so would plan anew at every call.
    /// </summary>
    public static Sql Limit(int most) => $" LIMIT {most} + 0";

    /// <summary>A join whose left side the engine must read first.</summary>
    public abstract Sql JoinAfter { get; }

    /// <summary>Behind a SELECT inside a save: its rows are held until the save ends.</summary>
    public abstract Sql ForUpdate { get; }

    /// <summary>
    /// Before a column: it is compared row by row, not looked up, so that the order's index is walked. Nothing where the planner knows how
    /// many rows match.
    /// </summary>
    public abstract Sql NotByIndex { get; }

    /// <summary>True where a column has one of these ids, however many, as one parameter.</summary>
    public abstract Sql Among(Sql column, IEnumerable<Guid> ids);

    /// <summary>True where a column has one of these texts, however many, as one parameter; its index is used.</summary>
    public abstract Sql Among(Sql column, IReadOnlyCollection<string> texts);

    /// <summary>The month of a day, as text: <c>yyyy-MM</c>.</summary>
    public abstract Sql Month(Sql day);

    /// <summary>The nights between two days.</summary>
    public abstract Sql Nights(Sql arrival, Sql departure);

    /// <summary>Numbered from zero.</summary>
    internal string ParameterName(int index) => _names[First + index];

    /// <summary>The one object kept of a text, so that a statement is looked up by it without making it anew.</summary>
    internal string Kept(ReadOnlySpan<char> text)
    {
        if (_lookup.TryGetValue(text, out var kept))
        {
            return kept;
        }

        if (_texts.Count >= MostTexts)
        {
            _texts.Clear();
        }

        var made = text.ToString();
        return _texts.GetOrAdd(made, made);
    }

    /// <summary>Gives a command the values, in parameters that it has from an earlier time or gets now.</summary>
    internal void Fill(DbCommand command, SqlText values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            DbParameter parameter;
            if (i < command.Parameters.Count)
            {
                parameter = command.Parameters[i];
            }
            else
            {
                parameter = command.CreateParameter();
                Name(parameter, i);
                command.Parameters.Add(parameter);
            }

            if (values[i] is SqlNull nothing)
            {
                parameter.Value = DBNull.Value;
                Type(parameter, nothing);
            }
            else
            {
                parameter.Value = Stored(values[i]);
            }
        }
    }

    /// <summary>Makes a command of our own ask this.</summary>
    internal void Put(DbCommand command, Sql sql)
    {
        var written = sql.Write(this);
        command.CommandText = written.Text;
        command.Parameters.Clear();
        Fill(command, written);
        written.GiveBack();
    }

    private protected abstract void Name(DbParameter parameter, int index);

    private protected abstract void Type(DbParameter parameter, SqlNull nothing);
}
