using System.Data.Common;

namespace Bellhop.Data;

/// <summary>A command on an open connection that keeps its prepared statements. Disposing gives the command back.</summary>
public sealed class Statement(DbCommand command, Action? giveBack) : IAsyncDisposable
{
    public DbCommand Command { get; } = command;

    public Statement With(string name, object? value)
    {
        Command.With(name, value);
        return this;
    }

    /// <summary>Runs it and reads every row.</summary>
    public async Task<List<T>> ToList<T>(Func<DbDataReader, T> read, CancellationToken cancel)
    {
        var rows = new List<T>();
        await using var row = await Command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            rows.Add(read(row));
        }

        return rows;
    }

    public ValueTask DisposeAsync()
    {
        if (giveBack is null)
        {
            return Command.DisposeAsync();
        }

        giveBack();
        return ValueTask.CompletedTask;
    }
}

/// <summary>The prepared statements of one connection, by text. A statement in use is not in the list.</summary>
internal sealed class Prepared : IDisposable
{
    private const int Most = 200;

    private readonly Dictionary<string, DbCommand> _idle = new(StringComparer.Ordinal);

    /// <summary>The statement, with the parameters of its last use.</summary>
    public DbCommand Take(string text, DbConnection connection)
    {
        if (_idle.Remove(text, out var command))
        {
            return command;
        }

        command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }

    public void Keep(DbCommand command)
    {
        for (var i = 0; i < command.Parameters.Count; i++)
        {
            command.Parameters[i].Value = DBNull.Value; // nothing of a guest is kept
        }

        if (_idle.Count >= Most)
        {
            Dispose();
        }

        if (!_idle.TryAdd(command.CommandText, command))
        {
            command.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var command in _idle.Values)
        {
            command.Dispose();
        }

        _idle.Clear();
    }
}
