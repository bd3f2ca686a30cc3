using System.Globalization;

namespace Bellhop.Platform;

/// <summary>What was typed for a phone number, made ready for libphonenumber.</summary>
/// <param name="Value">Without invisible characters, what a spreadsheet puts in front, and a note behind.</param>
/// <param name="Digits">All its digits, in ASCII.</param>
/// <param name="NamesExtension">A word like <c>ext</c> follows a whole number.</param>
/// <param name="IsSpoilt">Two numbers, or one in scientific notation.</param>
internal readonly record struct PhoneText(string Value, string Digits, bool NamesExtension, bool IsSpoilt)
{
    // Longer than any number with its rfc3966 parameters; the library throws at 250.
    private const int MaxLength = 128;

    // From here on letters are no part of the number; "1-800-555-TAXI" has seven digits.
    private const int WholeNumber = 8;

    private static readonly HashSet<string> ExtensionWords = new(
        ["x", "ext", "extn", "extension", "extensión", "e", "int", "anexo", "доб"],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Null where the text is far too long to be a number.</summary>
    public static PhoneText? Of(string? raw)
    {
        Span<char> buffer = stackalloc char[MaxLength];
        if (Clean(raw, buffer) is not { } length)
        {
            return null;
        }

        ReadOnlySpan<char> text = buffer[..length];
        if (text.StartsWith("tel:", StringComparison.OrdinalIgnoreCase))
        {
            return new PhoneText(text.ToString(), DigitsOf(text), NamesExtension: false, IsSpoilt: false);
        }

        var spoilt = IsTwo(text) || HasExponent(text);
        var word = WordBehind(text);
        var named = word < length && StartsExtension(text[word..]);
        text = named ? text : text[..word];
        return new PhoneText(text.ToString(), DigitsOf(text), named, spoilt);
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

    // Bidi marks of address books, no-break and full-width characters, and the = and quotes that keep a spreadsheet from calculating.
    private static int? Clean(string? raw, Span<char> buffer)
    {
        var length = 0;
        foreach (var c in raw ?? "")
        {
            var clean =
                c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0)
                : char.IsWhiteSpace(c) || char.IsControl(c) ? ' '
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

    // 4.47911E11; with a plus before the exponent it looks like two numbers already.
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

    // The library dials letters ("1800 SIX FLAGS"), and would dial the note behind a number too: "+49 170 1234567 (Ana)".
    private static int WordBehind(ReadOnlySpan<char> text)
    {
        var digits = 0;
        for (var i = 0; i < text.Length; i++)
        {
            digits += char.IsDigit(text[i]) ? 1 : 0;
            if (digits >= WholeNumber && char.IsLetter(text[i]))
            {
                return i;
            }
        }

        return text.Length;
    }

    private static bool StartsExtension(ReadOnlySpan<char> note)
    {
        var length = 0;
        while (length < note.Length && char.IsLetter(note[length]))
        {
            length++;
        }

        return ExtensionWords.Contains(note[..length].ToString());
    }
}
