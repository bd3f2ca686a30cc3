using Bellhop.Platform;

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

    /// <summary>Reads one; anything else is a fault, and null.</summary>
    public static ConsentFilter? Read(string? text, ValidationErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        foreach (var asked in Enum.GetValues<ConsentFilter>())
        {
            if (asked.ToQuery() == text)
            {
                return asked;
            }
        }

        errors.Add("hasConsent", "OneOf", string.Join(", ", Enum.GetValues<ConsentFilter>().Select(ToQuery)));
        return null;
    }
}
