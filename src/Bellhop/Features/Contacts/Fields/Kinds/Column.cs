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

    /// <summary>The columns that the list reads for it. Empty when it reads nothing.</summary>
    public IReadOnlyList<GuestColumn> Reads { get; init; } = [];

    /// <summary>The SQL of the figure over several properties, computed from rows of <c>contact_at</c> under the same name.</summary>
    public Sql? OfSeveral { get; init; }

    /// <summary>
    /// An ORDER BY whose first row of <c>contact_at</c> has the figure over several properties. Null when no single row has it, as with a
    /// sum.
    /// </summary>
    public Sql? FirstOfSeveral { get; init; }

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
}

/// <param name="name">Its name in JSON.</param>
/// <param name="get">Gets the row's member.</param>
/// <param name="json">Writes its value.</param>
/// <param name="read">Reads the value from a row: each column that it declares, in their order.</param>
internal sealed class Column<T>(string name, Func<ContactRow, T> get, Action<Utf8JsonWriter, T> json, Func<GuestReading, T> read)
    : Column(name)
{
    private readonly JsonEncodedText _member = JsonEncodedText.Encode(name);

    public T Read(GuestReading from) => read(from);

    public override void Write(Utf8JsonWriter to, ContactRow row)
    {
        to.WritePropertyName(_member);
        json(to, get(row));
    }
}

/// <summary>Reads the rows of a page, one after the other.</summary>
/// <param name="row">The row to read next.</param>
/// <param name="now">The instant when the page is read.</param>
internal sealed class GuestReading(SqlRow row, DateTime now)
{
    public SqlRow Row => row;

    public DateTime Now => now;

    /// <summary>The row before. Values that are mostly the same are taken from it.</summary>
    public ContactRow? Before { get; set; }

    /// <summary>The tags of this row, read by the column of tags.</summary>
    public IReadOnlyList<Guid> TagIds { get; set; } = [];

    /// <summary>The country that was given in this row, read by the column of countries.</summary>
    public string? CountryGiven { get; set; }
}

/// <summary>A cell of the guest list.</summary>
/// <param name="Class">The CSS class of the column.</param>
/// <param name="Write">Writes the whole <c>td</c>.</param>
internal sealed record Cell(string Class, Action<GuestCells, ContactLine> Write)
{
    /// <summary>Whether the table has it for a person who chose no columns.</summary>
    public bool IsUsual { get; init; } = true;
}
