namespace Bellhop.Data;

/// <summary>Reads and writes in SQL written as <see cref="Sql"/>: prepared once and kept.</summary>
public abstract partial class BellhopDb
{
    /// <summary>The words and values in which this engine differs from the other.</summary>
    public abstract SqlDialect Dialect { get; }

    /// <summary>Reads every row; inside a save, in its transaction.</summary>
    /// <param name="sql">A SELECT, as <c>$"…"</c>.</param>
    /// <param name="read">Reads a row, its columns in their order.</param>
    /// <param name="cancel">Ends the read.</param>
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

    /// <summary>Reads the first row; the type's default where there is none.</summary>
    /// <param name="sql">A SELECT, as <c>$"…"</c>.</param>
    /// <param name="read">Reads the row, its columns in their order.</param>
    /// <param name="cancel">Ends the read.</param>
    public async Task<T?> ReadFirst<T>(Sql sql, Func<SqlRow, T> read, CancellationToken cancel)
    {
        await using var statement = await Prepare(sql, writes: false, cancel);
        await using var reader = await statement.Command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? new SqlRow(reader, Dialect).Read(read) : default;
    }

    /// <summary>Whether there is any row.</summary>
    /// <param name="sql">A SELECT, as <c>$"…"</c>.</param>
    /// <param name="cancel">Ends the read.</param>
    public async Task<bool> Any(Sql sql, CancellationToken cancel)
    {
        await using var statement = await Prepare(sql, writes: false, cancel);
        await using var reader = await statement.Command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel);
    }

    /// <summary>Inside a save: changes rows; how many.</summary>
    /// <param name="sql">An INSERT, UPDATE or DELETE, as <c>$"…"</c>.</param>
    /// <param name="cancel">Ends it.</param>
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

    /// <summary>A command for a text, with the parameters of an earlier time where the engine's is kept.</summary>
    private protected virtual async ValueTask<Statement> Take(string text, bool writes, CancellationToken cancel) =>
        new(await Sql(text, cancel), null);
}
