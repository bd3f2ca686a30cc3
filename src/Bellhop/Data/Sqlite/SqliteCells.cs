using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Bellhop.Data;

/// <summary>
/// Cells read from SQLite itself. The driver asks for the type of each cell up to twice before it asks for the value, and each of these
/// calls costs as much as the value: they were half the time of a list's page.
/// </summary>
internal sealed class SqliteCells(SqliteDataReader reader) : RowCells
{
    private const int IdBytes = 16;

    private sqlite3_stmt Row => reader.Handle ?? throw new InvalidOperationException("The reader is closed.");

    public override bool IsNull(int column) => raw.sqlite3_column_type(Row, column) == raw.SQLITE_NULL;

    public override string? Text(int column) => raw.sqlite3_column_text(Row, column).utf8_to_string();

    public override Guid? Id(int column)
    {
        var bytes = raw.sqlite3_column_blob(Row, column);
        return bytes.Length == IdBytes ? new(bytes, bigEndian: true)
            : IsNull(column) ? null
            : throw new FormatException("An id is stored as 16 bytes.");
    }

    // SQLite's number of NULL is 0.
    public override long? Number(int column) =>
        raw.sqlite3_column_int64(Row, column) is var number && number == 0 && IsNull(column) ? null : number;

    public override bool? Flag(int column) => Number(column) is { } number ? number != 0 : null;

    public override DateTime? Instant(int column) =>
        Number(column) is { } instant ? DateTimeOffset.FromUnixTimeMilliseconds(instant).UtcDateTime : null;

    public override DateOnly? Day(int column)
    {
        Span<char> text = stackalloc char[SqliteDialect.DayLength];
        var bytes = raw.sqlite3_column_blob(Row, column);
        return Encoding.UTF8.TryGetChars(bytes, text, out var length) && length > 0 ? SqliteDialect.Day(text[..length])
            : IsNull(column) ? null
            : throw SqliteDialect.NoDay();
    }
}
