#pragma warning disable EF1001 // the state alone has a public name, and it keeps the old values
using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Bellhop.Data;

/// <summary>
/// Inserts new rows by prepared statements, which are made once from the model and take values by position. EF would build a command for
/// each row again.
/// </summary>
internal static class FastInserts
{
    private static readonly ConcurrentDictionary<IEntityType, Table> Tables = [];

    /// <summary>
    /// Writes all added rows, or none: where the order of inserts and other changes matters, only EF knows the right one.
    /// </summary>
    /// <param name="fewest">With fewer added rows than this it writes none.</param>
    /// <param name="insert">Inserts rows of one table.</param>
    public static async Task Write(BellhopDb db, int fewest, Func<BulkInsertTable, IReadOnlyList<object>, Task> insert)
    {
        var added = new List<(Table Table, EntityEntry Entry)>();
        var mattering = new HashSet<IEntityType>();
        foreach (var entry in db.ChangeTracker.Entries())
        {
            var table = Tables.GetOrAdd(entry.Metadata, Table.Of);
            if (entry.State == EntityState.Added)
            {
                added.Add((table, entry));
            }
            else if (table.MayFreeKey(entry))
            {
                mattering.Add(entry.Metadata);
            }
        }

        if (added.Count < fewest || added.Exists(a => a.Table.Rows is null || mattering.Contains(a.Entry.Metadata)))
        {
            return;
        }

        foreach (var some in added.GroupBy(a => a.Table).OrderBy(a => a.Key.Rank))
        {
            await insert(some.Key.Rows!, [.. some.Select(a => a.Entry.Entity)]);
        }

        foreach (var (_, entry) in added)
        {
            entry.GetInfrastructure().AcceptChanges(); // from now on its values are the old ones
        }
    }

    /// <param name="Rows">The columns and how their values are stored. Null if the database makes a value of the row that must be read
    /// back, or if only EF writes one of its types.</param>
    /// <param name="Rank">The order of the tables: a table that others refer to comes first.</param>
    /// <param name="Unique">The columns that must differ from row to row. Null if that depends on other columns too.</param>
    private sealed record Table(BulkInsertTable? Rows, int Rank, IProperty[]? Unique)
    {
        public static Table Of(IEntityType entity)
        {
            var isPlain = entity.GetProperties().All(p => p.ValueGenerated == ValueGenerated.Never && !p.IsShadowProperty() && IsSimple(p));
            var unique = entity.GetIndexes().Where(i => i.IsUnique).ToList();
            return new(
                isPlain ? BulkInsertTable.Of(entity) : null,
                RankOf(entity),
                unique.Exists(i => i.GetFilter() is not null) ? null : [.. unique.SelectMany(i => i.Properties).Distinct()]
            );
        }

        /// <summary>Whether the change of this row may have to come before an insert: a new row may take its key.</summary>
        public bool MayFreeKey(EntityEntry entry) =>
            entry.State == EntityState.Deleted
            || (entry.State == EntityState.Modified && (Unique is null || Array.Exists(Unique, p => entry.Property(p).IsModified)));

        private static bool IsSimple(IProperty property)
        {
            var stored = property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType;
            var type = Nullable.GetUnderlyingType(stored) ?? stored;
            return type == typeof(string)
                || type == typeof(byte[])
                || type == typeof(bool)
                || type == typeof(short)
                || type == typeof(int)
                || type == typeof(long)
                || type == typeof(Guid)
                || type == typeof(DateTime)
                || type == typeof(DateOnly);
        }

        private static int RankOf(IEntityType entity) =>
            entity
                .GetForeignKeys()
                .Where(key => key.PrincipalEntityType != entity)
                .Select(key => 1 + RankOf(key.PrincipalEntityType))
                .DefaultIfEmpty(0)
                .Max();
    }
}
