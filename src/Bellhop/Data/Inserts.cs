using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Bellhop.Data;

/// <summary>New rows by statements made once from the model and kept prepared: EF sends one command a row to an embedded database, and makes each anew.</summary>
internal static class Inserts
{
    private static readonly ConcurrentDictionary<IEntityType, Table> Tables = [];

    /// <summary>Writes all that is added, or nothing: where rows of a table are changed or removed too, what must go first is for EF to say.</summary>
    public static async Task Write(BellhopDb db, CancellationToken cancel)
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
            await using (var statement = await db.Write(table.Sql!, cancel))
            {
                foreach (var (name, column, converter) in table.Columns)
                {
                    var value = column.GetGetter().GetClrValue(entry.Entity);
                    statement.With(name, converter is null || value is null ? value : converter.ConvertToProvider(value));
                }

                await statement.Command.ExecuteNonQueryAsync(cancel);
            }

            entry.State = EntityState.Unchanged;
        }
    }

    /// <param name="Sql">Null where the database gives the row something that must be read back.</param>
    /// <param name="Columns">Parameter, property, and how its value is stored.</param>
    /// <param name="Rank">Rows that others point to come first.</param>
    private sealed record Table(string? Sql, IReadOnlyList<(string Name, IProperty Column, ValueConverter? Converter)> Columns, int Rank)
    {
        public static Table Of(IEntityType entity)
        {
            var columns = entity.GetProperties().Select((p, i) => (Name: $"p{i}", Column: p, p.GetTypeMapping().Converter)).ToList();
            if (columns.Exists(c => c.Column.ValueGenerated != ValueGenerated.Never || c.Column.IsShadowProperty()))
            {
                return new(null, [], 0);
            }

            var names = string.Join(", ", columns.Select(c => $"\"{c.Column.GetColumnName()}\""));
            return new($"INSERT INTO \"{entity.GetTableName()}\" ({names}) VALUES ({string.Join(", ", columns.Select(c => "@" + c.Name))})", columns, RankOf(entity));
        }

        private static int RankOf(IEntityType entity) =>
            entity.GetForeignKeys().Where(key => key.PrincipalEntityType != entity).Select(key => 1 + RankOf(key.PrincipalEntityType)).DefaultIfEmpty(0).Max();
    }
}
