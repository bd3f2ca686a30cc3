using System.Collections.Frozen;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Bellhop.Data;

/// <summary>Hand-written SQL for hot paths. The text comes from constants only, and every value is a parameter.</summary>
public abstract partial class BellhopDb
{
    /// <summary>
    /// A command on this context's connection; inside a save, in its transaction. The connection is open when this returns.
    /// </summary>
    /// <param name="text">A constant, or joined from constants; never input from outside.</param>
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

    /// <summary>A read-only command, prepared once and kept; inside a save, in its transaction.</summary>
    /// <param name="text">A constant, or joined from constants; never input from outside.</param>
    /// <param name="cancel">Stops the wait for a connection.</param>
    public virtual async ValueTask<Statement> Read(string text, CancellationToken cancel) => new(await Sql(text, cancel), null);

    /// <summary>A command for use inside a save, prepared once and kept.</summary>
    /// <param name="text">A constant, or joined from constants; never input from outside.</param>
    /// <param name="cancel">Stops the wait for a connection.</param>
    public virtual async ValueTask<Statement> Write(string text, CancellationToken cancel) => new(await Sql(text, cancel), null);

    /// <summary>A value as this engine stores it. The engines store ids, instants and days differently.</summary>
    public object Stored(object? value) => Dialect.Stored(value);

    /// <summary>Reads an id as this engine stores it.</summary>
    public Guid ReadId(DbDataReader row, int column) => Dialect.Id(row, column);

    /// <summary>Reads an instant as this engine stores it, UTC.</summary>
    public DateTime ReadInstant(DbDataReader row, int column) => Dialect.Instant(row, column);

    /// <summary>Reads a day as this engine stores it.</summary>
    public DateOnly ReadDay(DbDataReader row, int column) => Dialect.Day(row, column);

    /// <summary>
    /// SQL that limits the number of rows to <c>@most</c>. It adds 0, because SQLite would plan the statement again for every value of a
    /// bare parameter.
    /// </summary>
    internal const string Most = " LIMIT @most + 0";

    /// <summary>SQL that is true if a text column contains a parameter's text, with no wildcards. No index is used.</summary>
    /// <param name="column">The column's text always contains <paramref name="before"/>.</param>
    /// <param name="parameter">The parameter's name with its @.</param>
    /// <param name="before">The text must stand before this character; null means anywhere.</param>
    internal abstract string Holds(string column, string parameter, char? before = null);

    /// <summary>
    /// SQL that is true if a column has one of the texts of a parameter made by <see cref="StoredTexts"/>. It uses the column's index.
    /// </summary>
    internal abstract string AmongTexts(string column, string parameter);

    /// <summary>Packs many texts into one parameter.</summary>
    internal abstract object StoredTexts(IReadOnlyCollection<string> texts);

    /// <summary>
    /// SELECT of the ids of contacts whose search text may contain all given words, read from the search index.
    /// </summary>
    /// <param name="words">
    /// For each word, its number of spellings; any one of them is enough. Their parameters are @hit0 and so on, made by <see cref="Hit"/>.
    /// </param>
    /// <param name="isShort">There is one word only, and it is shorter than the index's units.</param>
    /// <param name="most">The largest number of ids.</param>
    /// <param name="columns">The contacts' columns to read, if <see cref="HitsAreRows"/>.</param>
    internal abstract string Hits(IReadOnlyList<int> words, bool isShort, int most, string columns = "id");

    /// <summary>Makes a parameter for <see cref="Hits"/> from a text; see <see cref="Holds"/>.</summary>
    internal abstract string Hit(string term, bool isShort, char? before = null);

    /// <summary>Joins the words' SQL: each word is in parentheses, with its spellings.</summary>
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

    /// <summary>A join that makes the engine read the left side first.</summary>
    internal abstract string JoinAfter { get; }

    /// <summary>Whether every hit of <see cref="Hits"/> surely contains the text. If not, the caller must compare.</summary>
    internal bool HitsAreExact => Dialect.HitsAreExact;

    /// <summary>Whether <see cref="Hits"/> reads the contacts table, so that it can return more columns than the id.</summary>
    internal bool HitsAreRows => Dialect.HitsAreRows;

    /// <summary>
    /// Removes deleted rows from every file: it truncates the write-ahead log. If a reader blocks this, it tries again for five seconds.
    /// </summary>
    public virtual Task ScrubDeleted(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>The engine's name, for logs, health and documents: <c>SQLite</c> or <c>PostgreSQL</c>.</summary>
    public abstract string Engine { get; }

    /// <summary>
    /// Jobs that are due and have no lease, tracked and locked by the current save. It skips jobs that another process is claiming.
    /// </summary>
    public abstract Task<List<Platform.Job>> DueJobs(DateTime now, int most, CancellationToken cancel);

    /// <summary>Until the result is disposed of, every read sees the database as it is now, even if others write.</summary>
    public abstract Task<IAsyncDisposable> ReadMoment(CancellationToken cancel);

    /// <summary>
    /// Removes the time limit of statements in the current <see cref="ReadMoment"/>. With <paramref name="inOrder"/>, the first rows come
    /// at once if an index has the order, even if a sort of all rows would take less time in total.
    /// </summary>
    internal abstract Task TakeTime(bool inOrder, CancellationToken cancel);

    /// <summary>Text after a SELECT inside a save that locks its rows until the save ends.</summary>
    internal abstract string ForUpdate { get; }

    /// <summary>SQL that is true if a column has one of the ids of a parameter made by <see cref="StoredIds"/>.</summary>
    internal abstract string AmongIds(string column, string parameter);

    /// <summary>Packs many ids into one parameter.</summary>
    internal abstract object StoredIds(IEnumerable<Guid> ids);

    /// <summary>
    /// The job that waits under a <c>once</c> key, tracked and locked by the current save. So no process claims the job before the data of
    /// this save can be read.
    /// </summary>
    public abstract Task<Platform.Job?> WaitingJob(int organizationId, string kind, string once, CancellationToken cancel);
}

public static class SqlCommands
{
    /// <summary>Adds a parameter. Convert ids, instants and days by <see cref="BellhopDb.Stored"/> first.</summary>
    public static DbCommand With(this DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return command;
    }

    /// <summary>Adds several values, each under its numbered name; null adds nothing.</summary>
    internal static DbCommand With<T>(this DbCommand command, ParameterNames names, IReadOnlyList<T>? values, BellhopDb db)
    {
        for (var i = 0; i < values?.Count; i++)
        {
            command.With(names[i], db.Stored(values[i]));
        }

        return command;
    }

    /// <summary>Reads an enum value, which is stored by its name.</summary>
    public static T ReadName<T>(this DbDataReader row, int column)
        where T : struct, Enum => Names<T>.All[row.GetString(column)];

    /// <summary>Reads a text; null for NULL.</summary>
    public static string? ReadText(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<string, T> All = Enum.GetValues<T>()
            .ToFrozenDictionary(v => v.ToString(), StringComparer.Ordinal);
    }
}
