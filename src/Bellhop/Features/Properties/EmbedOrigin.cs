using System.Net;
using Bellhop.Platform;

namespace Bellhop.Features.Properties;

/// <summary>The origin of a website that may show a property's booking form in a frame: scheme, name and port, nothing else.</summary>
public static class EmbedOrigin
{
    public const int Most = 20;

    /// <summary>The longest stored text: all origins, separated by spaces.</summary>
    public const int MostLetters = 4000;

    private const int MostOfOne = 190;

    /// <summary>The origins in a standard spelling, without duplicates, separated by spaces.</summary>
    public static string Read(string field, IReadOnlyList<string> given, ValidationErrors errors)
    {
        if (given.Count > Most)
        {
            errors.Add(field, ErrorText.Of<PropertyTexts>("EmbedOrigin.Many", Most));
            return "";
        }

        var origins = new List<string>();
        for (var i = 0; i < given.Count; i++)
        {
            if (Of(given[i]) is { } origin)
            {
                origins.Add(origin);
            }
            else
            {
                errors.Add($"{field}[{i}]", ErrorText.Of<PropertyTexts>("EmbedOrigin"));
            }
        }

        return string.Join(' ', origins.Distinct(StringComparer.Ordinal));
    }

    /// <summary>
    /// Reads one origin; null when the text has more or fewer parts than an origin. The result goes into a header, so it is built here and
    /// never copied from the input.
    /// </summary>
    private static string? Of(string? raw)
    {
        if (
            raw is null or { Length: > MostOfOne }
            || !Uri.TryCreate(raw, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
            || uri.UserInfo.Length > 0
            || uri.PathAndQuery != "/"
            || uri.Fragment.Length > 0
            || raw.Any(c => char.IsWhiteSpace(c) || c is '*' or ';' or ',' or '\'' or '\\' or '?' or '#')
        )
        {
            return null;
        }

        var host = uri.IdnHost;
        var isAddress = IPAddress.TryParse(host.Trim('[', ']'), out var address);
        if (!isAddress && (host.Length == 0 || !host.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')))
        {
            return null;
        }

        host =
            address?.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
                ? $"[{host.Trim('[', ']')}]"
                : host.ToLowerInvariant();
        return uri.IsDefaultPort ? $"{uri.Scheme}://{host}" : $"{uri.Scheme}://{host}:{uri.Port}";
    }
}
