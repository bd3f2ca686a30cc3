using System.Text.Json;

namespace Bellhop.Features.Channels;

/// <summary>
/// Reads what was written by the phone's app before the number was connected: half a year, thread by thread, in parts of any order. Files
/// come later, as messages of the same ids.
/// </summary>
internal static class WhatsAppHistory
{
    public static IEnumerable<ChannelItem> Read(MetaPayload.Part part) =>
        (
            part.List switch
            {
                "history" => part.Event.All("threads").SelectMany(thread => Thread(part, thread)),
                "messages" => [OfFile(part)],
                _ => [],
            }
        )
            .OfType<PastItem>()
            .Select(item => item with { Kind = AccountKind.WhatsApp, Account = part.Value.In("metadata").Id("phone_number_id") });

    private static IEnumerable<PastItem?> Thread(MetaPayload.Part part, JsonElement thread)
    {
        var (number, id) = WhatsAppEvent.IdsOf(thread, "id", "user_id");
        var (more, moreId) = WhatsAppEvent.IdsOf(thread.In("context"), "wa_id", "user_id");
        var guest = new Guest(id ?? moreId, number ?? more, Username: thread.In("context").Name("username"));
        return WhatsAppEvent.IsAccount(part, guest)
            ? []
            : thread.All("messages").Select(message => Message(message, guest, IsOf(guest, message)));
    }

    /// <summary>Whether the guest wrote it; what is not the guest's is our side's.</summary>
    private static bool IsOf(Guest guest, JsonElement message)
    {
        var (number, id) = WhatsAppEvent.IdsOf(message, "from", "from_user_id");
        return (id is not null && id == guest.Id) || (number is not null && WhatsAppEvent.IsSame(number, guest.Number));
    }

    private static PastItem? OfFile(MetaPayload.Part part)
    {
        var (from, _) = WhatsAppEvent.IdsOf(part.Event, "from", "from_user_id");
        var isOurs = part.Event.Has("to") || part.Event.Has("to_user_id") || WhatsAppEvent.IsAccount(part, new(null, from));
        var guest = isOurs ? WhatsAppEvent.Sender(part, "to", "to_user_id") : WhatsAppEvent.Sender(part, "from", "from_user_id");
        return WhatsAppEvent.IsAccount(part, guest) ? null : Message(part.Event, guest, !isOurs);
    }

    private static PastItem? Message(JsonElement message, Guest guest, bool isGuests)
    {
        // What was changed is there as it stood in the end.
        if (message.Id("id") is not { } id || message.Word("type") is "reaction" or "system" or "edit" or "revoke")
        {
            return null;
        }

        var content = WhatsAppContent.Of(message);
        var status = message.In("history_context").Word("status").ToUpperInvariant() switch
        {
            "DELIVERED" => DeliveryStatus.Delivered,
            "READ" or "PLAYED" => DeliveryStatus.Read,
            "ERROR" => DeliveryStatus.Failed,
            _ => DeliveryStatus.Sent,
        };
        return new(
            guest,
            id,
            isGuests,
            content.Type,
            content.Text,
            message.In("context").Id("id"),
            content.Attachments,
            content.Card,
            status
        )
        {
            At = message.Instant("timestamp"),
        };
    }
}
