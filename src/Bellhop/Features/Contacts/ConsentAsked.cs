using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>What a filter asks of consent to marketing.</summary>
public enum ConsentAsked
{
    /// <summary>On one channel at least: <c>true</c>.</summary>
    Any,

    /// <summary>On no channel, asked or not: <c>false</c>.</summary>
    None,
    WhatsApp,
    Email,
}

/// <summary>Consent as addresses and segments write it.</summary>
internal static class ConsentsAsked
{
    /// <summary><c>true</c>, <c>false</c> or the channel's name.</summary>
    public static string ToQuery(this ConsentAsked asked) => asked switch { ConsentAsked.Any => "true", ConsentAsked.None => "false", _ => asked.ToString() };

    /// <summary>Reads one; anything else is a fault, and null.</summary>
    public static ConsentAsked? Read(string? text, Faults faults)
    {
        if (text is null)
        {
            return null;
        }

        foreach (var asked in Enum.GetValues<ConsentAsked>())
        {
            if (asked.ToQuery() == text)
            {
                return asked;
            }
        }

        faults.Add("hasConsent", "OneOf", string.Join(", ", Enum.GetValues<ConsentAsked>().Select(ToQuery)));
        return null;
    }
}
