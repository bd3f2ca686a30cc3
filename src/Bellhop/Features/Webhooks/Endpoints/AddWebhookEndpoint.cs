using Bellhop.Data;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Webhooks;

/// <summary>Makes an endpoint. Its secret is shown only in this answer.</summary>
public static class AddWebhookEndpoint
{
    /// <summary>Each endpoint costs every save a row.</summary>
    public const int Most = 20;

    /// <param name="Url">With https.</param>
    /// <param name="Events">Names of news.</param>
    /// <param name="PropertyIds">It hears only of these. When left out, of all that the actor sees; later ones too, if that is true for the
    /// actor.</param>
    public sealed record Input(string Url, IReadOnlyList<string> Events, IReadOnlyList<Guid>? PropertyIds = null, bool Paused = false);

    /// <exception cref="Refusal">400; 403 for news that shows more than the actor may see; 404 for a property that the actor does not see;
    /// 409 <c>too-many-endpoints</c>.</exception>
    public static async Task<Saved<WebhookEndpointRow>> Run(
        Input input,
        Actor who,
        BellhopDb db,
        OutsideHttp outside,
        WebhookSecrets secrets,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.SettingsManage);
        var errors = new ValidationErrors();
        var url = EndpointRules.Url(input.Url, outside, errors);
        var events = EndpointRules.Events(input.Events, errors);
        EndpointRules.Properties(input.PropertyIds, errors);
        errors.Refuse();
        WebhookRights.DemandOwn(events, who);
        var (secret, stored) = secrets.New();
        return await db.Save(
            async () =>
            {
                if (await db.WebhookEndpoints.CountAsync(e => e.OrganizationId == who.OrganizationId, cancel) >= Most)
                {
                    throw Refusal.Conflict("too-many-endpoints", ErrorText.Of<WebhookTexts>("Error.TooMany", Most));
                }

                var made = new WebhookEndpoint
                {
                    OrganizationId = who.OrganizationId,
                    Url = url!,
                    Events = EndpointRules.Stored(events),
                    Properties = await Rights.Properties(input.PropertyIds, who, db, cancel),
                    Paused = input.Paused ? WebhookPause.Asked : null,
                    Secret = stored,
                    CreatedAt = db.Now,
                    UpdatedAt = db.Now,
                    LeasedUntil = db.Now,
                };
                db.WebhookEndpoints.Add(made);
                db.Happened(who, "webhookEndpoint.created", "webhookEndpoint", made.Id);
                var row = WebhookEndpointRow.Of(made);
                return new Saved<WebhookEndpointRow>(row with { Secret = secret }, made.UpdatedAt, $"/webhook-endpoints/{made.Id}")
                {
                    Keep = row,
                };
            },
            cancel
        );
    }
}
