using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>
/// Reads a whole or partial phone number typed into a search. Lists the spellings that may stand in a guest's search text.
/// </summary>
internal static class SearchPhone
{
    private const int LeastDigits = 4;
    private const int MostDigits = 20;

    // Least digits after an international prefix: a country code and some digits of the number.
    private const int LeastBehindPrefix = 5;

    // Prefixes dialled before a country code: most of the world; Australia; North America; Japan; Russia.
    private static readonly string[] International = ["00", "0011", "011", "010", "810"];

    // Prefixes dialled before a national number: most of the world; Hungary; Mexico; Russia and its neighbours.
    private static readonly (string Prefix, int Least)[] Trunks = [("0", 4), ("06", 9), ("01", 12), ("8", 7)];

    /// <summary>Whether a word can be part of a number.</summary>
    /// <param name="begins">The word begins the number, and so must have a digit.</param>
    public static bool IsPart(string word, bool begins) =>
        word.All(c => char.IsAsciiDigit(c) || "+-()./".Contains(c, StringComparison.Ordinal)) && (!begins || word.Any(char.IsAsciiDigit));

    /// <summary>The spellings to look for. Empty for less than four digits, and for more than any number has.</summary>
    public static IReadOnlyList<string> Spellings(string typed)
    {
        var plain = typed.Replace("(0)", "", StringComparison.Ordinal);
        var digits = string.Concat(plain.Where(char.IsAsciiDigit));
        if (digits.Length is < LeastDigits or > MostDigits)
        {
            return [];
        }

        if (plain.StartsWith('+'))
        {
            // "+0044" begins in both international ways at once.
            digits = digits.TrimStart('0');
            return digits.Length < LeastDigits ? [] : Shortest(WithVariant('+' + digits, digits));
        }

        var spellings = new List<string>(WithVariant(digits, digits));
        foreach (var prefix in International)
        {
            if (digits.StartsWith(prefix, StringComparison.Ordinal) && digits.Length >= prefix.Length + LeastBehindPrefix)
            {
                spellings.AddRange(WithVariant('+' + digits[prefix.Length..], digits[prefix.Length..]));
            }
        }

        foreach (var (prefix, least) in Trunks)
        {
            if (digits.StartsWith(prefix, StringComparison.Ordinal) && digits.Length >= Math.Max(least, prefix.Length + LeastDigits))
            {
                spellings.Add(digits[prefix.Length..]);
            }
        }

        return Shortest(spellings);
    }

    /// <summary>The spelling, and the second spelling of a mobile number that has two.</summary>
    private static IEnumerable<string> WithVariant(string spelling, string digits) =>
        Phone.KeyOfDigits(digits) is var key && key == digits ? [spelling] : [spelling, key];

    /// <summary>Drops each spelling that contains another, because the shorter one finds all that the longer one finds.</summary>
    private static List<string> Shortest(IEnumerable<string> spellings)
    {
        var once = spellings.Distinct(StringComparer.Ordinal).ToList();
        return [.. once.Where(s => !once.Exists(other => other != s && s.Contains(other, StringComparison.Ordinal))).Take(9)];
    }
}
