using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Bellhop.Features.Notes;

public enum NoteWarning
{
    /// <summary>A number that can be a payment card's.</summary>
    Card,

    /// <summary>A number that can be a passport's.</summary>
    Passport,
}

/// <summary>Finds data that should not be written down. It only warns the author, who may know better.</summary>
public static partial class NoteWarnings
{
    private const int ShortestCard = 13;
    private const int LongestCard = 19;

    public static IReadOnlyList<NoteWarning> Of(string text)
    {
        var plain = Plain(text);
        var warnings = new List<NoteWarning>();
        if (Numbers().Matches(plain).Any(m => Readings(m.Value).Any(IsCard)))
        {
            warnings.Add(NoteWarning.Card);
        }

        if (Document().IsMatch(plain) || Named().IsMatch(plain) || MachineLine().IsMatch(plain))
        {
            warnings.Add(NoteWarning.Passport);
        }

        return warnings;
    }

    /// <summary>
    /// Ways to read the digits: the whole, and the parts that are grouped as on a printed card, since a room or a date may stand before it.
    /// </summary>
    private static IEnumerable<string> Readings(string number)
    {
        yield return number;
        var groups = number.Split(' ', '.', '-');
        for (var i = 0; i < groups.Length; i++)
        {
            yield return groups[i];
            if (groups[i].Length == 4 && i + 2 < groups.Length && (groups[i + 1].Length, groups[i + 2].Length) is (6, 4 or 5))
            {
                yield return groups[i] + groups[i + 1] + groups[i + 2];
            }

            if (i + 3 < groups.Length && groups[i..(i + 3)].All(g => g.Length == 4))
            {
                yield return string.Concat(groups[i..(i + 4)]);
            }
        }
    }

    /// <summary>
    /// Whether it has thirteen to nineteen digits, begins as card numbers do, and has the right check digit (ISO/IEC 7812-1).
    /// </summary>
    private static bool IsCard(string number)
    {
        var digits = number.Where(char.IsAsciiDigit).Select(c => c - '0').ToArray();
        return digits.Length is >= ShortestCard and <= LongestCard
            && digits[0] is >= 2 and <= 6
            && digits
                .Reverse()
                .Select(
                    (digit, place) =>
                        place % 2 == 0 ? digit
                        : digit > 4 ? (2 * digit) - 9
                        : 2 * digit
                )
                .Sum() % 10
                == 0;
    }

    // Replaces every script's digits, and full-width letters, by the plain ones.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            plain.Append(
                char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c))
                : c is >= '！' and <= '～' ? (char)(c - 0xFEE0)
                : c is '\u00A0' or '\u2009' or '\u202F' ? ' '
                : c is '\u2010' or '\u2011' or '\u2013' ? '-'
                : c
            );
        }

        return plain.ToString();
    }

    // A number with a plus in front is a phone; one with letters is an account.
    [GeneratedRegex(@"(?<![\p{L}+]|\d[ .-]?)\d(?:[ .-]?\d){12,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"(?<![\p{L}\d-])[A-Z]{1,2}[ ]?\d{6,8}(?![\p{L}\d-])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Document();

    [GeneratedRegex(
        @"(?:pass?port\w*|reisepass\w*|passeport\w*|pasaporte\w*|passaport\w*|paspoort\w*|جواز\w*|护照|護照|パスポート|"
            + @"паспорт\w*)[^\n]{0,24}?(?<![\p{L}\d])(?=[A-Z0-9]*\d[A-Z0-9]*\d[A-Z0-9]*\d[A-Z0-9]*\d[A-Z0-9]*\d)"
            + @"[A-Z0-9]{6,9}(?![\p{L}\d])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Named();

    [GeneratedRegex(@"\bP<[A-Z<]{3}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MachineLine();
}
