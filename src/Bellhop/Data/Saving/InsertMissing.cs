using Microsoft.EntityFrameworkCore;

namespace Bellhop.Data;

/// <summary>Inserts rows that may be there already, inside a save, without EF's change tracker.</summary>
public abstract partial class BellhopDb
{
    /// <summary>
    /// Inserts the rows of which no unique key is there yet, in their order, and returns those. No follower is told. Two saves that insert
    /// the same rows must have them in the same order, so that they never wait for each other.
    /// </summary>
    internal async Task<IReadOnlyList<T>> InsertMissing<T>(IReadOnlyList<T> rows, Func<T, Guid> id, CancellationToken cancel)
        where T : class
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var inserted = await InsertMissing(BulkInsertTable.Of(Model.FindEntityType(typeof(T))!), rows, row => id((T)row), cancel);
        return [.. rows.Where(row => inserted.Contains(id(row)))];
    }

    private protected abstract Task<HashSet<Guid>> InsertMissing(
        BulkInsertTable table,
        IReadOnlyList<object> rows,
        Func<object, Guid> id,
        CancellationToken cancel
    );
}

public sealed partial class SqliteDb
{
    private protected override Task<HashSet<Guid>> InsertMissing(
        BulkInsertTable table,
        IReadOnlyList<object> rows,
        Func<object, Guid> id,
        CancellationToken cancel
    )
    {
        var inserted = new HashSet<Guid>();
        var insert = _turn!.Insert(table.Insert + " ON CONFLICT DO NOTHING");
        try
        {
            foreach (var row in rows)
            {
                for (var i = 0; i < table.Types.Length; i++)
                {
                    insert.Bind(i, table.Value(row, i));
                }

                if (insert.Run() > 0)
                {
                    inserted.Add(id(row));
                }
            }
        }
        finally
        {
            insert.Forget();
        }

        return Task.FromResult(inserted); // an embedded database has nothing to wait for
    }
}

public sealed partial class PostgresDb
{
    private protected override async Task<HashSet<Guid>> InsertMissing(
        BulkInsertTable table,
        IReadOnlyList<object> rows,
        Func<object, Guid> id,
        CancellationToken cancel
    )
    {
        // One statement with a list for each column: its text is the same for any number of rows, so it stays prepared.
        var lists = string.Join(", ", table.Types.Select((type, i) => $"@c{i}::{type}[]"));
        await using var statement = await Sql(
            $"INSERT INTO \"{table.Name}\" ({table.Names}) SELECT * FROM unnest({lists}) ON CONFLICT DO NOTHING RETURNING id",
            cancel
        );
        for (var i = 0; i < table.Types.Length; i++)
        {
            var values = Array.CreateInstance(table.StoredType(i), rows.Count);
            for (var row = 0; row < rows.Count; row++)
            {
                values.SetValue(table.Value(rows[row], i), row);
            }

            statement.With($"c{i}", values);
        }

        var inserted = new HashSet<Guid>();
        await using var reader = await statement.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            inserted.Add(reader.GetGuid(0));
        }

        return inserted;
    }
}
