using System.Text;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Duplicates;
using Bellhop.Features.Reviews;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Webhooks;

/// <summary>Makes the body of a delivery from what stands now, so that nothing of a deleted guest is ever sent.</summary>
internal static class WebhookBody
{
    /// <param name="Type">The news: a name of <see cref="WebhookEvent.All"/>.</param>
    /// <param name="Id">What it is about.</param>
    /// <param name="Timestamp">When it happened, UTC.</param>
    /// <param name="Data">The thing as the API shows it now.</param>
    private sealed record Standing(string Type, Guid Id, DateTime Timestamp, object Data);

    /// <param name="Id">The guest that is kept.</param>
    /// <param name="From">The id that leads to this guest from now on.</param>
    private sealed record Joined(string Type, Guid Id, Guid From, DateTime Timestamp, object Data);

    private sealed record Gone(string Type, Guid Id, bool Deleted);

    private sealed record Greeting(string Message);

    /// <summary>The JSON; null if the endpoint may no longer hear of the thing.</summary>
    public static async Task<string?> Of(WebhookDelivery delivery, WebhookEndpoint endpoint, BellhopDb db, CancellationToken cancel)
    {
        if (delivery.Event == WebhookEvent.Test)
        {
            return Text(new Standing(delivery.Event, delivery.Id, delivery.At, new Greeting("Bellhop can reach this address.")));
        }

        if (WebhookEvent.Find(delivery.Event)?.Kind is not { } kind)
        {
            return null; // another version made it
        }

        var reader = Actor.System(delivery.OrganizationId);
        var limited = reader with { Properties = endpoint.Properties };
        var isMerged = delivery.Event == WebhookEvent.ContactMerged;
        if (await Thing(kind, delivery.EntityId, limited, db, cancel) is { } standing)
        {
            // A guest who stands alone again was split meanwhile: nothing is merged.
            return isMerged ? null : Text(new Standing(delivery.Event, delivery.EntityId, delivery.At, standing));
        }

        if (kind == WebhookKind.Contact && await Merges.Survivor(delivery.EntityId, reader, db, cancel) is { } survivor)
        {
            return await Thing(kind, survivor, limited, db, cancel) is not { } kept ? null
                : isMerged ? Text(new Joined(delivery.Event, survivor, delivery.EntityId, delivery.At, kept))
                : Text(new Standing(delivery.Event, survivor, delivery.At, kept));
        }

        var isElsewhere = endpoint.Properties is not null && await Thing(kind, delivery.EntityId, reader, db, cancel) is not null;
        return isElsewhere ? null : Text(new Gone(delivery.Event, delivery.EntityId, Deleted: true));
    }

    private static async Task<object?> Thing(WebhookKind kind, Guid id, Actor reader, BellhopDb db, CancellationToken cancel)
    {
        try
        {
            return kind switch
            {
                WebhookKind.Contact => (await GetContact.Run(id, reader, db, cancel)).Value,
                WebhookKind.Booking => (await GetBooking.Run(id, reader, db, cancel)).Value,
                _ => (await GetReview.Run(id, reader, db, cancel)).Value,
            };
        }
        catch (Refusal refusal) when (refusal.Status == 404)
        {
            return null;
        }
    }

    private static string Text<T>(T body) => Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(body, Json.Options));
}
