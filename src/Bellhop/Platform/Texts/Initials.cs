using System.Globalization;
using System.Text;

namespace Bellhop.Platform;

/// <summary>The letters in a guest's avatar.</summary>
public static class Initials
{
    /// <summary>
    /// The first extended grapheme cluster (UAX #29, https://www.unicode.org/reports/tr29/) of the first and of the last word, in capitals,
    /// in the order they are written; one for a single word. Leading punctuation is passed over unless there is nothing else; never half a
    /// character, never empty: a name without anything visible gives <c>?</c>.
    /// </summary>
    public static string Of(string? name)
    {
        string? first = null,
            last = null,
            mark = null;
        var rest = name.AsSpan();
        while (!(rest = rest.TrimStart()).IsEmpty)
        {
            var length = 0;
            while (length < rest.Length && !char.IsWhiteSpace(rest[length]))
            {
                length++;
            }

            if (FirstLetter(rest[..length], ref mark) is { } letter)
            {
                (first, last) = first is null ? (letter, null) : (first, letter);
            }

            rest = rest[length..];
        }

        return first is null ? mark ?? "?" : Upper(first) + (last is null ? "" : Upper(last));
    }

    private static string? FirstLetter(ReadOnlySpan<char> word, ref string? mark)
    {
        while (!word.IsEmpty)
        {
            var length = StringInfo.GetNextTextElementLength(word);
            Rune.DecodeFromUtf16(word, out var rune, out _);
            switch (rune == Rune.ReplacementChar ? UnicodeCategory.Surrogate : Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark:
                    // This is not visible by itself.
                    break;
                case UnicodeCategory.ConnectorPunctuation
                or UnicodeCategory.DashPunctuation
                or UnicodeCategory.OpenPunctuation
                or UnicodeCategory.ClosePunctuation
                or UnicodeCategory.InitialQuotePunctuation
                or UnicodeCategory.FinalQuotePunctuation
                or UnicodeCategory.OtherPunctuation
                or UnicodeCategory.MathSymbol
                or UnicodeCategory.CurrencySymbol
                or UnicodeCategory.ModifierSymbol:
                    mark ??= word[..length].ToString();
                    break;
                default:
                    return word[..length].ToString();
            }

            word = word[length..];
        }

        return null;
    }

    private static string Upper(string letter) =>
        letter[0] switch
        {
            // Georgian has capital letters, but does not use them at the start of a name.
            >= '\u10D0' and <= '\u10FF' => letter,
            // The invariant culture does not change the Turkish dotless i.
            'ı' => "I" + letter[1..],
            _ => letter.ToUpperInvariant(),
        };
}
