using System.Text;
using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>Cleans and compares headings of columns.</summary>
internal static class Heading
{
    /// <summary>The heading without surrounding white space, quotes, byte order marks and direction marks.</summary>
    public static string Clean(string raw)
    {
        var text = raw.AsSpan();
        while (text is [var first, ..] && IsAround(first))
        {
            text = text[1..];
        }

        while (text is [.., var last] && IsAround(last))
        {
            text = text[..^1];
        }

        return text.ToString();
    }

    /// <summary>
    /// The key of a heading: its letters and digits, folded, so that <c>E-Mail 1</c> and <c>email_1</c> are equal. A text of signs only is
    /// its own key.
    /// </summary>
    public static string Key(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var c in Fold.Key(text))
        {
            if (char.IsLetterOrDigit(c))
            {
                key.Append(c);
            }
        }

        return key.Length > 0 ? key.ToString() : text.Trim();
    }

    /// <summary>
    /// The heading's words, folded. A word also ends between a small letter and a capital, and between a letter and a digit.
    /// </summary>
    public static IReadOnlyList<string> Words(string text)
    {
        text = text.Replace("WhatsApp", "Whatsapp", StringComparison.Ordinal); // one word
        var spaced = new StringBuilder(text.Length + 4);
        for (var i = 0; i < text.Length; i++)
        {
            if (i > 0 && ((char.IsLower(text[i - 1]) && char.IsUpper(text[i])) || IsBesideDigit(text[i - 1], text[i])))
            {
                spaced.Append(' ');
            }

            spaced.Append(text[i]);
        }

        var folded = Fold.Key(spaced.ToString()).Select(static c => char.IsLetterOrDigit(c) ? c : ' ');
        return string.Concat(folded).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool IsBesideDigit(char one, char next) =>
        (char.IsLetter(one) && char.IsDigit(next)) || (char.IsDigit(one) && char.IsLetter(next));

    private static bool IsAround(char c) =>
        c is '"' or '\'' or '“' or '”' or '\uFEFF' or '\u200B' or '\u200E' or '\u200F' || char.IsWhiteSpace(c);
}
