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
}

/// <summary>The values of an enum by their names, as they are stored.</summary>
internal static class EnumNames<T>
    where T : struct, Enum
{
    public static readonly FrozenDictionary<string, T> All = Enum.GetValues<T>()
        .ToFrozenDictionary(v => v.ToString(), StringComparer.Ordinal);
}
