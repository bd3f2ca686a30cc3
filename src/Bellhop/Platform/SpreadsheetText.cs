namespace Bellhop.Platform;

/// <summary>
/// Text in a cell of a file that a spreadsheet may open: what it would take for a formula stands behind <c>'</c>
/// (OWASP: https://owasp.org/www-community/attacks/CSV_Injection). What was guarded is given back exactly.
/// </summary>
public static class SpreadsheetText
{
    // What spreadsheets take for a formula, with its full-width twins.
    private const string Formulas = "=+-@\t\r＝＋－＠";

    /// <summary>With one <c>'</c> in front where the text, after any <c>'</c>, begins as a formula does; else as it is.</summary>
    public static string Guard(string text) => BeginsFormula(text) ? "'" + text : text;

    /// <summary>The text that <see cref="Guard"/> made this of; a text nobody guarded stays as it is.</summary>
    public static string Unguard(string text) => text is ['\'', ..] && BeginsFormula(text) ? text[1..] : text;

    private static bool BeginsFormula(ReadOnlySpan<char> text) => text.TrimStart('\'') is [var first, ..] && Formulas.Contains(first, StringComparison.Ordinal);
}
