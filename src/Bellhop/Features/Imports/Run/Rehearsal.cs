using System.Text.Json;
using Bellhop.Features.Intake;
using Microsoft.Data.Sqlite;

namespace Bellhop.Features.Imports;

/// <summary>
/// A rehearsal's results, in a file of its own: the outcome of every row for the page, and the guests as earlier rows left them, so that
/// duplicates inside a long file are found. Memory does not grow with the file. If the results are lost, they are made again.
/// </summary>
internal sealed class Rehearsal : IDisposable
{
    private const string Tables = """
        CREATE TABLE rows (line INTEGER PRIMARY KEY, outcome INTEGER NOT NULL, contact TEXT, fields TEXT NOT NULL,
            errors TEXT NOT NULL, warnings TEXT NOT NULL, cells TEXT NOT NULL, phone TEXT, country TEXT) STRICT;
        CREATE INDEX rows_by_outcome ON rows (outcome, line);
        CREATE TABLE guests (id TEXT PRIMARY KEY, guest TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE keys (key TEXT PRIMARY KEY, id TEXT NOT NULL) STRICT, WITHOUT ROWID;
        """;

    private readonly SqliteConnection _connection;

    private Rehearsal(string file, bool create)
    {
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadOnly,
            Pooling = false,
        };
        _connection = new(connection.ConnectionString);
        _connection.Open();

        // The file is locked only while some rows are written, so that others can read what is there meanwhile.
        Do(create ? "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16384;" + Tables : "PRAGMA query_only=ON");
    }

    /// <param name="Line">The line of the file.</param>
    /// <param name="ContactId">The guest of the row, if it is stored and the viewer may see it; else null.</param>
    /// <param name="Fields">The fields that the row would change.</param>
    /// <param name="Cells">The cells of the file.</param>
    /// <param name="Phone">The phone as it was read.</param>
    /// <param name="Country">The phone's country, ISO 3166-1 alpha-2.</param>
    public sealed record Row(
        int Line,
        RowOutcome Outcome,
        Guid? ContactId,
        IReadOnlyList<string> Fields,
        IReadOnlyList<FieldError> Errors,
        IReadOnlyList<FieldError> Warnings,
        IReadOnlyList<string> Cells,
        string? Phone,
        string? Country
    );

    /// <summary>Deletes earlier results and begins again.</summary>
    public static Rehearsal Begin(string file)
    {
        Remove(file);
        return new(file, create: true);
    }

    /// <summary>
    /// Reads rows of one outcome, or of all, after a line. While the rehearsal is at work, these are the rows judged so far.
    /// </summary>
    public static IReadOnlyList<Row> Read(string file, RowOutcome? outcome, int after, int most)
    {
        try
        {
            return File.Exists(file) ? ReadRows(file, outcome, after, most) : [];
        }
        catch (SqliteException error)
            when (error.SqliteErrorCode is SQLitePCL.raw.SQLITE_ERROR or SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
        {
            return []; // it has only just begun, or its process died: then it begins anew
        }
    }

    private static List<Row> ReadRows(string file, RowOutcome? outcome, int after, int most)
    {
        using var rehearsal = new Rehearsal(file, create: false);
        using var command = rehearsal._connection.CreateCommand();
        command.CommandText =
            "SELECT line, outcome, contact, fields, errors, warnings, cells, phone, country FROM rows WHERE line > @after "
            + "AND (@outcome IS NULL OR outcome = @outcome) ORDER BY line LIMIT @most";
        command.Parameters.AddWithValue("@after", after);
        command.Parameters.AddWithValue("@outcome", outcome is { } one ? (int)one : DBNull.Value);
        command.Parameters.AddWithValue("@most", most);
        using var row = command.ExecuteReader();
        var rows = new List<Row>();
        while (row.Read())
        {
            rows.Add(
                new(
                    row.GetInt32(0),
                    (RowOutcome)row.GetInt32(1),
                    row.IsDBNull(2) ? null : Guid.ParseExact(row.GetString(2), "N"),
                    row.GetString(3).Split(',', StringSplitOptions.RemoveEmptyEntries),
                    StoredErrors.Read(row.GetString(4)),
                    StoredErrors.Read(row.GetString(5)),
                    JsonSerializer.Deserialize<List<string>>(row.GetString(6))!,
                    row.IsDBNull(7) ? null : row.GetString(7),
                    row.IsDBNull(8) ? null : row.GetString(8)
                )
            );
        }

        return rows;
    }

    public static void Remove(string file)
    {
        foreach (var part in new[] { file, file + "-journal", file + "-wal", file + "-shm" })
        {
            File.Delete(part);
        }
    }

    /// <summary>Replaces stored guests by the guests as earlier rows left them.</summary>
    public void Overlay(KnownGuests known, IReadOnlyCollection<GuestKeys> keys)
    {
        foreach (var guest in Guests([.. known.All.Select(g => g.Id)]))
        {
            known.Replace(guest);
        }

        var owners = OwnersOf([.. keys.SelectMany(Keys).Distinct(StringComparer.Ordinal)]);
        var guests = Guests([.. owners.Values.Distinct()]).ToDictionary(g => g.Id);
        foreach (var (key, id) in owners)
        {
            known.Put(key[0] == 'p' ? IdentityKind.Phone : IdentityKind.Email, key[2..], guests[id]);
        }
    }

    /// <summary>Stores the outcomes of some rows.</summary>
    public void Keep(IReadOnlyList<Judged> judged)
    {
        using var transaction = _connection.BeginTransaction();
        using var row = Command("INSERT OR REPLACE INTO rows VALUES (@a, @b, @c, @d, @e, @f, @g, @h, @i)", 9);
        using var guest = Command("INSERT OR REPLACE INTO guests VALUES (@a, @b)", 2);
        using var key = Command("INSERT OR IGNORE INTO keys VALUES (@a, @b)", 2);
        foreach (var one in judged)
        {
            Run(
                row,
                one.Row.Line,
                (int)one.Outcome,
                one.Guest is { IsNew: false, IsHidden: false } known ? known.Id.ToString("N") : null,
                string.Join(',', one.Change.Fields),
                StoredErrors.Write(one.Row.Errors),
                StoredErrors.Write(one.Row.Warnings),
                JsonSerializer.Serialize(KeptCells.Of(one.Row.Cells)),
                one.Row.Keys.Phone,
                one.Row.PhoneCountry
            );
            if (one.Outcome is RowOutcome.Created or RowOutcome.Updated)
            {
                Run(guest, one.Guest!.Id.ToString("N"), JsonSerializer.Serialize(one.Guest));
                foreach (var lead in Keys(one.Attached))
                {
                    Run(key, lead, one.Guest.Id.ToString("N"));
                }
            }
        }

        transaction.Commit();

        SqliteCommand Command(string text, int parameters)
        {
            var command = _connection.CreateCommand();
            (command.CommandText, command.Transaction) = (text, transaction);
            for (var i = 0; i < parameters; i++)
            {
                command.Parameters.AddWithValue("@" + (char)('a' + i), DBNull.Value);
            }

            return command;
        }

        static void Run(SqliteCommand command, params object?[] values)
        {
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters[i].Value = values[i] ?? DBNull.Value;
            }

            command.ExecuteNonQuery();
        }
    }

    public void Dispose() => _connection.Dispose();

    private static IEnumerable<string> Keys(GuestKeys keys)
    {
        if (keys.PhoneKey is { } phone)
        {
            yield return "p:" + phone;
        }

        if (keys.Address is { } address)
        {
            yield return "e:" + address;
        }
    }

    private Dictionary<string, Guid> OwnersOf(IReadOnlyCollection<string> keys)
    {
        var owners = new Dictionary<string, Guid>(StringComparer.Ordinal);
        Ask(
            "SELECT key, id FROM keys WHERE key IN (SELECT value FROM json_each(@list))",
            keys,
            row => owners[row.GetString(0)] = Guid.ParseExact(row.GetString(1), "N")
        );
        return owners;
    }

    private List<KnownGuest> Guests(IReadOnlyCollection<Guid> ids)
    {
        var guests = new List<KnownGuest>();
        Ask(
            "SELECT guest FROM guests WHERE id IN (SELECT value FROM json_each(@list))",
            [.. ids.Select(id => id.ToString("N"))],
            row => guests.Add(JsonSerializer.Deserialize<KnownGuest>(row.GetString(0))!)
        );
        return guests;
    }

    private void Ask(string sql, IReadOnlyCollection<string> list, Action<SqliteDataReader> read)
    {
        if (list.Count == 0)
        {
            return;
        }

        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("@list", JsonSerializer.Serialize(list));
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            read(row);
        }
    }

    private void Do(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
