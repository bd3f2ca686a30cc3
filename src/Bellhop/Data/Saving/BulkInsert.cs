using System.Collections.Concurrent;
using System.Globalization;
using Bellhop.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;
using SQLitePCL;

namespace Bellhop.Data;

/// <summary>
/// Inserts many rows of one table inside a save, without EF's change tracker.
/// </summary>
public abstract partial class BellhopDb
{
    /// <summary>Writes the rows in the engine's fastest way and tells the followers. Columns and types come from EF's model.</summary>
    internal async Task BulkInsert<T>(IReadOnlyCollection<T> rows, CancellationToken cancel)
        where T : class
    {
        await InsertWithoutFollowers(rows, cancel);
        foreach (var follower in rows.Count > 0 ? Followers : [])
        {
            await follower.BulkInserted(this, rows, cancel);
        }
    }

    /// <summary>As <see cref="BulkInsert"/>, but tells no followers: a benchmark's load writes the derived rows itself.</summary>
    internal async Task InsertWithoutFollowers<T>(IReadOnlyCollection<T> rows, CancellationToken cancel)
        where T : class
    {
        if (rows.Count > 0)
        {
            await InsertAll(BulkInsertTable.Of(Model.FindEntityType(typeof(T))!), rows, cancel);
        }
    }

    /// <summary>
    /// Call it after a save with <see cref="BulkInsert"/>, outside the save. It finishes the delayed index updates, and makes the planner's
    /// statistics for tables that were almost empty. Without statistics PostgreSQL may check the keys of a first import by a bad index, and
    /// each row costs more than the one before.
    /// </summary>
    internal virtual Task Settle(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>
    /// Call it outside a save when most of a large table is new. PostgreSQL then answers from an index alone, without looking whether each
    /// row is visible: ten times as fast where the rows lie in another order. By itself it does so minutes later. Nothing on SQLite.
    /// </summary>
    internal virtual Task Vacuum<T>(CancellationToken cancel)
        where T : class => Task.CompletedTask;

    private protected abstract Task InsertAll(BulkInsertTable table, IReadOnlyCollection<object> rows, CancellationToken cancel);
}

/// <summary>How to insert rows into one table.</summary>
internal sealed class BulkInsertTable
{
    private static readonly ConcurrentDictionary<IEntityType, BulkInsertTable> Known = [];

    private readonly (IProperty Property, ValueConverter? Converter)[] _columns;

    private BulkInsertTable(IEntityType entity)
    {
        Name = entity.GetTableName()!;
        _columns = [.. entity.GetProperties().Select(p => (p, p.GetTypeMapping().Converter))];
        Names = string.Join(", ", _columns.Select(c => $"\"{c.Property.GetColumnName()}\""));
        Types = [.. _columns.Select(c => c.Property.GetColumnType().Split('(')[0])];
    }

    public string Name { get; }

    /// <summary>The column names, separated by commas.</summary>
    public string Names { get; }

    /// <summary>The columns' database types, without lengths.</summary>
    public string[] Types { get; }

    public static BulkInsertTable Of(IEntityType entity) => Known.GetOrAdd(entity, static e => new(e));

    /// <summary>A row's value for one column, as the engine stores it; null for no value.</summary>
    public object? Value(object row, int column)
    {
        var (property, converter) = _columns[column];
        var value = property.GetGetter().GetClrValue(row);
        return value is null || converter is null ? value : converter.ConvertToProvider(value);
    }

    /// <summary>The type of a column's values, as the engine stores them.</summary>
    public Type StoredType(int column)
    {
        var (property, converter) = _columns[column];
        var type = converter?.ProviderClrType ?? property.ClrType;
        return property.IsNullable && type.IsValueType && Nullable.GetUnderlyingType(type) is null
            ? typeof(Nullable<>).MakeGenericType(type)
            : type;
    }

    /// <summary>INSERT of one row.</summary>
    public string Insert => $"INSERT INTO \"{Name}\" ({Names}) VALUES ({string.Join(", ", Types.Select(_ => "?"))})";

    /// <summary>INSERT of any number of rows, with a list for each column: <c>@c0</c>, <c>@c1</c> and so on.</summary>
    public string InsertMany =>
        $"INSERT INTO \"{Name}\" ({Names}) SELECT * FROM unnest({string.Join(", ", Types.Select((type, i) => $"@c{i}::{type}[]"))})";

    /// <summary>COPY of any number of rows.</summary>
    public string Copy => $"COPY \"{Name}\" ({Names}) FROM STDIN (FORMAT BINARY)";
}

public sealed partial class SqliteDb
{
    private protected override Task InsertAll(BulkInsertTable table, IReadOnlyCollection<object> rows, CancellationToken cancel)
    {
        using var insert = new SqliteFastInsert((SqliteConnection)Database.GetDbConnection(), table.Insert);
        foreach (var row in rows)
        {
            for (var i = 0; i < table.Types.Length; i++)
            {
                insert.Bind(i, table.Value(row, i));
            }

            insert.Run();
        }

        return Task.CompletedTask; // an embedded database has nothing to wait for
    }
}

/// <summary>
/// A prepared statement for many rows. It binds values by position, because binding by name costs more than inserting a small row.
/// </summary>
internal sealed class SqliteFastInsert : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly object?[] _bound;

    public SqliteFastInsert(SqliteConnection connection, string sql)
    {
        _connection = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_connection, sql, out _statement), _connection);
        _bound = new object?[raw.sqlite3_bind_parameter_count(_statement)];
    }

    /// <summary>Binds a value, unless the row before had the same one: most values do not change from row to row.</summary>
    public void Bind(int place, object? value)
    {
        if (!Equals(_bound[place], value))
        {
            BindNew(place, value);
            _bound[place] = value;
        }
    }

    private void BindNew(int place, object? value) =>
        SqliteException.ThrowExceptionForRC(
            value switch
            {
                null => raw.sqlite3_bind_null(_statement, place + 1),
                string text => raw.sqlite3_bind_text(_statement, place + 1, text),
                byte[] bytes => raw.sqlite3_bind_blob(_statement, place + 1, bytes),
                bool yes => raw.sqlite3_bind_int(_statement, place + 1, yes ? 1 : 0),
                DateOnly day => raw.sqlite3_bind_text(_statement, place + 1, day.Iso()),
                IConvertible number => raw.sqlite3_bind_int64(_statement, place + 1, number.ToInt64(CultureInfo.InvariantCulture)),
                _ => throw new ArgumentException($"No value of a {value.GetType().Name} is stored.", nameof(value)),
            },
            _connection
        );

    /// <returns>How many rows it wrote.</returns>
    public int Run()
    {
        var result = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        if (result != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(result, _connection);
        }

        return raw.sqlite3_changes(_connection);
    }

    /// <summary>Call it before the statement is kept: nothing of a guest is kept with it.</summary>
    public void Forget()
    {
        raw.sqlite3_clear_bindings(_statement);
        Array.Clear(_bound);
    }

    public void Dispose() => _statement.Dispose();
}

public sealed partial class PostgresDb
{
    // With more rows the planner has enough to choose the right index, and autovacuum keeps the statistics up to date.
    private const int FewRows = 1000;
    private readonly HashSet<string> _grown = [],
        _known = [];

    internal override async Task Settle(CancellationToken cancel)
    {
        if (_grown.Count == 0)
        {
            return;
        }

        string[] names = [.. _grown.Except(_known)];
        _grown.Clear();

        // Every search reads the search index's pending list until its entries are merged. Only the table's owner may merge them.
        await using (
            var clean = await Sql(
                "SELECT gin_clean_pending_list(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
                    + "JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'gin' AND i.indrelid = 'contacts'::regclass "
                    + "AND pg_has_role(c.relowner, 'USAGE')",
                cancel
            )
        )
        {
            await clean.ExecuteNonQueryAsync(cancel);
        }

        if (names.Length > 0)
        {
            await Know(names, cancel);
        }
    }

    private async Task Know(string[] names, CancellationToken cancel)
    {
        var few = new List<string>();
        await using (
            var command = await Sql(
                "SELECT relname FROM pg_class WHERE relname = ANY(@names) AND relkind = 'r' AND pg_table_is_visible(oid) "
                    + "AND reltuples < @few",
                cancel
            )
        )
        {
            command.With("names", names).With("few", FewRows);
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel))
            {
                few.Add(row.GetString(0));
            }
        }

        _known.UnionWith(names.Except(few));
        if (few.Count > 0)
        {
            await using var command = await Sql($"ANALYZE (SKIP_LOCKED) {string.Join(", ", few)}", cancel);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private protected override async Task InsertAll(BulkInsertTable table, IReadOnlyCollection<object> rows, CancellationToken cancel)
    {
        if (_grown.Add(table.Name) && table.Name == "contacts")
        {
            // The search index takes the words of many guests together at the end, so that each word is written once.
            await using var wait = await Sql("SET LOCAL gin_pending_list_limit = '64MB'", cancel);
            await wait.ExecuteNonQueryAsync(cancel);
        }

        var connection = (NpgsqlConnection)Database.GetDbConnection();
        await using var copy = await connection.BeginBinaryImportAsync(table.Copy, cancel);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancel);
            for (var i = 0; i < table.Types.Length; i++)
            {
                await (table.Value(row, i) is { } value ? copy.WriteAsync(value, table.Types[i], cancel) : copy.WriteNullAsync(cancel));
            }
        }

        await copy.CompleteAsync(cancel);
    }
}
