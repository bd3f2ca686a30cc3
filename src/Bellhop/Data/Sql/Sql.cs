using System.Collections.Frozen;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Bellhop.Data;

/// <summary>Hand-written SQL for hot paths: text is made of constants, every value is a parameter in the engine's own form.</summary>
public abstract partial class BellhopDb
{
    /// <summary>
    /// A command on this context's connection and, inside a save, its transaction. The connection is open when this returns.
    /// </summary>
    /// <param name="text">Constant text, or put together from constants; never anything that came from outside.</param>
    public async ValueTask<DbCommand> Sql(string text, CancellationToken cancel)
    {
        var connection = Database.GetDbConnection();
        if (connection.State != System.Data.ConnectionState.Open)
        {
            await Database.OpenConnectionAsync(cancel); // stays open until the context is disposed of
        }

        var command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }

    /// <summary>A command that only reads, prepared once and kept; inside a save, in its transaction.</summary>
    /// <param name="text">Constant text, or put together from constants; never anything that came from outside.</param>
    /// <param name="cancel">Ends the wait for a connection.</param>
    public virtual async ValueTask<Statement> Read(string text, CancellationToken cancel) => new(await Sql(text, cancel), null);

    /// <summary>A command inside a save, prepared once and kept.</summary>
    /// <param name="text">Constant text, or put together from constants; never anything that came from outside.</param>
    /// <param name="cancel">Ends the wait for a connection.</param>
    public virtual async ValueTask<Statement> Write(string text, CancellationToken cancel) => new(await Sql(text, cancel), null);

    /// <summary>A value as this engine stores it: ids, instants and days differ.</summary>
    public object Stored(object? value) => Dialect.Stored(value);

    /// <summary>Reads an id as this engine stores it.</summary>
    public Guid ReadId(DbDataReader row, int column) => Dialect.Id(row, column);

    /// <summary>Reads an instant as this engine stores it, UTC.</summary>
    public DateTime ReadInstant(DbDataReader row, int column) => Dialect.Instant(row, column);

    /// <summary>Reads a day as this engine stores it.</summary>
    public DateOnly ReadDay(DbDataReader row, int column) => Dialect.Day(row, column);

    /// <summary>
    /// SQL of how many rows at most, <c>@most</c>. Not the parameter alone: SQLite looks at its value when it plans, and so would plan anew
    /// at every call.
    /// </summary>
    internal const string Most = " LIMIT @most + 0";

    /// <summary>SQL that is true where a text column holds a parameter's text, taken as it is, and that no index answers.</summary>
    /// <param name="column">Always holds <paramref name="before"/>.</param>
    /// <param name="parameter">With its sign.</param>
    /// <param name="before">The text must stand before this character; null for anywhere.</param>
    internal abstract string Holds(string column, string parameter, char? before = null);

    /// <summary>
    /// SQL that is true where a column has one of a parameter's texts, given as <see cref="StoredTexts"/>; its index is used.
    /// </summary>
    internal abstract string AmongTexts(string column, string parameter);

    /// <summary>Many texts as one parameter.</summary>
    internal abstract object StoredTexts(IReadOnlyCollection<string> texts);

    /// <summary>
    /// SELECT of the ids of contacts whose search text may hold all of some words: from the search index, at most so many.
    /// </summary>
    /// <param name="words">
    /// How many spellings each has, any of which will do, in parameters @hit0 and so on, made by <see cref="Hit"/>.
    /// </param>
    /// <param name="isShort">The one text is shorter than the index's units.</param>
    /// <param name="most">How many ids.</param>
    /// <param name="columns">What of the contacts is read, where <see cref="HitsAreRows"/>.</param>
    internal abstract string Hits(IReadOnlyList<int> words, bool isShort, int most, string columns = "id");

    /// <summary>A text as <see cref="Hits"/> takes it; see <see cref="Holds"/>.</summary>
    internal abstract string Hit(string term, bool isShort, char? before = null);

    /// <summary>The SQL of several words: each in parentheses, its spellings in between, all of them together.</summary>
    private protected static string JoinHits(IReadOnlyList<int> words, string and, Func<IEnumerable<string>, string> spellings)
    {
        var at = 0;
        return string.Join(
            and,
            words.Select(count =>
            {
                var names = Enumerable.Range(at, count).Select(i => "@hit" + i);
                at += count;
                return spellings(names);
            })
        );
    }

    /// <summary>SQL of the month of a day, as text: <c>yyyy-MM</c>.</summary>
    internal abstract string Month(string day);

    /// <summary>SQL of the nights between two days.</summary>
    internal abstract string Nights(string arrival, string departure);

    /// <summary>A join whose left side the engine must read first.</summary>
    internal abstract string JoinAfter { get; }

    /// <summary>Whether what <see cref="Hits"/> finds holds the text for certain, or is to be compared with it still.</summary>
    internal abstract bool HitsAreExact { get; }

    /// <summary>Whether <see cref="Hits"/> reads the contacts' own rows, and so can give more of them than their ids.</summary>
    internal abstract bool HitsAreRows { get; }

    /// <summary>In the time that a hit of <see cref="Hits"/> takes, so many rows of a list are passed.</summary>
    internal abstract double HitCost { get; }

    /// <summary>
    /// Before a column: it is compared row by row, not looked up, so that the order's index is walked. Empty where the planner knows how
    /// many rows match.
    /// </summary>
    internal abstract string NotByIndex { get; }

    /// <summary>
    /// What must stand before the id in an ORDER BY for the index of a nullable key to serve the rows without the key; with its comma.
    /// </summary>
    internal abstract string OrderOfEmpties(string key, bool descending);

    /// <summary>
    /// Deleted rows must be gone from every file too: truncates the write-ahead log, or tries again within five seconds where a reader
    /// blocks it.
    /// </summary>
    public virtual Task ScrubDeleted(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>The engine's name, for logs, health and documents: <c>SQLite</c> or <c>PostgreSQL</c>.</summary>
    public abstract string Engine { get; }

    /// <summary>
    /// Jobs that are due and leased to nobody, tracked and held by the save around; those another process is claiming are passed over.
    /// </summary>
    public abstract Task<List<Platform.Job>> DueJobs(DateTime now, int most, CancellationToken cancel);

    /// <summary>From here until disposed of, every read sees the database as it is now, whoever writes meanwhile.</summary>
    public abstract Task<IAsyncDisposable> ReadMoment(CancellationToken cancel);

    /// <summary>
    /// From here on, in the moment around, a statement may take as long as it needs. With <paramref name="inOrder"/> it begins to answer at
    /// once where an index has the order asked for, even if sorting all would be done sooner.
    /// </summary>
    internal abstract Task TakeTime(bool inOrder, CancellationToken cancel);

    /// <summary>Behind a SELECT inside a save: its rows are held until the save ends.</summary>
    internal abstract string ForUpdate { get; }

    /// <summary>SQL that is true where a column has one of the ids that a parameter, made by <see cref="StoredIds"/>, holds.</summary>
    internal abstract string AmongIds(string column, string parameter);

    /// <summary>So many ids as one parameter.</summary>
    internal abstract object StoredIds(IEnumerable<Guid> ids);

    /// <summary>
    /// The job that waits under a <c>once</c> key, tracked and held by the save around: nobody claims it before what the save writes can be
    /// read.
    /// </summary>
    public abstract Task<Platform.Job?> WaitingJob(int organizationId, string kind, string once, CancellationToken cancel);
}

public static class SqlCommands
{
    /// <summary>Adds a parameter; ids, instants and days go through <see cref="BellhopDb.Stored"/> first.</summary>
    public static DbCommand With(this DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return command;
    }

    /// <summary>Adds several values, each under its numbered name; for null there are none.</summary>
    internal static DbCommand With<T>(this DbCommand command, ParameterNames names, IReadOnlyList<T>? values, BellhopDb db)
    {
        for (var i = 0; i < values?.Count; i++)
        {
            command.With(names[i], db.Stored(values[i]));
        }

        return command;
    }

    /// <summary>Reads one of an enum's values: they are stored by their names.</summary>
    public static T ReadName<T>(this DbDataReader row, int column)
        where T : struct, Enum => Names<T>.All[row.GetString(column)];

    /// <summary>Reads a text, or null where there is none.</summary>
    public static string? ReadText(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<string, T> All = Enum.GetValues<T>()
            .ToFrozenDictionary(v => v.ToString(), StringComparer.Ordinal);
    }
}
