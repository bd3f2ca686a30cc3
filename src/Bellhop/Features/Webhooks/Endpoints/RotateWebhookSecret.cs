using Bellhop.Data;
using Bellhop.Features.Team;
using Bellhop.Platform;

namespace Bellhop.Features.Webhooks;

/// <summary>Gives an endpoint another secret. For some hours both sign, so that the receiver can change over.</summary>
public static class RotateWebhookSecret
{
    /// <param name="OverlapHours">0 to 168: how long the old secret signs too.</param>
    public sealed record Input(int OverlapHours);

    /// <exception cref="Refusal">404; 400.</exception>
    public static async Task<Saved<WebhookEndpointRow>> Run(
        Guid id,
        Input input,
        Actor who,
        BellhopDb db,
        WebhookSecrets secrets,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.SettingsManage);
        var (secret, stored) = secrets.New();
        return await db.Save(
            async () =>
            {
                var endpoint = await WebhookRights.Endpoint(id, who, db, cancel);
                var errors = new ValidationErrors();
                errors.Range("overlapHours", input.OverlapHours, 0, RotateApiKey.MostHours);
                errors.Refuse();
                (endpoint.OldSecret, endpoint.OldEndsAt) =
                    input.OverlapHours == 0 ? (null, null) : (endpoint.Secret, (DateTime?)db.Now.AddHours(input.OverlapHours));
                (endpoint.Secret, endpoint.UpdatedAt) = (stored, db.Now.After(endpoint.UpdatedAt));
                db.Happened(who, "webhookEndpoint.rotated", "webhookEndpoint", id);
                var row = WebhookEndpointRow.Of(endpoint);
                return new Saved<WebhookEndpointRow>(row with { Secret = secret }, endpoint.UpdatedAt, $"/webhook-endpoints/{id}")
                {
                    Keep = row,
                };
            },
            cancel
        );
    }
}
