using System.Text.RegularExpressions;

namespace Bellhop.Platform;

/// <summary>
/// Extensions as people of many countries write them behind a number: <c>ramal 12</c>, <c>poste 12</c>, <c>доб. 12</c>, <c>内線12</c>. The
/// library knows few of these words, and without them two people behind one switchboard would be one.
/// </summary>
internal static partial class PhoneExtension
{
    // No single letter but the x is one of these: "r. 12" may be a room.
    private static readonly HashSet<string> Words = new(
        [
            .. (
                "x ext extn extension ekst ekstenzija extensión extensio extensió extensao extensão anexo interno int ramal poste "
                + "durchwahl dw apparat nebenstelle nst klappe toestel tst ankn anknytning lokal lokalnummer alanumero alanro "
                + "wew wewn wewnętrzny linka klapka mellék dahili εσωτ εσωτερικό доб добавочный вн внутр внутренний дод внутрішній "
                + "вътр вътрешен תחנה שלוחה تحويلة داخلي داخلی ต่อ 内線 内线 內線 转 轉 分机 分機 转分机 轉分機 내선 내선번호"
            ).Split(' '),
        ],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The number with its extension as the library reads it; null if there is no extension at the word.</summary>
    /// <param name="text">A number with a word behind it.</param>
    /// <param name="word">Where the word begins.</param>
    public static string? Read(ReadOnlySpan<char> text, int word) =>
        Written().Match(text[word..].ToString()) is { Success: true } found && Words.Contains(found.Groups[1].Value.Normalize())
            ? $"{text[..word].TrimEnd(" ,;.:-/([")} ext. {PhoneText.DigitsOf(found.Groups[2].Value)}"
            : null;

    // A second number behind such a word is longer, or goes on behind a blank; what else follows is a note.
    [GeneratedRegex(
        @"^([\p{L}\p{M}]+)[.:\s]*(?:(?:no|nr|num|nº|n°|№)[.:\s]*)?[#-]?\s*(\d{1,7})(?![\s./-]*\d)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Written();
}
