using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Webhooks;

/// <summary>Lists the endpoints, oldest first: those that hear only of properties that the actor sees.</summary>
public static class ListWebhookEndpoints
{
    /// <exception cref="Refusal">400.</exception>
    public static async Task<Page<WebhookEndpointRow>> Run(
        PageQuery page,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.SettingsManage);
        var all = await WebhookRights.Seen(who, db, cancel);
        return page.Of(all.Select(WebhookEndpointRow.Of), "webhook-endpoints", e => e.Id.ToString("N"), who, cursors);
    }
}

/// <summary>One endpoint, without its secret.</summary>
public static class GetWebhookEndpoint
{
    /// <exception cref="Refusal">404 for an endpoint that does not exist, or that hears of properties that the actor does not
    /// see.</exception>
    public static async Task<Saved<WebhookEndpointRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        var endpoint = await WebhookRights.Endpoint(id, who, db, cancel);
        return new(WebhookEndpointRow.Of(endpoint), endpoint.UpdatedAt);
    }
}
