namespace Bellhop.Platform;

/// <summary>
/// Texts in files that spreadsheets open. An apostrophe is put before a text that looks like a formula, and removed again on reading.
/// </summary>
internal static class SpreadsheetText
{
    // What spreadsheets take for the beginning of a formula, with its full-width twins.
    private const string Formulas = "=+-@\t\r＝＋－＠";

    /// <summary>
    /// A cell that begins, after any apostrophes, with a formula's sign gets one more apostrophe in front; any other stays as it is.
    /// </summary>
    public static string Guard(string cell) => IsFormula(cell) ? "'" + cell : cell;

    /// <summary>Takes off the apostrophe that <see cref="Guard"/> put there, in exactly that case.</summary>
    public static string Unguard(string cell) => cell is ['\'', ..] && IsFormula(cell) ? cell[1..] : cell;

    /// <summary>Whether the cell begins so.</summary>
    public static bool IsFormula(ReadOnlySpan<char> cell)
    {
        if (cell is [(>= '0' and <= '9') or (>= 'A' and < '\uFF00'), ..])
        {
            return false; // as nearly every cell begins
        }

        var at = cell.IndexOfAnyExcept('\'');
        return at >= 0 && Formulas.Contains(cell[at], StringComparison.Ordinal);
    }
}
