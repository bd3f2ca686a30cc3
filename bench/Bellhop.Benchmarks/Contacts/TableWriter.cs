using System.Data.Common;
using System.Globalization;
using Bellhop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>Writes entities straight into their tables, past the tracker: columns and forms are the model's.</summary>
internal abstract class TableWriter : IAsyncDisposable
{
    public static async Task<TableWriter> Open(BellhopDb db)
    {
        await db.Database.OpenConnectionAsync();
        return db.Database.GetDbConnection() is NpgsqlConnection postgres ? new Copy(db, postgres) : await Inserts.Begin(db);
    }

    public abstract Task Write<T>(IReadOnlyList<T> rows)
        where T : class;

    public abstract ValueTask DisposeAsync();

    private static (string Table, IProperty[] Columns) Shape<T>(BellhopDb db)
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        return (entity.GetTableName()!, [.. entity.GetProperties()]);
    }

    /// <summary>Names and numbers of enums as the model has them, all else as the engine has it.</summary>
    private static object Stored(BellhopDb db, IProperty column, object? value) =>
        value is Enum or Guid[] ? column.GetTypeMapping().Converter!.ConvertToProvider(value)! : db.Stored(value);

    private sealed class Copy(BellhopDb db, NpgsqlConnection connection) : TableWriter
    {
        public override async Task Write<T>(IReadOnlyList<T> rows)
        {
            var (table, columns) = Shape<T>(db);
            await using var import = await connection.BeginBinaryImportAsync(
                $"COPY {table} ({string.Join(", ", columns.Select(c => '"' + c.GetColumnName() + '"'))}) FROM STDIN (FORMAT BINARY)"
            );
            var types = columns.Select(c => c.GetColumnType()).ToArray();
            foreach (var row in rows)
            {
                await import.StartRowAsync();
                for (var i = 0; i < columns.Length; i++)
                {
                    var value = columns[i].GetGetter().GetClrValue(row);
                    await (
                        value is null ? import.WriteNullAsync() : import.WriteAsync(Stored(db, columns[i], value), types[i].Split('(')[0])
                    );
                }
            }

            await import.CompleteAsync();
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Inserts(BellhopDb db, DbTransaction transaction) : TableWriter
    {
        private readonly Dictionary<Type, (DbCommand Command, IProperty[] Columns)> _commands = [];

        public static async Task<Inserts> Begin(BellhopDb db) => new(db, await db.Database.GetDbConnection().BeginTransactionAsync());

        public override async Task Write<T>(IReadOnlyList<T> rows)
        {
            if (!_commands.TryGetValue(typeof(T), out var known))
            {
                var (table, columns) = Shape<T>(db);
                var command = transaction.Connection!.CreateCommand();
                command.Transaction = transaction;
                command.CommandText =
                    $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => '"' + c.GetColumnName() + '"'))}) "
                    + $"VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
                for (var i = 0; i < columns.Length; i++)
                {
                    command.With(string.Create(CultureInfo.InvariantCulture, $"p{i}"), 0);
                }

                _commands[typeof(T)] = known = (command, columns);
            }

            foreach (var row in rows)
            {
                for (var i = 0; i < known.Columns.Length; i++)
                {
                    known.Command.Parameters[i].Value = Stored(db, known.Columns[i], known.Columns[i].GetGetter().GetClrValue(row));
                }

                await known.Command.ExecuteNonQueryAsync();
            }
        }

        public override async ValueTask DisposeAsync()
        {
            await transaction.CommitAsync();
            await transaction.DisposeAsync();
        }
    }
}
