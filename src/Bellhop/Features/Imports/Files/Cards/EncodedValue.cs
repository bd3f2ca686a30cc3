using System.Text;

namespace Bellhop.Features.Imports.Files;

/// <summary>
/// Decodes values that a line's parameters call encoded: quoted-printable (RFC 2045, 6.7) or base64 (RFC 2426, 5.9.2). Phones export names
/// with non-ASCII letters this way, in vCards of any version.
/// </summary>
internal static class EncodedValue
{
    private const string Charset = "CHARSET=";

    private static readonly string[] Base64 = ["BASE64", "ENCODING=B", "ENCODING=BASE64"];

    /// <summary>Whether a line's parameters say that its value is quoted-printable.</summary>
    public static bool IsQuotedPrintable(string parameters) => parameters.Contains("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase);

    /// <summary>The decoded value; the value itself where it is not encoded, or not as the parameters say.</summary>
    public static string Decode(string value, string parameters) =>
        IsQuotedPrintable(parameters) ? OfQuotedPrintable(value, EncodingOf(parameters))
        : Parts(parameters).Any(p => Base64.Contains(p.Replace("\"", "", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase))
            ? OfBase64(value, parameters)
        : value;

    // The whole value is encoded, with the signs that separate its parts.
    private static string OfBase64(string value, string parameters)
    {
        var bytes = new byte[value.Length];
        return Convert.TryFromBase64String(value, bytes, out var length) ? EncodingOf(parameters).GetString(bytes, 0, length) : value;
    }

    // An encoded semicolon becomes text and does not separate parts.
    private static string OfQuotedPrintable(string value, Encoding encoding)
    {
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
        var named = Parts(parameters).FirstOrDefault(p => p.StartsWith(Charset, StringComparison.OrdinalIgnoreCase));
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

    private static string[] Parts(string parameters) => parameters.Split(';', StringSplitOptions.TrimEntries);
}
