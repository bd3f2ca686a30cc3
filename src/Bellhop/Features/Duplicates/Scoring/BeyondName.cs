using System.Text;

namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>
/// What two addresses say beyond the names. Most people make an address of their name, so of two who share one the addresses are alike
/// too: that follows from the name, and is evidence only as far as the addresses agree in something else, such as a number.
/// </summary>
internal static class BeyondName
{
    /// <summary>A further character that two addresses share is one of so many.</summary>
    private const double Characters = 10;

    private const int ShortWord = 2;

    /// <summary>Takes from the likeness of two addresses what follows from the words that the names share.</summary>
    /// <param name="found">How far the addresses agree, as if nothing were known of the names.</param>
    /// <param name="one">An address of the one guest.</param>
    /// <param name="other">An address of the other.</param>
    /// <param name="names">The words of both names that agree, as each of the two writes them.</param>
    public static Evidence Of(Evidence found, string one, string other, (IReadOnlyList<string> One, IReadOnlyList<string> Other) names)
    {
        var (mine, isMine) = Rest(Distances.Local(one), names.One);
        var (theirs, isTheirs) = Rest(Distances.Local(other), names.Other);
        if (!isMine && !isTheirs)
        {
            return found;
        }

        if (string.Equals(mine, theirs, StringComparison.Ordinal))
        {
            return found with { Chance = Math.Pow(Characters, -mine.Length) };
        }

        // So many characters agree at both ends; what is between them may be anywhere.
        var begin = mine.AsSpan().CommonPrefixLength(theirs);
        var end = 0;
        while (end < Math.Min(mine.Length, theirs.Length) - begin && mine[^(end + 1)] == theirs[^(end + 1)])
        {
            end++;
        }

        var same = begin + end;
        return same == 0
            ? found with
            {
                Level = Level.Different,
            }
            : found with
            {
                Chance = Math.Min(1, (same + 1) * Math.Pow(Characters, -same)),
            };
    }

    /// <summary>The words of two names that agree, as each of the two writes them.</summary>
    public static (IReadOnlyList<string> One, IReadOnlyList<string> Other) Shared(
        IReadOnlyList<FieldKind> kinds,
        GuestRecord one,
        GuestRecord other
    )
    {
        var (mine, theirs) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        for (var field = 0; field < kinds.Count; field++)
        {
            if (kinds[field] == FieldKind.Name)
            {
                foreach (var a in one[field])
                {
                    foreach (var b in other[field].Where(b => Distances.Of(FieldKind.Name, a, b) != Level.Different))
                    {
                        mine.Add(a);
                        theirs.Add(b);
                    }
                }
            }
        }

        return ([.. mine.OrderByDescending(w => w.Length)], [.. theirs.OrderByDescending(w => w.Length)]);
    }

    /// <summary>The letters and digits of an address that do not come from these words, the longest first.</summary>
    /// <returns>Also whether some do.</returns>
    private static (string Left, bool IsNamed) Rest(string local, IReadOnlyList<string> words)
    {
        var left = new StringBuilder(local);
        foreach (var word in words.Where(w => w.Length > ShortWord))
        {
            left.Replace(word, ".");
        }

        // In Latin letters a name of another script may be written in any way.
        var isForeign = words.Any(w => w.Any(c => c > 'ɏ'));
        var isNamed = left.Length != local.Length;
        var rest = new StringBuilder();
        for (int start = 0, end; start < left.Length; start = end)
        {
            var (isLetter, isDigit) = (char.IsLetter(left[start]), char.IsAsciiDigit(left[start]));
            for (end = start + 1; end < left.Length && Goes(left[end]); end++) { }

            var run = left.ToString(start, end - start);
            if (isDigit)
            {
                rest.Append(IsYear(run) ? run[2..] : run);
            }
            else if (isLetter && (isForeign || ComesFrom(run, words)))
            {
                isNamed = true;
            }
            else if (isLetter)
            {
                rest.Append(run);
            }

            bool Goes(char c) => (isLetter && char.IsLetter(c)) || (isDigit && char.IsAsciiDigit(c));
        }

        return (rest.ToString(), isNamed);
    }

    /// <summary>Whether letters are a word's beginning, a word with a slip in it, or initials.</summary>
    private static bool ComesFrom(string letters, IReadOnlyList<string> words) =>
        words.Any(w => w.StartsWith(letters, StringComparison.Ordinal) || Distances.Of(FieldKind.Name, letters, w) == Level.Slip)
        || (letters.Length <= words.Count && letters.All(c => words.Any(w => w[0] == c)));

    // The century of a year says nothing, and many leave it out.
    private static bool IsYear(string digits) => digits is ['1', '9', _, _] or ['2', '0', _, _];
}
