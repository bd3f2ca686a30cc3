using System.Collections.Concurrent;
using System.Data.Common;

namespace Bellhop.Data;

/// <summary>A command that only reads, on a connection kept open with its statement prepared; both go back when this is disposed of.</summary>
public sealed class Reading(DbCommand command, Action? giveBack) : IAsyncDisposable
{
    public DbCommand Command { get; } = command;

    public Reading With(string name, object? value)
    {
        Command.With(name, value);
        return this;
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

/// <summary>Open connections of an embedded database, each with the statements it has prepared: preparing one costs more than running it.</summary>
internal sealed class Readers : IDisposable
{
    private const int MostIdle = 16;
    private const int MostStatements = 200;

    private readonly ConcurrentDictionary<string, ConcurrentBag<Reader>> _idle = [];

    public async ValueTask<Reading> Take(string file, string text, Func<CancellationToken, Task<DbConnection>> open, CancellationToken cancel)
    {
        var idle = _idle.GetOrAdd(file, static _ => []);
        if (!idle.TryTake(out var reader))
        {
            reader = new(await open(cancel));
        }

        return new(reader.Prepare(text), () =>
        {
            if (idle.Count < MostIdle)
            {
                idle.Add(reader);
            }
            else
            {
                reader.Dispose();
            }
        });
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
        private readonly Dictionary<string, DbCommand> _prepared = new(StringComparer.Ordinal);

        public DbCommand Prepare(string text)
        {
            if (_prepared.TryGetValue(text, out var command))
            {
                command.Parameters.Clear();
                return command;
            }

            if (_prepared.Count >= MostStatements)
            {
                foreach (var old in _prepared.Values)
                {
                    old.Dispose();
                }

                _prepared.Clear();
            }

            command = connection.CreateCommand();
            command.CommandText = text;
            return _prepared[text] = command;
        }

        public void Dispose()
        {
            foreach (var command in _prepared.Values)
            {
                command.Dispose();
            }

            connection.Dispose();
        }
    }
}
