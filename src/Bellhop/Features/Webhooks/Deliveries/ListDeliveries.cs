using System.Text.Json.Serialization;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Webhooks;

/// <summary>A delivery as the API and the page show it.</summary>
/// <param name="Event">The name of the news.</param>
/// <param name="At">When it happened, UTC.</param>
/// <param name="Attempts">All tries so far.</param>
/// <param name="Status"><c>pending</c>, <c>delivered</c>, <c>failed</c> after three days, or <c>skipped</c> if the endpoint may no longer
/// hear of it.</param>
/// <param name="LastStatusCode">The answer to the last try; null if there was none.</param>
/// <param name="NextAt">When it is tried next, UTC; null if it is not.</param>
public sealed record DeliveryRow(Guid Id, string Event, DateTime At, int Attempts, string Status, int? LastStatusCode, DateTime? NextAt)
{
    /// <summary>Why the last try had no answer, for the page.</summary>
    [JsonIgnore]
    public OutsideFailure? Failure { get; private init; }

    internal static DeliveryRow Of(WebhookDelivery d) =>
        new(d.Id, d.Event, d.At, d.Attempts, d.State.ToString().ToLowerInvariant(), d.LastStatusCode, d.NextAt)
        {
            Failure = Enum.TryParse<OutsideFailure>(d.LastFailure, out var failure) ? failure : null,
        };
}

/// <summary>Lists an endpoint's deliveries of the last thirty days, newest first.</summary>
public static class ListDeliveries
{
    /// <exception cref="Refusal">404 for the endpoint; 400.</exception>
    public static async Task<Page<DeliveryRow>> Run(
        Guid id,
        PageQuery page,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.SettingsManage);
        await WebhookRights.Endpoint(id, who, db, cancel);
        page.Refuse();
        var binding = $"deliveries/{who.OrganizationId}/{id}";
        var all = db.WebhookDeliveries.AsNoTracking().Where(d => d.OrganizationId == who.OrganizationId && d.EndpointId == id);
        if (page.After(cursors, binding) is { } after)
        {
            var last = Guid.Parse(after);
            all = all.Where(d => d.Id < last);
        }

        var rows = await all.OrderByDescending(d => d.Id).Take(page.Limit + 1).ToListAsync(cancel);
        return page.Page(rows.ConvertAll(DeliveryRow.Of), row => row.Id.ToString(), cursors, binding);
    }
}

/// <summary>What a delivery would send now.</summary>
public static class SeeDelivery
{
    /// <param name="Body">The JSON; null if nothing would be sent, or if the actor may not see what it shows.</param>
    public sealed record Result(DeliveryRow Delivery, string? Body);

    /// <exception cref="Refusal">404.</exception>
    public static async Task<Result> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        var (delivery, endpoint) = await WebhookRights.Delivery(id, who, db, cancel);
        var mayRead = WebhookEvent.Find(delivery.Event) is not { } news || who.Can(news.Needs);
        return new(DeliveryRow.Of(delivery), mayRead ? await WebhookBody.Of(delivery, endpoint, db, cancel) : null);
    }
}
