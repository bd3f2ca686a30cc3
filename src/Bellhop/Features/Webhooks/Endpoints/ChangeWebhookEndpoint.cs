using Bellhop.Data;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Webhooks;

/// <summary>Changes where an endpoint is, what it hears of, and whether it is paused.</summary>
public static class ChangeWebhookEndpoint
{
    /// <param name="Events">Names of news.</param>
    /// <param name="PropertyIds">It hears only of these; null for all that the actor sees.</param>
    /// <param name="Paused">False lets a paused endpoint go on: everything that waits is sent, in its order.</param>
    public sealed record Input(
        Optional<string> Url = default,
        Optional<IReadOnlyList<string>> Events = default,
        Optional<IReadOnlyList<Guid>?> PropertyIds = default,
        Optional<bool> Paused = default
    );

    /// <exception cref="Refusal">404; 412 when <paramref name="match"/> names another version; 400; 403 for news that shows more than the
    /// actor may see.</exception>
    public static async Task<Saved<WebhookEndpointRow>> Run(
        Guid id,
        Input input,
        Actor who,
        BellhopDb db,
        OutsideHttp outside,
        IfMatch match,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.SettingsManage);
        return await db.Save(
            async () =>
            {
                var endpoint = await WebhookRights.Endpoint(id, who, db, cancel);
                match.Demand(endpoint.UpdatedAt);
                await Write(endpoint, input, outside, who, db, cancel);
                var changed = db.Entry(endpoint)
                    .Properties.Where(p => p.IsModified)
                    .Select(p => p.Metadata.Name)
                    .Intersect(
                        [
                            nameof(WebhookEndpoint.Url),
                            nameof(WebhookEndpoint.Events),
                            nameof(WebhookEndpoint.Properties),
                            nameof(WebhookEndpoint.Paused),
                        ],
                        StringComparer.Ordinal
                    )
                    .Select(name => char.ToLowerInvariant(name[0]) + name[1..])
                    .ToList();
                if (changed.Count > 0)
                {
                    endpoint.UpdatedAt = db.Now.After(endpoint.UpdatedAt);
                    db.Happened(who, "webhookEndpoint.updated", "webhookEndpoint", id, changed);
                }

                return new Saved<WebhookEndpointRow>(WebhookEndpointRow.Of(endpoint), endpoint.UpdatedAt);
            },
            cancel
        );
    }

    private static async Task Write(
        WebhookEndpoint endpoint,
        Input input,
        OutsideHttp outside,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var errors = new ValidationErrors();
        var url = input.Url.IsGiven ? EndpointRules.Url(input.Url.Value, outside, errors) : endpoint.Url;
        var events = EndpointRules.Events(input.Events.Or(endpoint.Events.Split(',')), errors);
        EndpointRules.Properties(input.PropertyIds.Value, errors);
        errors.Refuse();
        if (input.Url.IsGiven || input.Events.IsGiven || input.PropertyIds.IsGiven)
        {
            WebhookRights.DemandOwn(events, who);
        }

        (endpoint.Url, endpoint.Events) = (url!, EndpointRules.Stored(events));
        if (input.PropertyIds.IsGiven)
        {
            endpoint.Properties = await Rights.Properties(input.PropertyIds.Value, who, db, cancel);
        }

        if (input.Paused.IsGiven && input.Paused.Value != endpoint.Paused is not null)
        {
            endpoint.Paused = input.Paused.Value ? WebhookPause.Asked : null;
            endpoint.Forgive();
            if (!input.Paused.Value)
            {
                await Attempt.SendAllAtOnce(endpoint, db.Now, db, cancel);
                db.TellOfMany(endpoint.OrganizationId, WebhookFollower.DeliveryKind);
            }
        }
    }
}

/// <summary>Deletes an endpoint for good, with what waits for it.</summary>
public static class DeleteWebhookEndpoint
{
    /// <exception cref="Refusal">404.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        await db.Save(
            async () =>
            {
                db.WebhookEndpoints.Remove(await WebhookRights.Endpoint(id, who, db, cancel));
                await WebhookDeliveries.Delete(id, who.OrganizationId, db, cancel);
                db.Happened(who, "webhookEndpoint.deleted", "webhookEndpoint", id);
            },
            cancel,
            alone: true
        );
    }
}
