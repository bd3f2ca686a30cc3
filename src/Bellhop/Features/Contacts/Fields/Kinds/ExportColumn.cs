using System.Data.Common;

namespace Bellhop.Features.Contacts;

/// <summary>A column of files.</summary>
public sealed class ExportColumn
{
    /// <summary>Behind every other.</summary>
    internal const int Last = 99;

    private const int Unplaced = 50;

    private readonly Action<CsvCells, DbDataReader, int> _write;

    /// <param name="name">The field's, in the keys of labels.</param>
    /// <param name="heading">As the file's first row has it, the same in every language: programs and the importer know it.</param>
    /// <param name="place">Which of the columns it is; equal ones stand in the order of the list's fields.</param>
    /// <param name="write">Writes the cell of the row that the reader stands on; its SQL stands at the place given.</param>
    internal ExportColumn(string name, string heading, int place, Action<CsvCells, DbDataReader, int> write) =>
        (Name, Heading, Place, _write) = (name, heading, place, write);

    /// <summary>As the file's first row has it.</summary>
    public string Heading { get; }

    internal string Name { get; }
    internal int Place { get; }

    /// <summary>What is read for it, over <c>c</c> and <c>f</c>; null where nothing is.</summary>
    internal string? Sql { get; init; }

    /// <summary>Whether there may be nothing: then the cell is empty.</summary>
    internal bool MayBeEmpty { get; init; }

    /// <summary>A text that there may be or not.</summary>
    internal static ExportColumn Text(string name, int place, string sql) =>
        new(name, name, place, static (to, row, at) => to.Csv.Text(row.GetString(at))) { Sql = sql, MayBeEmpty = true };

    /// <summary>A text that there may be or not, behind what files have always had.</summary>
    internal static ExportColumn Text(string name, string sql) => Text(name, Unplaced, sql);

    internal void Write(CsvCells to, DbDataReader row, int at)
    {
        if (MayBeEmpty && row.IsDBNull(at))
        {
            to.Csv.Nothing();
        }
        else
        {
            _write(to, row, at);
        }
    }
}
