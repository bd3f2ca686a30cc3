using System.Text.Json.Nodes;

namespace Bellhop.Features.Contacts;

/// <summary>What a filter asks of consent to marketing.</summary>
public enum ConsentFilter
{
    /// <summary>On one channel at least: <c>true</c>.</summary>
    Any,

    /// <summary>On no channel, asked or not: <c>false</c>.</summary>
    None,
    WhatsApp,
    Email,
}

/// <summary>Consent as addresses and segments write it.</summary>
internal static class ConsentFilters
{
    /// <summary><c>true</c>, <c>false</c> or the channel's name.</summary>
    public static string ToQuery(this ConsentFilter asked) =>
        asked switch
        {
            ConsentFilter.Any => "true",
            ConsentFilter.None => "false",
            _ => asked.ToString(),
        };

    /// <summary>The same as a segment writes it: yes, no, or the channel's name.</summary>
    public static JsonNode ToJson(this ConsentFilter asked) =>
        asked switch
        {
            ConsentFilter.Any => true,
            ConsentFilter.None => false,
            _ => asked.ToString(),
        };
}
