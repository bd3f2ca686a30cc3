using Bellhop.Data;
using Bellhop.Features.Channels;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>Keeps the part of an event that could not be read, until a person looks at it.</summary>
internal static class ParkItem
{
    public static async Task Run(
        ChannelItem item,
        string reason,
        ConnectionKind kind,
        ReadingSave save,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        // One part of a history holds a thousand messages: it is parked once, in whichever save.
        var isPast = item is PastItem;
        if (isPast && !save.Parks(item.Part, reason))
        {
            return;
        }

        var hook = save.Hook;
        var body = Channel.Cut(kind, hook.Body, item.Part);
        var parked = new ParkedItem
        {
            OrganizationId = hook.OrganizationId,
            ConnectionId = hook.ConnectionId,
            Body = body,
            Reason = reason,
            Summary = $"{AccountKinds.Name(item.Kind)} {(isPast ? "history" : item.GetType().Name[..^"Item".Length].ToLowerInvariant())}",
            At = hook.ReceivedAt,
        };
        var isThere =
            isPast
            && await db.ParkedItems.AnyAsync(
                p =>
                    p.OrganizationId == parked.OrganizationId
                    && p.ConnectionId == parked.ConnectionId
                    && p.At == parked.At
                    && p.Reason == reason
                    && p.Body == body,
                cancel
            );
        if (!isThere)
        {
            db.TellOfMany(hook.OrganizationId, "connection");
            db.ParkedItems.Add(parked);
        }
    }
}
