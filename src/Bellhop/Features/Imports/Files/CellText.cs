using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>The text of one cell of a file.</summary>
internal static class CellText
{
    /// <summary>Stands between several values of one kind in a cell of Google's.</summary>
    public const string Several = ":::";

    /// <summary>Characters of a text that a message shows.</summary>
    public const int MostShown = 100;

    // With fewer digits before the point it may be a town and an extension.
    private const int WholeNumber = 7;

    /// <summary>
    /// What a cell says, without blanks around it and without the sign that keeps a spreadsheet from calculating; null where it says
    /// nothing.
    /// </summary>
    public static string? Cell(IReadOnlyList<string> cells, int at)
    {
        if (at >= cells.Count)
        {
            return null;
        }

        var text = cells[at].Trim();
        text = text is ['\'', ..] ? SpreadsheetText.Unguard(text).Trim() : text;
        return text.Length == 0 ? null : text;
    }

    /// <summary>The first of several values in one cell.</summary>
    public static string? FirstOf(string text) =>
        !text.Contains(Several, StringComparison.Ordinal) ? text
        : text.Split(Several, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first
        : null;

    // A column of numbers with a gap in it is exported with decimals: "491701234567.0". The zero is no digit of the phone.
    public static string WithoutDecimals(string phone)
    {
        var point = phone.IndexOf('.', StringComparison.Ordinal);
        var isOne =
            point >= WholeNumber
            && point + 1 < phone.Length
            && !phone.AsSpan(point + 1).ContainsAnyExcept('0')
            && !phone.AsSpan(0, point).TrimStart('+').ContainsAnyExceptInRange('0', '9');
        return isOne ? phone[..point] : phone;
    }

    /// <summary>A text short enough for a message.</summary>
    public static string Short(string text) => text.Length <= MostShown ? text : text[..MostShown] + "…";
}
