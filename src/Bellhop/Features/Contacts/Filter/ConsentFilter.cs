using System.Text.Json.Nodes;

namespace Bellhop.Features.Contacts;

/// <summary>A filter's condition on consent to marketing.</summary>
public enum ConsentFilter
{
    /// <summary>Consent on at least one channel: <c>true</c>.</summary>
    Any,

    /// <summary>Consent on no channel, whether the guest was asked or not: <c>false</c>.</summary>
    None,
    WhatsApp,
    Email,
}

/// <summary>Writes the condition for addresses and segments.</summary>
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

    /// <summary>The condition in a segment: true, false, or the channel's name.</summary>
    public static JsonNode ToJson(this ConsentFilter asked) =>
        asked switch
        {
            ConsentFilter.Any => true,
            ConsentFilter.None => false,
            _ => asked.ToString(),
        };
}
