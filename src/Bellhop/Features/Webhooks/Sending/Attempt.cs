using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Webhooks;

/// <summary>
/// What follows from a try. A delivery is tried again with growing pauses over three days. An endpoint that fails several times in a row is
/// tried rarely, and is paused after three days without a success.
/// </summary>
internal static class Attempt
{
    /// <summary>The pauses after each failed try, as Standard Webhooks suggests: more than three days in all.</summary>
    internal static readonly IReadOnlyList<TimeSpan> Pauses =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];

    /// <summary>So long an endpoint may fail before it is paused.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    /// <summary>After so many failures in a row the endpoint itself is held back, whatever waits for it.</summary>
    internal const int HeldAfter = 5;

    private static readonly TimeSpan FirstHold = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestHold = TimeSpan.FromHours(1);

    /// <summary>Writes the outcome into the delivery and its endpoint, inside a save.</summary>
    /// <param name="answer">What came of the call.</param>
    /// <param name="delivery">Tracked; it waits.</param>
    /// <param name="endpoint">Tracked.</param>
    public static async Task Note(
        OutsideAnswer answer,
        WebhookDelivery delivery,
        WebhookEndpoint endpoint,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var now = db.Now;
        (delivery.Attempts, delivery.LastStatusCode, delivery.LastFailure, delivery.TriedAt) = (
            delivery.Attempts + 1,
            answer.Status,
            answer.Failure?.ToString(),
            now
        );
        if (answer.Status is >= 200 and < 300)
        {
            (delivery.State, delivery.NextAt) = (DeliveryState.Delivered, null);
            if (endpoint.Failures >= HeldAfter)
            {
                await SendAllAtOnce(endpoint, now, db, cancel); // it is back
            }

            endpoint.Forgive();
            return;
        }

        if (delivery.Event == WebhookEvent.Test)
        {
            (delivery.State, delivery.NextAt) = (DeliveryState.Failed, null); // somebody waits for the result
            return;
        }

        delivery.Step++;
        endpoint.Failures++;
        endpoint.FailingSince ??= now;
        WebhookPause? pause =
            answer.Status == StatusCodes.Status410Gone ? WebhookPause.Gone
            : now - endpoint.FailingSince >= Patience ? WebhookPause.Failing
            : null;
        if (pause is not null)
        {
            endpoint.Paused = pause;
            endpoint.UpdatedAt = now.After(endpoint.UpdatedAt);
            db.Happened(Actor.System(endpoint.OrganizationId), "webhookEndpoint.paused", "webhookEndpoint", endpoint.Id);
            return; // what waits is sent when somebody lets it go on
        }

        if (endpoint.Failures >= HeldAfter)
        {
            var hold = FirstHold * Math.Pow(2, Math.Min(endpoint.Failures - HeldAfter, 10));
            endpoint.HoldUntil = now + Jittered(hold < LongestHold ? hold : LongestHold);
        }

        if (delivery.Step > Pauses.Count)
        {
            (delivery.State, delivery.NextAt) = (DeliveryState.Failed, null);
            return;
        }

        var wait = Jittered(Pauses[delivery.Step - 1]);
        delivery.NextAt = now + (answer.RetryAfter is { } asked && asked > wait && asked < Pauses[^1] ? asked : wait);
    }

    /// <summary>Makes everything that waits for the endpoint due now.</summary>
    public static Task SendAllAtOnce(WebhookEndpoint endpoint, DateTime now, BellhopDb db, CancellationToken cancel) =>
        db
            .WebhookDeliveries.Where(d =>
                d.OrganizationId == endpoint.OrganizationId
                && d.EndpointId == endpoint.Id
                && d.State == DeliveryState.Pending
                && d.NextAt > now
            )
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextAt, now).SetProperty(d => d.Step, 0), cancel);

    // Up to a fifth more, so that endpoints that failed together do not come back together; never less, so that all pauses last three days.
    private static TimeSpan Jittered(TimeSpan pause) => pause * (1 + (0.2 * Random.Shared.NextDouble()));
}
