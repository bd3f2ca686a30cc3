using System.Globalization;

namespace Bellhop.Features.Imports.Files;

/// <summary>Counts in a decoded text what speaks against the code page it was decoded with.</summary>
internal static class OddLetters
{
    /// <summary>The weight of one oddity.</summary>
    public const int Weight = 3;

    private const int LongWord = 3;

    // Signs that people write between two letters, or before a word.
    private const string Between = "’‘´`·\u00A0\u00AD";
    private const string Before = "¿¡«»“”„‘’‚\u00AD";

    // Signs that stand in lists of guests.
    private const string Known = "´`©®€£";

    private static readonly HashSet<char> Turkish = [.. "ıİşŞğĞ"];
    private static readonly HashSet<char> TurkishToo = [.. "çÇöÖüÜâÂîÎûÛ"];

    /// <param name="text">The decoded text.</param>
    /// <param name="isOfScript">The letters that the code page is for.</param>
    /// <param name="isLatin">In Latin scripts, letters beyond ASCII stand among ASCII letters; in others never.</param>
    public static int Count(string text, Func<char, bool> isOfScript, bool isLatin)
    {
        var (odd, letters, ascii) = (0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var (c, before, after) = (text[i], i > 0 ? text[i - 1] : ' ', i + 1 < text.Length ? text[i + 1] : ' ');
            if (char.IsLetter(c))
            {
                (letters, ascii) = (letters + 1, ascii + (char.IsAscii(c) ? 1 : 0));
            }

            if (c > '\u007F')
            {
                odd += IsOdd(c, before, after, isOfScript, isLatin) ? Weight : 0;
                odd += IsRare(c, before, after) ? 1 : 0;
            }

            if (!char.IsLetter(after))
            {
                odd += isLatin && letters >= LongWord && ascii == 0 ? Weight : 0;
                (letters, ascii) = char.IsLetter(c) || c > '\u007F' ? (0, 0) : (letters, ascii);
            }
        }

        return odd;
    }

    /// <summary>
    /// How many letters only Turkish has. None when one of the other letters is not Turkish: then they are Icelandic, with the same bytes.
    /// </summary>
    public static int OfTurkish(string text)
    {
        var high = text.Where(c => c > '\u007F' && char.IsLetter(c)).ToList();
        return high.TrueForAll(c => Turkish.Contains(c) || TurkishToo.Contains(c)) && high.Where(Turkish.Contains).Distinct().Count() > 1
            ? Weight + high.Count(Turkish.Contains)
            : 0;
    }

    // Signs, and a second capital of a word before small letters.
    private static bool IsRare(char c, char before, char after) =>
        char.IsSymbol(c) ? !Known.Contains(c, StringComparison.Ordinal) : char.IsUpper(c) && char.IsLetter(before) && char.IsLower(after);

    private static bool IsOdd(char c, char before, char after, Func<char, bool> isOfScript, bool isLatin) =>
        char.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.Control or UnicodeCategory.PrivateUse => true,
            UnicodeCategory.NonSpacingMark => !isOfScript(c) || c is >= '\u0590' and <= '\u05C7', // vowels are seldom written
            UnicodeCategory.UppercaseLetter when char.IsLower(before) => true,
            _ when c is 'ª' or 'º' => char.IsLetter(after) && (char.IsLower(before) || !char.IsLetterOrDigit(before)),
            _ when char.IsLetter(c) => !isOfScript(c) || (!isLatin && (char.IsAsciiLetter(before) || char.IsAsciiLetter(after))),
            _ when c == '\uFFFD' => true,
            _ when char.IsLetter(before) => char.IsLetter(after) && !Between.Contains(c, StringComparison.Ordinal),
            var kind => char.IsLetter(after)
                && !char.IsDigit(before)
                && kind is not (UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation)
                && !Before.Contains(c, StringComparison.Ordinal),
        };
}
