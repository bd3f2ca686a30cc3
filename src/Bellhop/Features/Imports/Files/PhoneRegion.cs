using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>
/// Reads a phone's country from another column: a country's name or code, or its calling code (<c>+34</c>, <c>34</c>, <c>0034</c>, <c>Spain
/// (+34)</c>).
/// </summary>
internal static class PhoneRegion
{
    private const int LongestCode = 4;

    /// <summary>ISO 3166-1 alpha-2; null when the text is not understood.</summary>
    public static string? Of(string text) => CallingCode(text) is { } code ? Region(code) : CountryNames.Find(text);

    /// <summary>Whether the text is or contains a country's calling code.</summary>
    public static bool IsCallingCode(string text) => CallingCode(text) is { } code && Region(code) is not null;

    private static string? Region(string code)
    {
        for (var digits = code; digits.Length > 0; digits = digits[..^1])
        {
            if (Phone.RegionOfCallingCode(int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture)) is { } region)
            {
                return region;
            }

            // Only the islands with +1 have more digits after it (+1-868).
            if (code[0] != '1')
            {
                break;
            }
        }

        return null;
    }

    private static string? CallingCode(string text)
    {
        var plus = text.IndexOfAny(['+', '＋']);
        var code = plus >= 0 ? Digits(text.AsSpan(plus + 1)) : WholeNumber(text);
        return code is { Length: > 0 and <= LongestCode } ? code : null;
    }

    // Some programs export a number column that has empty cells with decimals: "34.0".
    private static string? WholeNumber(string text)
    {
        var number = text.Trim('(', ')', ' ', '\'');
        number = number.EndsWith(".0", StringComparison.Ordinal) ? number[..^2] : number;
        number = number.StartsWith("00", StringComparison.Ordinal) ? number[2..] : number;
        return number.Length > 0 && number.All(char.IsAsciiDigit) ? number.TrimStart('0') : null;
    }

    private static string Digits(ReadOnlySpan<char> text)
    {
        var digits = new System.Text.StringBuilder();
        foreach (var c in text)
        {
            if (char.IsDigit(c))
            {
                digits.Append((char)('0' + (int)char.GetNumericValue(c)));
            }
            else if (c is not (' ' or '-' or '\u00A0'))
            {
                break;
            }
        }

        return digits.ToString();
    }
}
