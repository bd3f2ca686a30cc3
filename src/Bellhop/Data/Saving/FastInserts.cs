#pragma warning disable EF1001 // the state alone has a public name, and it keeps the old values
using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Bellhop.Data;

/// <summary>
/// Inserts new rows by prepared statements, which are made once from the model and take values by position. EF would send one command per
/// row to an embedded database, and build each command again.
/// </summary>
internal static class FastInserts
{
    private static readonly ConcurrentDictionary<IEntityType, Table> Tables = [];

    /// <summary>
    /// Writes all added rows, or none. If rows of a table are also changed or removed, it writes none, because only EF knows the right
    /// order.
    /// </summary>
    /// <param name="insert">The kept statement with this text.</param>
    public static void Write(BellhopDb db, Func<string, SqliteFastInsert> insert)
    {
        var added = new List<(Table Table, EntityEntry Entry)>();
        var touched = new HashSet<IEntityType>();
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State == EntityState.Added)
            {
                added.Add((Tables.GetOrAdd(entry.Metadata, Table.Of), entry));
            }
            else if (entry.State is EntityState.Modified or EntityState.Deleted)
            {
                touched.Add(entry.Metadata);
            }
        }

        if (added.Exists(a => a.Table.Sql is null || touched.Contains(a.Entry.Metadata)))
        {
            return;
        }

        foreach (var (table, entry) in added.OrderBy(a => a.Table.Rank))
        {
            var statement = insert(table.Sql!);
            try
            {
                for (var i = 0; i < table.Rows!.Types.Length; i++)
                {
                    statement.Bind(i, table.Rows.Value(entry.Entity, i));
                }

                statement.Run();
            }
            finally
            {
                statement.Forget();
            }

            entry.GetInfrastructure().AcceptChanges(); // from now on its values are the old ones
        }
    }

    /// <param name="Sql">Null if the database makes a value of the row that must be read back, or if only EF writes one of its
    /// types.</param>
    /// <param name="Rows">The columns and how their values are stored; null if there is no statement.</param>
    /// <param name="Rank">The order of the tables: a table that others refer to comes first.</param>
    private sealed record Table(string? Sql, BulkInsertTable? Rows, int Rank)
    {
        public static Table Of(IEntityType entity)
        {
            if (entity.GetProperties().Any(p => p.ValueGenerated != ValueGenerated.Never || p.IsShadowProperty() || !IsSimple(p)))
            {
                return new(null, null, 0);
            }

            var rows = BulkInsertTable.Of(entity);
            return new(rows.Insert, rows, RankOf(entity));
        }

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
