using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Bellhop.Features.Channels;

/// <summary>
/// Reads a message's bytes as text. The bytes decide before what is said of them: many programs build a text that claims to be UTF-16 or
/// something that nobody knows, and send it as UTF-8.
/// </summary>
internal static partial class SentText
{
    private const int Declaration = 200;

    /// <summary>An XML document's text, without what stands in front of it.</summary>
    public static string OfXml(byte[] body)
    {
        var text = Unicode(body);
        if (text is null)
        {
            var head = Encoding.ASCII.GetString(body.AsSpan(0, Math.Min(body.Length, Declaration)));
            text = EncodingNamed(Named().Match(head).Groups[1].Value).GetString(body);
        }

        return text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
    }

    /// <summary>A JSON document as UTF-8, with a sign in the place of halves of characters.</summary>
    public static byte[] OfJson(byte[] body)
    {
        var text = Unicode(body) ?? EncodingNamed("").GetString(body);
        var bytes = Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF'));
        RawText.Repair(bytes);
        return bytes;
    }

    private static string? Unicode(byte[] body) =>
        body switch
        {
            [0xFF, 0xFE, ..] or [not 0, 0, ..] => Encoding.Unicode.GetString(body),
            [0xFE, 0xFF, ..] or [0, not 0, ..] => Encoding.BigEndianUnicode.GetString(body),
            _ when Utf8.IsValid(body) => Encoding.UTF8.GetString(body),
            _ => null,
        };

    // Windows-1252 has the characters of ISO 8859-1, and those that people use without knowing the difference.
    private static Encoding EncodingNamed(string name)
    {
        var known =
            name.Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase) || name.StartsWith("utf", StringComparison.OrdinalIgnoreCase);
        return (known || name.Length == 0 ? null : CodePagesEncodingProvider.Instance.GetEncoding(name))
            ?? CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    }

    [GeneratedRegex(
        """^\s*<\?xml[^>]{0,150}encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Named();
}
