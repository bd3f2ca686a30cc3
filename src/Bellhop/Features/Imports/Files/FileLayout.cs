using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

public enum FileKind
{
    Csv,
    VCard,
}

/// <summary>How a file of guests is written, as found by looking at it.</summary>
/// <param name="Kind">Rows of cells, or cards, each read as a row under headings of ours.</param>
/// <param name="Encoding">IANA's name: utf-8, utf-16, utf-16BE or windows-1252.</param>
/// <param name="Delimiter">Between cells.</param>
/// <param name="Headings">As the file has them, cleaned of white space, quotes and marks around them.</param>
/// <param name="IsOurs">The headings are our own export's: a row may do without a phone there, where it has an e-mail address.</param>
/// <param name="Values">What the first values of each column are; null where nobody looked.</param>
public sealed record FileLayout(
    FileKind Kind,
    string Encoding,
    char Delimiter,
    IReadOnlyList<string> Headings,
    bool IsOurs,
    IReadOnlyList<ColumnValues>? Values = null
)
{
    /// <summary>What a column's first values are.</summary>
    public ColumnValues ValuesOf(int column) => Values is { } known && column < known.Count ? known[column] : ColumnValues.Mixed;
}

/// <summary>A row as the file has it.</summary>
/// <param name="Line">The line it begins on, 1 for the file's first; a quoted line end counts as one.</param>
/// <param name="Cells">As written, without quotes; fewer or more than there are headings.</param>
/// <param name="Problem">Why it cannot be taken at all: an unclosed quote, too long.</param>
public sealed record FileRow(int Line, IReadOnlyList<string> Cells, ErrorText? Problem = null);
