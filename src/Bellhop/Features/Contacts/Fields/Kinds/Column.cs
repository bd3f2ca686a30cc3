using System.Data.Common;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Contacts;

/// <summary>One value of a guest in the list: how it is read, and how the API, files, sorting and the table use it.</summary>
/// <param name="name">Its name in JSON and in the keys of labels.</param>
internal abstract class Column(string name)
{
    /// <summary>Its name in JSON, and in the keys of labels.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// The SQL that the list reads, over <c>c</c>, <c>f</c>, <c>p</c>, <c>b</c> and <c>o</c> (see <see cref="ContactSql"/>). Empty when it
    /// reads nothing.
    /// </summary>
    public IReadOnlyList<string> Sql { get; init; } = [];

    /// <summary>The SQL of the figure over several properties, computed from rows of <c>contact_at</c> under the same name.</summary>
    public string? OfSeveral { get; init; }

    /// <summary>The place of the first of <see cref="Sql"/> in the list's rows.</summary>
    public int At { get; set; }

    /// <summary>How lists are sorted by it; null when they are not.</summary>
    public SortKey? Sort { get; init; }

    /// <summary>Its column in files; null when it has none.</summary>
    public ExportColumn? Csv { get; init; }

    /// <summary>Its cell in the table; null when it has none of its own.</summary>
    public Cell? Cell { get; init; }

    /// <summary>How import files fill it; null when they do not, or when it has import rules of its own.</summary>
    public Detail? Detail { get; init; }

    /// <summary>How staff type it into the panels; null when they do not.</summary>
    public TypedField? Typed { get; init; }

    /// <summary>The sort order by this column.</summary>
    public ContactSort By => ContactSort.Of(this);

    /// <summary>Writes the JSON member with its name.</summary>
    public abstract void Write(Utf8JsonWriter to, ContactRow row);

    /// <summary>Numbers the SQL of the columns from the first place on. Returns all of the SQL.</summary>
    public static IReadOnlyList<string> Number(IReadOnlyList<Column> columns)
    {
        var sql = new List<string>();
        foreach (var column in columns)
        {
            column.At = sql.Count;
            sql.AddRange(column.Sql);
        }

        return sql;
    }
}

/// <param name="name">Its name in JSON.</param>
/// <param name="get">Gets the row's member.</param>
/// <param name="json">Writes its value.</param>
/// <param name="read">Reads the value from the reader's current row. Its SQL begins at the given place.</param>
internal sealed class Column<T>(string name, Func<ContactRow, T> get, Action<Utf8JsonWriter, T> json, Func<GuestReading, int, T> read)
    : Column(name)
{
    private readonly JsonEncodedText _member = JsonEncodedText.Encode(name);

    public T Read(in GuestReading from) => read(from, At);

    public override void Write(Utf8JsonWriter to, ContactRow row)
    {
        to.WritePropertyName(_member);
        json(to, get(row));
    }
}

/// <summary>A row of the list while it is being read.</summary>
/// <param name="Row">The reader at this row.</param>
/// <param name="Db">The database, whose forms ids and instants have.</param>
/// <param name="Now">The instant when the page is read.</param>
/// <param name="Before">The row before. Values that are mostly the same are taken from it.</param>
internal readonly record struct GuestReading(DbDataReader Row, BellhopDb Db, DateTime Now, ContactRow? Before);

/// <summary>A cell of the guest list.</summary>
/// <param name="Class">The CSS class of the column.</param>
/// <param name="Write">Writes the whole <c>td</c>.</param>
internal sealed record Cell(string Class, Action<GuestCells, ContactLine> Write);
