using System.Globalization;

namespace Bellhop.Features.Channels;

/// <summary>Masks numbers of payment cards, which guests should never send and we must never keep.</summary>
public static class CardNumbers
{
    /// <summary>
    /// Digits of the longest phone (E.164). So many may pass for a card's number by chance, and a changed phone is another's.
    /// </summary>
    internal const int LongestPhone = 15;

    private const int Shortest = 13;
    private const int Longest = 19;
    private const int KeptAtStart = 6;
    private const int KeptAtEnd = 4;
    private const int MostBetween = 3;

    /// <summary>
    /// The text with the middle digits of each card number as <c>*</c>. A card number is 13 to 19 digits of any script, with blanks, line
    /// breaks, dashes, dots, slashes or underscores between them, that pass Luhn's test and begin as cards of their length do.
    /// </summary>
    public static string Masked(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        char[]? masked = null;
        Find(text.Length, i => text[i], at => (masked ??= text.ToCharArray())[at] = '*');
        return masked is null ? text : new(masked);
    }

    /// <summary>Calls <paramref name="mask"/> with the place of each digit of a card number that is to be hidden.</summary>
    internal static void Find(int length, Func<int, char> at, Action<int> mask)
    {
        var run = new List<int>();
        for (var i = 0; i < length; i++)
        {
            if (!char.IsDigit(at(i)))
            {
                continue;
            }

            if (run.Count > 0 && !AreTogether(run[^1], i, at))
            {
                MaskRun(run, at, mask);
                run.Clear();
            }

            run.Add(i);
        }

        MaskRun(run, at, mask);
    }

    private static bool AreTogether(int last, int next, Func<int, char> at)
    {
        if (next - last > MostBetween + 1)
        {
            return false;
        }

        for (var i = last + 1; i < next; i++)
        {
            if (!IsBetween(at(i)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBetween(char c) =>
        c is '.' or '/' or '_' or '\u00B7' or '\u2022' or '\u2212'
        || char.IsWhiteSpace(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format;

    // A card number may stand beside an amount or a date: each beginning is tried, the longest number first.
    private static void MaskRun(List<int> run, Func<int, char> at, Action<int> mask)
    {
        for (var from = 0; from + Shortest <= run.Count; from++)
        {
            for (var count = Math.Min(Longest, run.Count - from); count >= Shortest; count--)
            {
                if (IsCard(run, from, count, at))
                {
                    for (var i = from + KeptAtStart; i < from + count - KeptAtEnd; i++)
                    {
                        mask(run[i]);
                    }

                    from += count - 1;
                    break;
                }
            }
        }
    }

    private static bool IsCard(List<int> run, int from, int count, Func<int, char> at)
    {
        // A number before it or after it makes one longer number, which is no card.
        var touchesBefore = from > 0 && run[from] == run[from - 1] + 1;
        var touchesAfter = from + count < run.Count && run[from + count] == run[from + count - 1] + 1;
        if (touchesBefore || touchesAfter || !Begins(run, from, count, at) || !IsOneNumber(run, from, count, at))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < count; i++)
        {
            var digit = Value(at(run[from + count - 1 - i]));
            sum += (i % 2) switch
            {
                0 => digit,
                _ => digit > 4 ? (2 * digit) - 9 : 2 * digit,
            };
        }

        return sum % 10 == 0;
    }

    // Few cards have fewer than 16 digits, and many phones have 13: those with a plus in front are phones.
    private static bool Begins(List<int> run, int from, int count, Func<int, char> at)
    {
        var first = 0;
        for (var i = 0; i < 4; i++)
        {
            first = (10 * first) + Value(at(run[from + i]));
        }

        return count switch
        {
            13 => first is >= 4000 and <= 4999 && (run[from] == 0 || at(run[from] - 1) != '+'),
            14 => first is >= 3000 and <= 3999,
            15 => first is (>= 3000 and <= 3999) or 2131 or 2014 or 2149,
            _ => first is (>= 2200 and <= 2720) or (>= 3000 and <= 6999), // 2026 begins a date
        };
    }

    // One and the same sign, or blanks and dashes: "600 111 222 / 600 333 444" are two phones.
    private static bool IsOneNumber(List<int> run, int from, int count, Func<int, char> at)
    {
        var (usual, first, same, hasBlank) = (true, '\0', true, false);
        for (var i = from; i + 1 < from + count; i++)
        {
            var (sign, signs) = ('\0', 0);
            for (var j = run[i] + 1; j < run[i + 1]; j++)
            {
                var c = char.IsWhiteSpace(at(j)) ? ' ' : at(j);
                (sign, signs) = c == ' ' ? (sign, signs) : (c, signs + 1);
            }

            if (run[i + 1] == run[i] + 1 || signs == 0)
            {
                hasBlank |= run[i + 1] > run[i] + 1;
                continue;
            }

            usual &= signs == 1 && (sign == '.' || char.GetUnicodeCategory(sign) == UnicodeCategory.DashPunctuation);
            same &= signs == 1 && (first == '\0' || sign == first);
            first = sign;
        }

        return usual || (same && !hasBlank);
    }

    private static int Value(char digit) => CharUnicodeInfo.GetDecimalDigitValue(digit);
}
