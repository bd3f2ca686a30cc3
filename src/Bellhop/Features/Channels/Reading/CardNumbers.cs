namespace Bellhop.Features.Channels;

/// <summary>Masks numbers of payment cards, which guests should never send and we must never keep.</summary>
public static class CardNumbers
{
    private const int Shortest = 13;
    private const int Longest = 19;
    private const int KeptAtStart = 6;
    private const int KeptAtEnd = 4;

    /// <summary>
    /// The text with the middle digits of each card number as <c>*</c>. A card number is 13 to 19 digits, with single blanks, dots or
    /// dashes between them, that pass Luhn's test and begin as cards do.
    /// </summary>
    public static string Masked(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        char[]? masked = null;
        Find(text.Length, i => text[i], at => (masked ??= text.ToCharArray())[at] = '*');
        return masked is null ? text : new(masked);
    }

    /// <summary>As <see cref="Masked"/>, in the bytes of a text themselves.</summary>
    internal static void Mask(Span<byte> text)
    {
        // A lambda cannot hold a span, and most texts have no digits at all.
        if (text.IndexOfAnyInRange((byte)'0', (byte)'9') < 0)
        {
            return;
        }

        var copy = text.ToArray();
        Find(copy.Length, i => (char)copy[i], at => copy[at] = (byte)'*');
        copy.CopyTo(text);
    }

    private static void Find(int length, Func<int, char> at, Action<int> mask)
    {
        var run = new List<int>();
        for (var i = 0; i <= length; i++)
        {
            if (i < length && char.IsAsciiDigit(at(i)))
            {
                run.Add(i);
            }
            else if (i == length || !IsBetween(at(i)) || i + 1 == length || !char.IsAsciiDigit(at(i + 1)))
            {
                MaskRun(run, at, mask);
                run.Clear();
            }
        }
    }

    private static bool IsBetween(char c) => c is ' ' or '-' or '.' or '\u00A0';

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
        // The first digit of a card is 2 to 6; a number before it or after it makes one longer number, which is no card.
        var touchesBefore = from > 0 && run[from] == run[from - 1] + 1;
        var touchesAfter = from + count < run.Count && run[from + count] == run[from + count - 1] + 1;
        if (touchesBefore || touchesAfter || at(run[from]) is < '2' or > '6')
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < count; i++)
        {
            var digit = at(run[from + count - 1 - i]) - '0';
            sum += (i % 2) switch
            {
                0 => digit,
                _ => digit > 4 ? (2 * digit) - 9 : 2 * digit,
            };
        }

        return sum % 10 == 0;
    }
}
