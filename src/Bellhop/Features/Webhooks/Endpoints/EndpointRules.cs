using System.Net;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Webhooks;

/// <summary>What the values of an endpoint may be.</summary>
internal static class EndpointRules
{
    /// <summary>An address with https; with http only where the operator allows private networks. The check of where it leads comes at each
    /// call.</summary>
    public static string? Url(string? raw, OutsideHttp outside, ValidationErrors errors)
    {
        if (errors.Text("url", raw, WebhookEndpoint.UrlMax, required: true) is not { } text)
        {
            return null;
        }

        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.Scheme is not ("https" or "http")
            || address.UserInfo.Length + address.Fragment.Length > 0
        )
        {
            errors.Add("url", ErrorText.Of<WebhookTexts>("Error.Url"));
        }
        else if (address.Scheme == "http" && !outside.Networks.AllowsAny)
        {
            errors.Add("url", ErrorText.Of<WebhookTexts>("Error.Https"));
        }
        else if (
            address.IsLoopback && !outside.Networks.MayCall(IPAddress.Loopback)
            || (IPAddress.TryParse(address.IdnHost, out var place) && !outside.Networks.MayCall(place))
        )
        {
            errors.Add("url", ErrorText.Of<WebhookTexts>("Error.Private"));
        }

        return text;
    }

    public static List<WebhookEvent> Events(IReadOnlyList<string>? names, ValidationErrors errors)
    {
        var known = (names ?? []).Select(WebhookEvent.Find).Distinct().ToList();
        if (known.Contains(null))
        {
            errors.Add("events", "OneOf", string.Join(", ", WebhookEvent.All.Select(e => e.Name)));
        }
        else if (known.Count == 0)
        {
            errors.Add("events", ErrorText.Of<WebhookTexts>("Error.NoEvents"));
        }

        return known.OfType<WebhookEvent>().ToList();
    }

    /// <summary>Their names in the order of <see cref="WebhookEvent.All"/>, as they are stored.</summary>
    public static string Stored(IReadOnlyCollection<WebhookEvent> events) =>
        string.Join(',', WebhookEvent.All.Where(events.Contains).Select(e => e.Name));

    public static void Properties(IReadOnlyList<Guid>? ids, ValidationErrors errors)
    {
        if (ids is { Count: 0 })
        {
            errors.Add("propertyIds", ErrorText.Of<WebhookTexts>("Error.NoProperties"));
        }
    }
}
