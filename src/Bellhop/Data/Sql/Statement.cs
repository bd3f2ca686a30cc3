using System.Collections.Concurrent;
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

    /// <summary>Adds several values, each under its numbered name; null adds nothing.</summary>
    internal Statement With<T>(ParameterNames names, IReadOnlyList<T>? values, BellhopDb db)
    {
        Command.With(names, values, db);
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

/// <summary>
/// Open read-only connections of an embedded database with their prepared statements, because preparing costs more than running.
/// </summary>
internal sealed class Readers : IDisposable
{
    private const int MostIdle = 16;

    private readonly ConcurrentDictionary<string, ConcurrentBag<Reader>> _idle = [];

    public async ValueTask<Statement> Take(
        string file,
        string text,
        Func<CancellationToken, Task<DbConnection>> open,
        CancellationToken cancel
    )
    {
        var idle = _idle.GetOrAdd(file, static _ => []);
        if (!idle.TryTake(out var reader))
        {
            reader = new(await open(cancel));
        }

        var command = reader.Prepared.Take(text, reader.Connection);
        return new(
            command,
            () =>
            {
                reader.Prepared.Keep(command);
                if (idle.Count < MostIdle)
                {
                    idle.Add(reader);
                }
                else
                {
                    reader.Dispose();
                }
            }
        );
    }

    public void Dispose()
    {
        foreach (var reader in _idle.Values.SelectMany(readers => readers))
        {
            reader.Dispose();
        }

        _idle.Clear();
    }

    private sealed class Reader(DbConnection connection) : IDisposable
    {
        public DbConnection Connection => connection;

        public Prepared Prepared { get; } = new();

        public void Dispose()
        {
            Prepared.Dispose();
            connection.Dispose();
        }
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
