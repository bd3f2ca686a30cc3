namespace Bellhop.Features.Imports.Files;

/// <summary>
/// Counts words that nobody writes so: with one byte, Windows-1252 has the letter of a western language, and Windows-1250 one of a language
/// of Central Europe. Both are letters, and the letters beside tell which of them it is: Dvoøák or Dvořák, Núńez or Núñez.
/// </summary>
internal static class UnlikelyWords
{
    private const string Vowels = "aeiouyáéíóúýäëïöüâêîôûàèìòùãõ";
    private static readonly System.Buffers.SearchValues<char> SpokenVowels = System.Buffers.SearchValues.Create("aeiouyáéíóúöü");
    private const string OfCzech = "áíéóúýìù";

    /// <summary>What Hungarian and Polish write with two letters, and Portuguese and Estonian do not.</summary>
    private static readonly string[] Pairs = ["sz", "gy", "cs", "cz", "ny", "ly"];

    /// <param name="text">The decoded text.</param>
    public static int Count(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var from = i;
            var isAscii = true;
            for (; i < text.Length && char.IsLetter(text[i]); i++)
            {
                isAscii = isAscii && char.IsAscii(text[i]);
            }

            count += !isAscii && Is(text[from..i].ToLowerInvariant()) ? 1 : 0;
        }

        return count;
    }

    private static bool Is(string word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] > '\u007F' && Is(word, i, i > 0 ? word[i - 1] : ' ', i + 1 < word.Length ? word[i + 1] : ' '))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(string word, int at, char before, char after) =>
        word[at] switch
        {
            // Read with a western page: what Czech, Polish, Croatian, Hungarian and Romanian write with ř č ě ů ň ć ś ń ő ű ă.
            'ø' => IsIn(after, OfCzech) || IsIn(before, "aouáéíóúýìù") || (IsIn(before, "ei") && IsVowel(after) && after != 'y'),
            'è' => IsVowel(after),
            'ì' or 'ù' => IsConsonant(after) && after is not ('n' or 'm'),
            'ò' => (IsIn(before, "aáíóúý") && char.IsLetter(after)) || (before == 'e' && after == 'k'),
            'æ' => IsVowel(before),
            'œ' => IsVowel(before) || (at == 0 && IsIn(after, "lmprw")),
            'ñ' => IsConsonant(after),
            'õ' => after != 'e' && (HasPair(word) || (after is not ('n' or 'm') && HasVowel(word.AsSpan(0, at)))),
            'û' => HasPair(word) || (after is ' ' or 's' && IsConsonant(before) && HasVowel(word.AsSpan(0, at))),
            'ã' => IsConsonant(after) && !IsIn(after, "mnsz"),
            // Read with a page of Central Europe: western å à ñ ã õ ò è ø æ ï. Of Estonian words, only the first syllable has õ.
            'ĺ' => true,
            'ŕ' => !IsConsonant(before) || !IsConsonant(after),
            'ń' => IsVowel(after),
            'ă' => IsIn(after, "oe"),
            'ő' => after == 'e' || (!HasPair(word) && !HasVowel(word.AsSpan(0, at))),
            'ň' => IsConsonant(before) && after == ' ',
            'č' => IsConsonant(before) && IsConsonant(after) && !IsIn(after, "km"),
            'ř' => IsConsonant(before) && IsConsonant(after) && !IsIn(after, "bcmt"),
            'ć' => IsConsonant(before) && IsConsonant(after),
            'ď' => IsIn(after, "cst"),
            _ => false,
        };

    private static bool IsVowel(char c) => IsIn(c, Vowels);

    private static bool IsConsonant(char c) => char.IsLetter(c) && !IsVowel(c);

    private static bool IsIn(char c, string letters) => letters.Contains(c, StringComparison.Ordinal);

    private static bool HasPair(string word) => Array.Exists(Pairs, p => word.Contains(p, StringComparison.Ordinal));

    // Not õ itself: Rõõm.
    private static bool HasVowel(ReadOnlySpan<char> word) => word.ContainsAny(SpokenVowels);
}
