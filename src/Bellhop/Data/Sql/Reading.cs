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
