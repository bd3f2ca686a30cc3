using System.Text.Json.Serialization;

namespace Bellhop.Features.Webhooks;

/// <summary>An endpoint as the API and the page show it.</summary>
/// <param name="Events">Names of the news that it asks for.</param>
/// <param name="PropertyIds">It hears only of these; null for all, later ones too.</param>
/// <param name="Paused">Whether nothing is sent at present. What happens meanwhile waits, for up to thirty days.</param>
public sealed record WebhookEndpointRow(
    Guid Id,
    string Url,
    IReadOnlyList<string> Events,
    IReadOnlyList<Guid>? PropertyIds,
    bool Paused,
    DateTime CreatedAt,
    DateTime UpdatedAt
)
{
    /// <summary>The secret that signs. Set only in the answer of the call that makes it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    /// <summary>Why it is paused, for the page.</summary>
    [JsonIgnore]
    public WebhookPause? Reason { get; private init; }

    /// <summary>Since when every call failed, for the page; null if the last one succeeded.</summary>
    [JsonIgnore]
    public DateTime? FailingSince { get; private init; }

    internal static WebhookEndpointRow Of(WebhookEndpoint endpoint) =>
        new(
            endpoint.Id,
            endpoint.Url,
            endpoint.Events.Split(','),
            endpoint.Properties,
            endpoint.Paused is not null,
            endpoint.CreatedAt,
            endpoint.UpdatedAt
        )
        {
            Reason = endpoint.Paused,
            FailingSince = endpoint.FailingSince,
        };
}
