using System.Data.Common;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Contacts;

/// <summary>What a list says of a guest: where it is read, and how the API, files, orders and the table have it.</summary>
/// <param name="name">In JSON; labels are found by it.</param>
internal abstract class Column(string name)
{
    /// <summary>In JSON, and in the keys of labels.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// What the list reads, over <c>c</c>, <c>f</c>, <c>p</c>, <c>b</c> and <c>o</c> (see <see cref="ContactSql"/>); none where it reads
    /// nothing.
    /// </summary>
    public IReadOnlyList<string> Sql { get; init; } = [];

    /// <summary>The figure over several properties, as the sum of the rows of <c>contact_at</c> gives it under the same name.</summary>
    public string? OfSeveral { get; init; }

    /// <summary>Where in the list's rows the first of <see cref="Sql"/> stands.</summary>
    public int At { get; set; }

    /// <summary>How lists are sorted by it; null where they are not.</summary>
    public SortKey? Sort { get; init; }

    /// <summary>How files have it; null where they do not.</summary>
    public ExportColumn? Csv { get; init; }

    /// <summary>Its cell in the table; null where it has none of its own.</summary>
    public Cell? Cell { get; init; }

    /// <summary>How files bring it; null where they do not, or by rules of its own.</summary>
    public Detail? Detail { get; init; }

    /// <summary>The order by it.</summary>
    public ContactSort By => ContactSort.Of(this);

    /// <summary>Writes the member with its name.</summary>
    public abstract void Write(Utf8JsonWriter to, ContactRow row);

    /// <summary>Numbers what they read from the first place on; what is read in all.</summary>
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

/// <param name="name">In JSON.</param>
/// <param name="get">The row's member.</param>
/// <param name="json">Writes its value.</param>
/// <param name="read">Reads it from the row that the reader stands on; its SQL begins at the place given.</param>
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

/// <summary>A row of the list while it is read.</summary>
/// <param name="Row">The reader, standing on it.</param>
/// <param name="Db">Whose forms ids and instants have.</param>
/// <param name="Now">The instant the page is read.</param>
/// <param name="Before">The row before: what is mostly the same is not made again.</param>
internal readonly record struct GuestReading(DbDataReader Row, BellhopDb Db, DateTime Now, ContactRow? Before);

/// <summary>A cell of the guest list.</summary>
/// <param name="Class">Of the column.</param>
/// <param name="Write">Writes the whole <c>td</c>.</param>
internal sealed record Cell(string Class, Action<GuestCells, ContactLine> Write);
