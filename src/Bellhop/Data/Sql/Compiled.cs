using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Bellhop.Data;

/// <summary>
/// A query of one organisation's rows that EF translates once per engine. It is for queries that run each time a guest arrives.
/// </summary>
internal sealed class Compiled<TKey, TRow>(Expression<Func<BellhopDb, int, TKey, IQueryable<TRow>>> query)
{
    private readonly ConcurrentDictionary<IModel, Func<BellhopDb, int, TKey, IAsyncEnumerable<TRow>>> _engines = [];

    public async Task<List<TRow>> ToList(BellhopDb db, int organizationId, TKey key, CancellationToken cancel)
    {
        var rows = new List<TRow>();
        await foreach (
            var row in _engines.GetOrAdd(db.Model, _ => EF.CompileAsyncQuery(query))(db, organizationId, key).WithCancellation(cancel)
        )
        {
            rows.Add(row);
        }

        return rows;
    }
}
