namespace Bellhop.Data;

/// <summary>Runs SQL written as <see cref="Sql"/>. Statements are prepared once and kept.</summary>
public abstract partial class BellhopDb
{
    /// <summary>How this engine's SQL and values differ from the other engine's.</summary>
    public abstract SqlDialect Dialect { get; }

    /// <summary>Reads all rows; inside a save, in the save's transaction.</summary>
    /// <param name="sql">A SELECT, as <c>$"…"</c>.</param>
    /// <param name="read">Reads one row, column by column in the order of the SELECT.</param>
    /// <param name="cancel">Stops the read.</param>
    public async Task<List<T>> Read<T>(Sql sql, Func<SqlRow, T> read, CancellationToken cancel)
    {
        var rows = new List<T>();
        await using var statement = await Prepare(sql, writes: false, cancel);
        await using var reader = await statement.Command.ExecuteReaderAsync(cancel);
        var row = new SqlRow(reader, Dialect);
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(row.Read(read));
        }

        return rows;
    }

    /// <summary>Reads the first row; the type's default value if there is no row.</summary>
    /// <param name="sql">A SELECT, as <c>$"…"</c>.</param>
    /// <param name="read">Reads the row, column by column in the order of the SELECT.</param>
    /// <param name="cancel">Stops the read.</param>
    public async Task<T?> ReadFirst<T>(Sql sql, Func<SqlRow, T> read, CancellationToken cancel)
    {
        await using var statement = await Prepare(sql, writes: false, cancel);
        await using var reader = await statement.Command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? new SqlRow(reader, Dialect).Read(read) : default;
    }

    /// <summary>Reads rows until <paramref name="read"/> returns false. The columns of that row may stay unread.</summary>
    /// <param name="sql">A SELECT, as <c>$"…"</c>.</param>
    /// <param name="read">Reads one row, column by column in the order of the SELECT. Returns whether to go on.</param>
    /// <param name="cancel">Stops the read.</param>
    internal async Task ReadWhile(Sql sql, Func<SqlRow, bool> read, CancellationToken cancel)
    {
        await using var statement = await Prepare(sql, writes: false, cancel);
        await using var reader = await statement.Command.ExecuteReaderAsync(cancel);
        var row = new SqlRow(reader, Dialect);
        while (await reader.ReadAsync(cancel))
        {
            row.Begin();
            if (!read(row))
            {
                return;
            }

            row.End();
        }
    }

    /// <summary>Reads rows one by one, however long it takes. If <paramref name="each"/> fails, the rest is not read.</summary>
    /// <param name="sql">A SELECT, as <c>$"…"</c>.</param>
    /// <param name="each">Reads one row, column by column in the order of the SELECT.</param>
    /// <param name="cancel">Stops the read.</param>
    internal async Task ReadEach(Sql sql, Func<SqlRow, ValueTask> each, CancellationToken cancel)
    {
        await using var statement = await Prepare(sql, writes: false, cancel);
        var command = statement.Command;
        var patience = command.CommandTimeout;
        command.CommandTimeout = 0;
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancel);
            try
            {
                var row = new SqlRow(reader, Dialect);
                while (await reader.ReadAsync(cancel))
                {
                    row.Begin();
                    await each(row);
                    row.End();
                }
            }
            catch
            {
                command.Cancel(); // otherwise the driver reads the rest first
                throw;
            }
        }
        finally
        {
            command.CommandTimeout = patience;
        }
    }

    /// <summary>Whether the query returns any row.</summary>
    /// <param name="sql">A SELECT, as <c>$"…"</c>.</param>
    /// <param name="cancel">Stops the read.</param>
    public async Task<bool> Any(Sql sql, CancellationToken cancel)
    {
        await using var statement = await Prepare(sql, writes: false, cancel);
        await using var reader = await statement.Command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel);
    }

    /// <summary>Changes rows inside a save; returns how many.</summary>
    /// <param name="sql">An INSERT, UPDATE or DELETE, as <c>$"…"</c>.</param>
    /// <param name="cancel">Stops the statement.</param>
    public async Task<int> Execute(Sql sql, CancellationToken cancel)
    {
        await using var statement = await Prepare(sql, writes: true, cancel);
        return await statement.Command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The statement with its values, ready to run.</summary>
    internal async ValueTask<Statement> Prepare(Sql sql, bool writes, CancellationToken cancel)
    {
        var written = sql.Write(Dialect);
        var statement = await Take(written.Text, writes, cancel);
        Dialect.Fill(statement.Command, written);
        written.GiveBack();
        return statement;
    }

    /// <summary>A command for a text. If the engine keeps commands, it has the parameters of its last use.</summary>
    private protected virtual async ValueTask<Statement> Take(string text, bool writes, CancellationToken cancel) =>
        new(await Sql(text, cancel), null);
}
