using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Webhooks;

/// <summary>Forgets old deliveries, whatever became of them.</summary>
internal static class WebhookDeliveries
{
    /// <summary>Longer than the tries of a delivery last. What a paused endpoint did not fetch until then is lost.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public static readonly RecurringTask Forget = new(
        "forgetDeliveries",
        (db, cancel) =>
        {
            var before = db.Now - Kept;
            return RecurringTasks.Forget(db, db.WebhookDeliveries.Where(d => d.At < before).OrderBy(d => d.At), cancel);
        }
    );

    /// <summary>Deletes what an endpoint has, inside a save.</summary>
    public static Task Delete(Guid endpointId, int organizationId, BellhopDb db, CancellationToken cancel) =>
        db.WebhookDeliveries.Where(d => d.OrganizationId == organizationId && d.EndpointId == endpointId).ExecuteDeleteAsync(cancel);
}
