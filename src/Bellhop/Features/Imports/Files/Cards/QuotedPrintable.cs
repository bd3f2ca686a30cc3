using System.Text;

namespace Bellhop.Features.Imports.Files;

/// <summary>
/// Decodes quoted-printable values (RFC 2045, 6.7). Phones export names with non-ASCII letters this way, in vCards of any version.
/// </summary>
internal static class QuotedPrintable
{
    private const string Charset = "CHARSET=";

    /// <summary>Whether a line's parameters say that its value is quoted-printable.</summary>
    public static bool IsNamedIn(string parameters) => parameters.Contains("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase);

    /// <summary>Decodes a value. An encoded semicolon becomes text and does not separate parts.</summary>
    public static string Decode(string value, string parameters)
    {
        var encoding = EncodingOf(parameters);
        var (text, bytes) = (new StringBuilder(value.Length), new List<byte>());
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '=' && i + 2 < value.Length && char.IsAsciiHexDigit(value[i + 1]) && char.IsAsciiHexDigit(value[i + 2]))
            {
                bytes.Add(Convert.ToByte(value.Substring(i + 1, 2), 16));
                i += 2;
                continue;
            }

            Flush();
            text.Append(value[i]);
        }

        Flush();
        return text.ToString();

        void Flush()
        {
            text.Append(encoding.GetString([.. bytes]).Replace(";", "\\;", StringComparison.Ordinal));
            bytes.Clear();
        }
    }

    private static Encoding EncodingOf(string parameters)
    {
        var named = parameters
            .Split(';', StringSplitOptions.TrimEntries)
            .FirstOrDefault(p => p.StartsWith(Charset, StringComparison.OrdinalIgnoreCase));
        try
        {
            var name = named?[Charset.Length..].Trim('"') ?? "utf-8";
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8; // one that nobody knows
        }
    }
}
