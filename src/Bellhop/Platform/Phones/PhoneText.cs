using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Bellhop.Platform;

/// <summary>What was typed for a phone number, made ready for libphonenumber.</summary>
/// <param name="Value">Without invisible characters, parameters of RFC 3966, what a spreadsheet puts in front, and a note behind.</param>
/// <param name="Digits">All its digits, in ASCII.</param>
/// <param name="NamesExtension">An extension stands behind the number.</param>
/// <param name="IsSpoilt">Two numbers, or one in scientific notation.</param>
internal readonly partial record struct PhoneText(string Value, string Digits, bool NamesExtension, bool IsSpoilt)
{
    // Longer than any number with its note; the library throws at 250.
    private const int MaxLength = 128;

    // No country code is longer.
    private const int LongestCode = 3;

    // Unicode calls this long-vowel mark a letter, but in numbers it is used as a dash.
    private const char JapaneseDash = '\u30FC';

    // Between the digits of a number, these are only signs that part them. The library takes none of them.
    private static readonly SearchValues<char> Separators = SearchValues.Create("·•∙‧・･_'’`");

    /// <summary>Null where the text is far too long to be a number.</summary>
    /// <param name="raw">As it was typed.</param>
    /// <param name="region">Of a number without country code; null where there is none.</param>
    public static PhoneText? Of(string? raw, string? region)
    {
        Span<char> buffer = stackalloc char[MaxLength];
        if (Clean(raw is null ? null : PhoneAddress.Plain(raw), buffer) is not { } length)
        {
            return null;
        }

        ReadOnlySpan<char> text = buffer[..length];
        if (PhoneAddress.HasContext(text))
        {
            return new PhoneText(text.ToString(), DigitsOf(text), NamesExtension: false, IsSpoilt: false);
        }

        text = Straight(text);
        var spoilt = IsTwo(text) || HasExponent(text);
        var word = WordBehind(text);
        var extended = word < text.Length ? PhoneExtension.Read(text, word) : null;
        text =
            extended is not null ? extended
            : word == text.Length || VanityNumber.Is(text, word, region) ? text
            : text[..word];
        return new PhoneText(text.ToString(), DigitsOf(text), extended is not null, spoilt);
    }

    /// <summary>The digits of any script, in ASCII.</summary>
    public static string DigitsOf(ReadOnlySpan<char> text)
    {
        Span<char> digits = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        foreach (var c in text)
        {
            if (char.IsDigit(c))
            {
                digits[length++] = (char)('0' + (int)char.GetNumericValue(c));
            }
        }

        return new string(digits[..length]);
    }

    // What forms, spreadsheets and texts from right to left do to a number.
    private static ReadOnlySpan<char> Straight(ReadOnlySpan<char> text)
    {
        var plus = text.LastIndexOf('+');
        if (plus > 0 && plus == text.Length - 1 && text.IndexOf('+') == plus)
        {
            text = "+" + text[..plus].ToString();
        }
        else if (plus > 0 && DigitsOf(text[..plus]).TrimStart('0') is { Length: <= LongestCode } code)
        {
            // 00+351…, and +351+351… where the form adds the code that the guest has typed.
            text = DigitsOf(text[plus..]).StartsWith(code, StringComparison.Ordinal) ? text[plus..] : text;
        }

        text = text.Contains("0xx", StringComparison.OrdinalIgnoreCase) ? BrazilianCarrier().Replace(text.ToString(), "0") : text;
        return text.IndexOfAny('.', ',') > 0 && Amount().Match(text.ToString()) is { Success: true } amount ? amount.Groups[1].Value : text;
    }

    // Removes invisible marks of address books, and the = and quotes that a spreadsheet user puts in front. Converts unusual spaces and
    // full-width characters.
    private static int? Clean(string? raw, Span<char> buffer)
    {
        var length = 0;
        foreach (var c in raw ?? "")
        {
            var clean =
                c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0)
                : char.IsWhiteSpace(c) || char.IsControl(c) || (length > 0 && Separators.Contains(c)) ? ' '
                : c;
            if (char.GetUnicodeCategory(c) == UnicodeCategory.Format || (length == 0 && clean is ' ' or '=' or '"' or '\'' or '’'))
            {
                continue;
            }

            if (length == buffer.Length)
            {
                return null;
            }

            buffer[length++] = clean;
        }

        return buffer[..length].TrimEnd(" \"'").Length;
    }

    // A plus after a digit begins a second number.
    private static bool IsTwo(ReadOnlySpan<char> text)
    {
        var plus = text.LastIndexOf('+');
        return plus >= 0 && DigitsOf(text[..plus]).Length > 0;
    }

    // For example 4.47911E11. With a plus before the exponent, the text already looks like two numbers.
    private static bool HasExponent(ReadOnlySpan<char> text)
    {
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] is 'E' or 'e' && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]))
            {
                return true;
            }
        }

        return false;
    }

    // The library converts letters to digits, and would do this with a note after the number too: "555-1234 Bob".
    private static int WordBehind(ReadOnlySpan<char> text)
    {
        var first = text.IndexOfAnyInRange('0', '9') is >= 0 and var ascii ? ascii : FirstDigit(text);
        for (var i = first; i < text.Length; i++)
        {
            if (char.IsLetter(text[i]) && text[i] != JapaneseDash)
            {
                return i;
            }
        }

        return text.Length;
    }

    private static int FirstDigit(ReadOnlySpan<char> text)
    {
        var first = 0;
        while (first < text.Length && !char.IsDigit(text[first]))
        {
            first++;
        }

        return first;
    }

    // In Brazil, xx stands for a carrier that the caller chooses: (0xx11) 91234-5678.
    [GeneratedRegex(@"0xx(?=[\s)]*[0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BrazilianCarrier();

    // A spreadsheet made an amount of it: 912345678.0 or 912.345.678,00.
    [GeneratedRegex(
        @"^(\+?(?:[0-9]{7,}|[0-9]{1,3}(?:\.[0-9]{3})+(?=,)|[0-9]{1,3}(?:,[0-9]{3})+(?=\.)))[.,]00?$",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Amount();
}
