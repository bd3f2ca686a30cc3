using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

public enum FileKind
{
    Csv,
    VCard,
}

/// <summary>The format of a file of guests, found by looking at the file.</summary>
/// <param name="Kind">Rows of cells, or vCards. Each card is read as a row with fixed headings.</param>
/// <param name="Encoding">IANA's name, such as utf-8, utf-16BE or windows-1252.</param>
/// <param name="Delimiter">The character between cells.</param>
/// <param name="Headings">The file's headings, without surrounding white space, quotes and marks.</param>
/// <param name="IsOurs">The headings are those of Bellhop's own export. There a row needs no phone if it has an e-mail address.</param>
/// <param name="Values">What the first values of each column are; null when they were not checked.</param>
/// <param name="Above">The rows above the headings: a title, a date.</param>
public sealed record FileLayout(
    FileKind Kind,
    string Encoding,
    char Delimiter,
    IReadOnlyList<string> Headings,
    bool IsOurs,
    IReadOnlyList<ColumnValues>? Values = null,
    int Above = 0
)
{
    /// <summary>What a column's first values are.</summary>
    public ColumnValues ValuesOf(int column) => Values is { } known && column < known.Count ? known[column] : ColumnValues.Mixed;
}

/// <summary>A row of the file.</summary>
/// <param name="Line">The line on which the row begins; the file's first line is 1. A quoted line end counts as one.</param>
/// <param name="Cells">The cells as written, without quotes. There may be fewer or more cells than headings.</param>
/// <param name="Problem">Why the whole row is refused: an unclosed quote, or too long. Null when it is not.</param>
public sealed record FileRow(int Line, IReadOnlyList<string> Cells, ErrorText? Problem = null);
