using System.Globalization;

namespace Bellhop.Platform;

/// <summary>A line of a file that people open in a spreadsheet.</summary>
internal static class CsvLine
{
    /// <summary>
    /// The cells with their line end. A text that a spreadsheet takes for a formula is guarded; numbers have a decimal point.
    /// </summary>
    public static string Of(IEnumerable<object?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(object? value)
    {
        var text = value is string typed ? SpreadsheetText.Guard(typed) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
