using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Data;

/// <summary>Inserts some rows of one table inside a save, without EF's change tracker.</summary>
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

    /// <returns>The ids of those that were inserted.</returns>
    private protected abstract Task<HashSet<Guid>> InsertMissing(
        BulkInsertTable table,
        IReadOnlyList<object> rows,
        Func<object, Guid> id,
        CancellationToken cancel
    );
}

public sealed partial class SqliteDb
{
    private const string UnlessThere = " ON CONFLICT DO NOTHING";

    protected override Task WriteNew(CancellationToken cancel) =>
        FastInserts.Write(
            this,
            fewest: 1, // each command of EF costs the same again
            (table, rows) =>
            {
                Insert(table.Insert, table, rows, (_, _) => { });
                return Task.CompletedTask; // an embedded database has nothing to wait for
            }
        );

    private protected override Task<HashSet<Guid>> InsertMissing(
        BulkInsertTable table,
        IReadOnlyList<object> rows,
        Func<object, Guid> id,
        CancellationToken cancel
    )
    {
        var inserted = new HashSet<Guid>();
        Insert(
            table.Insert + UnlessThere,
            table,
            rows,
            (row, written) =>
            {
                if (written > 0)
                {
                    inserted.Add(id(row));
                }
            }
        );
        return Task.FromResult(inserted);
    }

    private void Insert(string text, BulkInsertTable table, IReadOnlyList<object> rows, Action<object, int> done)
    {
        var insert = _turn!.Insert(text);
        try
        {
            foreach (var row in rows)
            {
                for (var i = 0; i < table.Types.Length; i++)
                {
                    insert.Bind(i, table.Value(row, i));
                }

                done(row, insert.Run());
            }
        }
        finally
        {
            insert.Forget();
        }
    }
}

public sealed partial class PostgresDb
{
    // EF writes few rows in one round trip, together with what else changed.
    private const int Many = 20;

    protected override Task WriteNew(CancellationToken cancel) =>
        FastInserts.Write(
            this,
            Many,
            async (table, rows) =>
            {
                await using var insert = await InsertOf(table, "", rows, cancel);
                await insert.ExecuteNonQueryAsync(cancel);
            }
        );

    private protected override async Task<HashSet<Guid>> InsertMissing(
        BulkInsertTable table,
        IReadOnlyList<object> rows,
        Func<object, Guid> id,
        CancellationToken cancel
    )
    {
        var inserted = new HashSet<Guid>();
        await using var insert = await InsertOf(table, " ON CONFLICT DO NOTHING RETURNING id", rows, cancel);
        await using var reader = await insert.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            inserted.Add(reader.GetGuid(0));
        }

        return inserted;
    }

    /// <summary>One statement for all rows. Its text is the same for any number of them, so it stays prepared.</summary>
    private async Task<DbCommand> InsertOf(BulkInsertTable table, string end, IReadOnlyList<object> rows, CancellationToken cancel)
    {
        var insert = await Sql(table.InsertMany + end, cancel);
        for (var i = 0; i < table.Types.Length; i++)
        {
            var values = Array.CreateInstance(table.StoredType(i), rows.Count);
            for (var row = 0; row < rows.Count; row++)
            {
                values.SetValue(table.Value(rows[row], i), row);
            }

            insert.With($"c{i}", values);
        }

        return insert;
    }
}
