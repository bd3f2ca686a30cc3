using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;
using SQLitePCL;

namespace Bellhop.Data;

/// <summary>
/// Many new rows of one table at once, past the tracker. Inside a save.
/// </summary>
public abstract partial class BellhopDb
{
    /// <summary>Writes them in the quickest way the engine has, and tells the followers; columns and forms are the model's.</summary>
    internal async Task BulkInsert<T>(IReadOnlyCollection<T> rows, CancellationToken cancel)
        where T : class
    {
        await InsertWithoutFollowers(rows, cancel);
        foreach (var follower in rows.Count > 0 ? Followers : [])
        {
            await follower.BulkInserted(this, rows, cancel);
        }
    }

    /// <summary>As <see cref="BulkInsert"/>, for whoever writes what follows by hand: the load of a benchmark.</summary>
    internal async Task InsertWithoutFollowers<T>(IReadOnlyCollection<T> rows, CancellationToken cancel)
        where T : class
    {
        if (rows.Count > 0)
        {
            await InsertAll(BulkInsertTable.Of(Model.FindEntityType(typeof(T))!), rows, cancel);
        }
    }

    /// <summary>
    /// After a save with <see cref="BulkInsert"/>, outside it: indexes take in what was put off, and where tables were all but empty
    /// before, the statistics that the engine plans by are made. Without those a first import has each row's keys checked by whatever index
    /// there is, and every row costs more than the one before.
    /// </summary>
    internal virtual Task Settle(CancellationToken cancel) => Task.CompletedTask;

    private protected abstract Task InsertAll(BulkInsertTable table, IReadOnlyCollection<object> rows, CancellationToken cancel);
}

/// <summary>A table as rows are written into it.</summary>
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

    /// <summary>The columns, as SQL lists them.</summary>
    public string Names { get; }

    /// <summary>The engine's types of the columns, without lengths.</summary>
    public string[] Types { get; }

    public static BulkInsertTable Of(IEntityType entity) => Known.GetOrAdd(entity, static e => new(e));

    /// <summary>A row's value for one column, as the engine stores it; null where there is none.</summary>
    public object? Value(object row, int column)
    {
        var (property, converter) = _columns[column];
        var value = property.GetGetter().GetClrValue(row);
        return value is null || converter is null ? value : converter.ConvertToProvider(value);
    }

    /// <summary>INSERT of one row.</summary>
    public string Insert => $"INSERT INTO \"{Name}\" ({Names}) VALUES ({string.Join(", ", Types.Select(_ => "?"))})";

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
/// One statement that is run for many rows, its values bound by place: binding by name costs more than the insert of a small row.
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

    /// <summary>A value that the row before had in this place is bound already: most of a row is as in the last.</summary>
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
                DateOnly day => raw.sqlite3_bind_text(_statement, place + 1, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                IConvertible number => raw.sqlite3_bind_int64(_statement, place + 1, number.ToInt64(CultureInfo.InvariantCulture)),
                _ => throw new ArgumentException($"No value of a {value.GetType().Name} is stored.", nameof(value)),
            },
            _connection
        );

    public void Run()
    {
        var result = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        if (result != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(result, _connection);
        }
    }

    public void Dispose() => _statement.Dispose();
}

public sealed partial class PostgresDb
{
    // Of more rows the planner knows enough to take the right index, and its own vacuum keeps it up to date.
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

        // What is pending in the search index is gone through by every search until it is put in its place. Only an owner may.
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
            // Words of many guests go into the search index together, each word once, when all is written.
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
