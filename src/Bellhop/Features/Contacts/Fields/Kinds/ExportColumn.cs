using Bellhop.Data;
using Bellhop.Features.Properties;

namespace Bellhop.Features.Contacts;

/// <summary>A column of files.</summary>
public sealed class ExportColumn
{
    /// <summary>The place after every other column.</summary>
    internal const int Last = 99;

    private const int Unplaced = 50;

    private readonly Action<CsvCells, SqlRow> _write;

    /// <param name="name">The field's name in the keys of labels.</param>
    /// <param name="heading">The heading in the file's first row. It is the same in every language, because programs and the importer know
    /// it.</param>
    /// <param name="place">The place among the columns. Columns with the same place follow the order of the list's fields.</param>
    /// <param name="write">Reads the column from a row and writes the cell. Without <see cref="Sql"/> it reads nothing.</param>
    internal ExportColumn(string name, string heading, int place, Action<CsvCells, SqlRow> write) =>
        (Name, Heading, Place, _write) = (name, heading, place, write);

    /// <summary>The heading in the file's first row.</summary>
    public string Heading { get; }

    internal string Name { get; }
    internal int Place { get; }

    /// <summary>Makes the SQL to read, over <c>c</c> and <c>f</c>; null when nothing is read.</summary>
    internal Func<PropertyScope, Sql>? Sql { get; init; }

    /// <summary>Whether the value may be null. The cell is empty then.</summary>
    internal bool MayBeEmpty { get; init; }

    /// <summary>A column for a text that may be null.</summary>
    internal static ExportColumn Text(string name, int place, Func<PropertyScope, Sql> sql, string? heading = null) =>
        new(name, heading ?? name, place, static (to, row) => to.Csv.Text(row.Text())) { Sql = sql, MayBeEmpty = true };

    /// <summary>A column for a text that may be null, after the older columns of the file.</summary>
    internal static ExportColumn Text(string name, Func<PropertyScope, Sql> sql) => Text(name, Unplaced, sql);

    internal void Write(CsvCells to, SqlRow row)
    {
        if (MayBeEmpty && row.IsNull)
        {
            row.Skip(1);
            to.Csv.Nothing();
        }
        else
        {
            _write(to, row);
        }
    }
}
