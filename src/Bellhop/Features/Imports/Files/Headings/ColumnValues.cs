using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>The kind of a column's values. It helps to choose the column's field.</summary>
public enum ColumnValues
{
    /// <summary>No values, or several kinds.</summary>
    Mixed,
    Words,
    Phones,
    Emails,

    /// <summary>ISO 3166-1 alpha-2.</summary>
    CountryCodes,

    /// <summary>Countries' calling codes, such as +34.</summary>
    CallingCodes,
}

/// <summary>Finds the kind of columns from their first values.</summary>
internal static class ColumnJudge
{
    private const int FewestPhoneDigits = 6;

    // The percentage of values that must be of the kind. Not all must, because people write remarks anywhere.
    private const int Plainly = 80;

    /// <summary>The kind of values of every column.</summary>
    /// <param name="rows">The first rows of the file, without those in error.</param>
    /// <param name="columns">The number of columns.</param>
    public static IReadOnlyList<ColumnValues> Of(IReadOnlyList<FileRow> rows, int columns) =>
        [.. Enumerable.Range(0, columns).Select(i => Of([.. rows.Where(r => i < r.Cells.Count).Select(r => Cell(r, i)).Where(IsValue)]))];

    /// <summary>Whether the text looks like a phone and like nothing else.</summary>
    public static bool MayBePhone(string cell) =>
        cell.Count(char.IsDigit) is >= FewestPhoneDigits and <= 20
        && cell.All(c => char.IsDigit(c) || char.IsWhiteSpace(c) || c is '+' or '(' or ')' or '-' or '.' or '/' or '\'');

    /// <summary>Whether the text looks like a day, perhaps with a time.</summary>
    public static bool IsDay(string cell) =>
        cell.Split(' ', 'T')[0].Split('/', '.', '-') is { Length: 3 } parts
        && Array.TrueForAll(parts, p => p.Length is 1 or 2 or 4)
        && parts.Count(p => p.Length == 4) < 2;

    private static string Cell(FileRow row, int column) => SpreadsheetText.Unguard(row.Cells[column].Trim());

    private static bool IsValue(string cell) => cell.Length > 0 && !NoData.Is(cell) && !NoData.IsNamibiaOrNothing(cell);

    private static ColumnValues Of(IReadOnlyList<string> values)
    {
        return values.Count == 0 ? ColumnValues.Mixed
            : values.All(IsCode) ? ColumnValues.CountryCodes
            : Most(PhoneRegion.IsCallingCode) ? ColumnValues.CallingCodes
            : Most(v => v.Contains('@', StringComparison.Ordinal)) ? ColumnValues.Emails
            : Most(v => IsLikePhone(v) && !IsDay(v)) ? ColumnValues.Phones
            : Most(v => v.Any(char.IsLetter) && v.Count(char.IsDigit) < FewestPhoneDigits) ? ColumnValues.Words
            : ColumnValues.Mixed;

        bool Most(Func<string, bool> kind) => 100 * values.Count(kind) >= Plainly * values.Count;
    }

    private static bool IsLikePhone(string value) =>
        value.Count(char.IsDigit) is >= FewestPhoneDigits and var digits && value.Count(char.IsLetter) < digits;

    private static bool IsCode(string value) => value.Length == 2 && Country.IsKnown(value.ToUpperInvariant());
}
