using System.Text;

namespace Bellhop.Features.Imports.Files;

/// <summary>One unfolded line of a vCard: <c>[group.]NAME;parameters:value</c>.</summary>
/// <param name="Number">The line of the file on which it begins.</param>
/// <param name="Name">The property's name in capitals, without its group.</param>
/// <param name="Types">The types from the parameters, in small letters, written with or without <c>TYPE=</c>.</param>
/// <param name="Preference">1 is the most preferred and 100 the least; 100 when the line does not say.</param>
/// <param name="Length">The length of the line, as far as it is held in memory.</param>
internal sealed record CardLine(int Number, string Name, IReadOnlySet<string> Types, int Preference, string Value, int Length)
{
    private static readonly IReadOnlySet<string> None = new HashSet<string>();

    public bool IsMobile => Types.Contains("cell") || Types.Contains("mobile") || Types.Contains("iphone") || Types.Contains("text-cell");

    /// <summary>The number takes no calls: a fax or a pager.</summary>
    public bool IsNoVoice => Types.Any(t => t is "fax" or "pager" or "modem" or "bbs" or "isdn" or "pcs") && !Types.Contains("voice");

    public bool Is(string name, string value) => Name == name && Value.AsSpan().Trim().Equals(value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a line. Null when it has no colon and so is not a property.</summary>
    public static CardLine? Parse(int number, string line)
    {
        var colon = Outside(line, 0, ":");
        if (colon < 0)
        {
            return null;
        }

        var semicolon = line.IndexOf(';', StringComparison.Ordinal) is >= 0 and var s && s < colon ? s : colon;
        var name = line[..semicolon].Trim();
        name = name[(name.LastIndexOf('.') + 1)..].ToUpperInvariant();
        var parameters = semicolon == colon ? "" : line[(semicolon + 1)..colon];
        var (types, preference) = parameters.Length == 0 ? (None, 100) : Parameters(parameters);
        // Of a picture, only the beginning is there.
        var value = CardLines.IsWanted(name) ? EncodedValue.Decode(line[(colon + 1)..], parameters) : line[(colon + 1)..];
        return new CardLine(number, name, types, preference, value, line.Length);
    }

    /// <summary>The text with its escapes resolved.</summary>
    public static string Text(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal))
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var escaped = value[i] == '\\' && i + 1 < value.Length;
            text.Append(
                !escaped ? value[i]
                : value[++i] is 'n' or 'N' ? '\n'
                : value[i]
            );
        }

        return text.ToString();
    }

    /// <summary>Splits at separators that are not escaped. The parts keep their escapes.</summary>
    public static IEnumerable<string> Split(string value, char separator)
    {
        var from = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\')
            {
                i++;
            }
            else if (value[i] == separator)
            {
                yield return value[from..i];
                from = i + 1;
            }
        }

        yield return value[from..];
    }

    /// <summary>The phone number in a text or in a <c>tel:</c> address (RFC 3966).</summary>
    public static string Phone(string value)
    {
        var isAddress = value.TrimStart().StartsWith("tel:", StringComparison.OrdinalIgnoreCase);
        return Platform.Phone.Plain(isAddress ? value.Replace("\\", "", StringComparison.Ordinal) : Text(value))!;
    }

    public static string Email(string value) =>
        Text(value).Trim() is var text && text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? text[7..] : text;

    private static (IReadOnlySet<string> Types, int Preference) Parameters(string text)
    {
        var (types, preference) = (new HashSet<string>(StringComparer.Ordinal), 100);
        for (var at = 0; at <= text.Length; )
        {
            var end = Outside(text, at, ";") is >= 0 and var e ? e : text.Length;
            var equals = text.IndexOf('=', at, end - at);
            var name = equals < 0 ? "TYPE" : text[at..equals].Trim().ToUpperInvariant();
            var value = text[(equals < 0 ? at : equals + 1)..end].Replace("\"", "", StringComparison.Ordinal);
            if (name == "TYPE")
            {
                types.UnionWith(value.Split(',').Select(t => t.Trim().ToLowerInvariant()));
            }
            else if (name == "PREF" && int.TryParse(value, out var pref) && pref is >= 1 and <= 100)
            {
                preference = pref;
            }

            at = end + 1;
        }

        return (types, types.Contains("pref") ? 1 : preference);
    }

    private static int Outside(string text, int from, string sign)
    {
        var quoted = false;
        for (var i = from; i < text.Length; i++)
        {
            quoted ^= text[i] == '"';
            if (!quoted && text[i] == sign[0])
            {
                return i;
            }
        }

        return -1;
    }
}
