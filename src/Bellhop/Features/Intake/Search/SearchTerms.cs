using System.Text;
using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>What a person typed into the search, as the folded texts hold it.</summary>
public static class SearchTerms
{
    private const int LeastDigits = 4;
    private const int LongestPhone = 30;

    /// <summary>
    /// The folded text; and where it looks like a phone number with spaces, dashes, brackets or dots in it, its digits too: with the plus,
    /// for a leading 00 also with a plus instead, for one leading 0 (a trunk prefix) also without it. None for nothing to look for.
    /// </summary>
    public static IReadOnlyList<string> Of(string? typed)
    {
        if (typed is null || Fold.Key(typed) is not { Length: > 0 } key)
        {
            return [];
        }

        var terms = new List<string> { key };
        if (Digits(key) is { } digits)
        {
            Add(digits);
            if (digits.StartsWith("00", StringComparison.Ordinal))
            {
                Add("+" + digits[2..]);
            }
            else if (digits[0] == '0')
            {
                Add(digits[1..]);
            }
        }

        // A longer spelling finds nothing that a part of it does not.
        return [.. terms.Where(t => !terms.Exists(other => other != t && t.Contains(other, StringComparison.Ordinal)))];

        void Add(string term)
        {
            if (!terms.Contains(term))
            {
                terms.Add(term);
            }
        }
    }

    /// <summary>How many letters a term has, counted no further than three: one has no index, two have one of their own.</summary>
    public static int Letters(string term) => term.EnumerateRunes().Take(3).Count();

    private static string? Digits(string key)
    {
        if (key.Length > LongestPhone)
        {
            return null;
        }

        var digits = new StringBuilder();
        for (var i = 0; i < key.Length; i++)
        {
            if (char.IsAsciiDigit(key[i]) || (key[i] == '+' && digits.Length == 0))
            {
                digits.Append(key[i]);
            }
            else if (!" -()./".Contains(key[i], StringComparison.Ordinal))
            {
                return null;
            }
        }

        return digits.Length >= LeastDigits ? digits.ToString() : null;
    }
}
