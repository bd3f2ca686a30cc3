using System.Globalization;
using System.Text.RegularExpressions;

namespace Bellhop.Platform;

/// <summary>Reads an amount of money that a sender or a guest wrote as text.</summary>
public static partial class WrittenAmount
{
    private const int Longest = 28;

    private const NumberStyles Typed = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>
    /// A number with a decimal point, or as people and some senders format it: <c>1.234,56</c>, <c>1,234.56</c>, <c>1 234,56</c>,
    /// <c>1'234.56</c>, <c>89,5</c>. A comma before three last digits may be either, so that <c>1,234</c> is none. Null where it cannot be
    /// read.
    /// </summary>
    /// <param name="raw">The text; blanks around it do not matter.</param>
    /// <param name="others">What programs write and people do not, such as an exponent.</param>
    public static decimal? Read(string? raw, NumberStyles others = NumberStyles.None) =>
        raw?.Trim() is { Length: > 0 and <= Longest } text
        && decimal.TryParse(Grouped(SpacedGroups().Replace(text, "")), Typed | others, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : null;

    private static string Grouped(string text) =>
        DecimalComma().IsMatch(text) ? text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.')
        : GroupedPoint().IsMatch(text) ? text.Replace(",", "", StringComparison.Ordinal)
        : text;

    [GeneratedRegex(@"^[+-]?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]{1,2}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,2}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GroupedPoint();

    [GeneratedRegex(@"(?<=[0-9])[\s'’](?=[0-9]{3}(?:[\s'’.,]|$))", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SpacedGroups();
}
