using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Webhooks;

/// <summary>Sends a delivery again, under its own id, with all its tries.</summary>
public static class ReplayDelivery
{
    /// <exception cref="Refusal">404; 409 <c>endpoint-paused</c>.</exception>
    public static async Task<Answered<DeliveryRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        return await db.Save(
            async () =>
            {
                var (delivery, endpoint) = await WebhookRights.Delivery(id, who, db, cancel);
                TestWebhookEndpoint.DemandGoing(endpoint);
                delivery.SendAgain(db.Now);
                endpoint.HoldUntil = null;
                db.Happened(who, "webhookEndpoint.replayed", "webhookEndpoint", endpoint.Id);
                db.TellOfMany(who.OrganizationId, WebhookFollower.DeliveryKind);
                return new Answered<DeliveryRow>(DeliveryRow.Of(delivery), 202, $"/webhook-endpoints/{endpoint.Id}/deliveries");
            },
            cancel
        );
    }
}

/// <summary>Sends a greeting to an endpoint, once. How it went is the state of its delivery.</summary>
public static class TestWebhookEndpoint
{
    /// <exception cref="Refusal">404; 409 <c>endpoint-paused</c>.</exception>
    public static async Task<Answered<DeliveryRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        return await db.Save(
            async () =>
            {
                var endpoint = await WebhookRights.Endpoint(id, who, db, cancel);
                DemandGoing(endpoint);
                var delivery = new WebhookDelivery
                {
                    OrganizationId = who.OrganizationId,
                    EndpointId = id,
                    Event = WebhookEvent.Test,
                    EntityId = Guid.CreateVersion7(), // about nothing, so that it waits behind nothing
                    At = db.Now,
                    NextAt = db.Now,
                };
                db.Add(delivery);
                endpoint.HoldUntil = null;
                db.Happened(who, "webhookEndpoint.tested", "webhookEndpoint", id);
                db.TellOfMany(who.OrganizationId, WebhookFollower.DeliveryKind);
                return new Answered<DeliveryRow>(DeliveryRow.Of(delivery), 202, $"/webhook-endpoints/{id}/deliveries");
            },
            cancel
        );
    }

    /// <exception cref="Refusal">409.</exception>
    internal static void DemandGoing(WebhookEndpoint endpoint)
    {
        if (endpoint.Paused is not null)
        {
            throw Refusal.Conflict("endpoint-paused", ErrorText.Of<WebhookTexts>("Error.Paused"));
        }
    }
}
