using System.Data.Common;
using Bellhop.Platform;

namespace Bellhop.Data;

/// <summary>How the engines' SQL and values differ.</summary>
public abstract class SqlDialect
{
    private readonly BoundedCache<string, string> _texts = new(4_000, StringComparer.Ordinal);
    private readonly ParameterNames _names;

    private protected SqlDialect(string prefix, int first) => (_names, First) = (new(prefix), first);

    private int First { get; }

    /// <summary>A value as this engine stores it. The engines store ids, instants and days differently.</summary>
    public abstract object Stored(object? value);

    /// <summary>The cells of the rows that a reader goes through.</summary>
    internal virtual RowCells Cells(DbDataReader reader) => new DriverCells(reader, this);

    /// <summary>Reads an id as this engine stores it.</summary>
    public abstract Guid Id(DbDataReader row, int column);

    /// <summary>Reads an instant as this engine stores it, UTC.</summary>
    public abstract DateTime Instant(DbDataReader row, int column);

    /// <summary>Reads a day as this engine stores it.</summary>
    public abstract DateOnly Day(DbDataReader row, int column);

    /// <summary>
    /// Limits the number of rows. It adds 0, because SQLite would plan the statement again for every value of a bare parameter.
    /// </summary>
    public static Sql Limit(int most) => $" LIMIT {most} + 0";

    /// <summary>A join that makes the engine read the left side first.</summary>
    public abstract Sql JoinAfter { get; }

    /// <summary>
    /// A SELECT whose rows the engine merges with those of other SELECTs (UNION ALL, then <paramref name="order"/> and
    /// <paramref name="limit"/>). It reads each of them off its index, only as far as needed.
    /// </summary>
    public abstract Sql ToMerge(Sql select, Sql order, Sql limit);

    /// <summary>Text after a SELECT inside a save that locks its rows until the save ends.</summary>
    public abstract Sql ForUpdate { get; }

    /// <summary>
    /// Text before a column that stops the engine from using the column's index, so that it walks the index of the order. Empty if the
    /// planner knows how many rows match.
    /// </summary>
    public abstract Sql NotByIndex { get; }

    /// <summary>
    /// Text after a table's name that makes the engine use an index of it. Empty if the planner knows how many rows match: SQLite would
    /// rather walk all rows of an organisation in an index that has every column asked for.
    /// </summary>
    public abstract Sql By(Sql index);

    /// <summary>True if a column has one of these ids. All ids are one parameter.</summary>
    public abstract Sql Among(Sql column, IEnumerable<Guid> ids);

    /// <summary>True if a column has one of these texts. All texts are one parameter, and the column's index is used.</summary>
    public abstract Sql Among(Sql column, IReadOnlyCollection<string> texts);

    /// <summary>True if a column has one of these numbers. All numbers are one parameter, and the column's index is used.</summary>
    public abstract Sql Among(Sql column, IReadOnlyCollection<long> numbers);

    /// <summary>
    /// A SELECT of these ids, to read a table by its key with <see cref="JoinAfter"/>. With <see cref="Among(Sql, IEnumerable{Guid})"/>,
    /// SQLite would rather walk the whole table in an index that has the order asked for.
    /// </summary>
    internal abstract Sql Listed(IEnumerable<Guid> ids);

    /// <summary>The rows of a key and a member, in their order, of the keys that a number of rows share.</summary>
    /// <param name="key">The column that an index has behind those of <paramref name="table"/>.</param>
    /// <param name="member">The column behind it in the same index.</param>
    /// <param name="table">A table, and WHERE with a condition.</param>
    /// <param name="range">A condition for the key.</param>
    /// <param name="number">Of how many rows a key is shared: <c>BETWEEN 2 AND 9</c>.</param>
    internal abstract Sql Shared(Sql key, Sql member, Sql table, Sql range, Sql number);

    /// <summary>True if a text column contains a text; no character of it is a wildcard. No index is used.</summary>
    /// <param name="column">Its text always contains <paramref name="before"/>.</param>
    /// <param name="text">The text to look for, as a value.</param>
    /// <param name="before">The text must stand before this character; null means anywhere.</param>
    public abstract Sql Holds(Sql column, Sql text, char? before = null);

    /// <summary>SELECT of the ids of contacts whose search text may contain all words, read from the search index.</summary>
    /// <remarks>Its holes read <see cref="ISoughtTexts"/>.</remarks>
    /// <param name="organization">The id of the contacts' organisation.</param>
    /// <param name="words">The words to look for.</param>
    /// <param name="isShort">There is one word only, and it is shorter than the index's units.</param>
    /// <param name="most">The largest number of ids.</param>
    /// <param name="columns">The contacts' columns to read, if <see cref="HitsAreRows"/>.</param>
    internal abstract Sql Hits(Sql organization, IReadOnlyList<SoughtWord> words, bool isShort, int most, Sql columns);

    /// <summary>Whether every hit of <see cref="Hits"/> surely contains the text. If not, the caller must compare.</summary>
    internal abstract bool HitsAreExact { get; }

    /// <summary>Whether <see cref="Hits"/> reads the contacts table, so that it can return more columns than the id.</summary>
    internal abstract bool HitsAreRows { get; }

    /// <summary>The cost of one hit of <see cref="Hits"/>: the number of list rows that are read in the same time.</summary>
    internal abstract double HitCost { get; }

    /// <summary>SELECT of the ids of bookings whose own search text may contain any of the words, read from its index.</summary>
    /// <inheritdoc cref="Hits"/>
    internal abstract Sql BookingHits(int organizationId, IReadOnlyList<SoughtWord> words, bool isShort, int most);

    /// <summary>SELECT of the ids of conversations with a message that contains the word, read from the search index.</summary>
    /// <param name="word">Folded, at least as long as the index's units.</param>
    /// <param name="most">The largest number of ids; one id may come several times.</param>
    internal abstract Sql MessageHits(int organizationId, string word, int most);

    /// <summary>
    /// Text before the id in an ORDER BY, with its comma. With it, the index of a nullable key can serve the rows without that key.
    /// </summary>
    internal abstract Sql OrderOfEmpties(Sql key, bool descending);

    /// <summary>The month of a day, as text: <c>yyyy-MM</c>.</summary>
    public abstract Sql Month(Sql day);

    /// <summary>The nights between two days.</summary>
    public abstract Sql Nights(Sql arrival, Sql departure);

    /// <summary>The name of a parameter by its index, from zero.</summary>
    internal string ParameterName(int index) => _names[First + index];

    /// <summary>Returns the same string object for equal texts, so that finding a statement makes no new string.</summary>
    internal string Kept(ReadOnlySpan<char> text)
    {
        if (!_texts.TryGetAs(text, out var kept))
        {
            kept = text.ToString();
            _texts.Set(kept, kept);
        }

        return kept;
    }

    /// <summary>Sets the command's values. It reuses the command's parameters and adds missing ones.</summary>
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

            var value = values[i]; // a hole makes its value at each reading
            if (value is SqlNull nothing)
            {
                parameter.Value = DBNull.Value;
                Type(parameter, nothing);
            }
            else
            {
                parameter.Value = Stored(value);
            }
        }
    }

    /// <summary>Gives a command of our own this SQL and its values.</summary>
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
