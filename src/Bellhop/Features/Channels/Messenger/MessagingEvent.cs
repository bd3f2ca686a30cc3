using System.Text.Json;

namespace Bellhop.Features.Channels;

/// <summary>
/// Reads one event of Messenger or Instagram messaging (https://developers.facebook.com/docs/messenger-platform/reference/webhook-events).
/// </summary>
internal static class MessagingEvent
{
    private const int MostReceipts = 500;

    public static IEnumerable<ChannelItem> Read(MetaPayload.Part part, AccountKind kind)
    {
        var said = part.Event;
        var entry = part.Entry.Id("id");

        // What the account sends is our side's, also where it is not marked so.
        var isEcho = said.In("message").IsTrue("is_echo") || (entry is not null && said.In("sender").Id("id") == entry);
        var (guest, account) = isEcho ? ("recipient", "sender") : ("sender", "recipient");
        if (said.In(guest).Id("id") is { } theirs && (theirs == entry || theirs == said.In(account).Id("id")))
        {
            return []; // an account that writes to itself is nobody's guest
        }

        return ReadOne(said, GuestOf(said.In(guest)), isEcho) is { } item
            ? [item with { Kind = kind, Account = entry, AccountInside = said.In(account).Id("id"), At = said.Instant("timestamp") }]
            : [];
    }

    // A name for one visit is no person: the guest has not let the page know who they are.
    private static Guest GuestOf(JsonElement sender) =>
        sender.Id("id") is { } id ? new(id)
        : sender.Id("user_ref") is { } visit ? new($"user_ref:{visit}", IsPerson: false)
        : new(null);

    private static ChannelItem? ReadOne(JsonElement said, Guest guest, bool isEcho)
    {
        if (said.Has("message"))
        {
            return Message(said.In("message"), guest, isEcho);
        }

        if (isEcho && !said.Has("message_edit"))
        {
            return null; // what our side reads, taps or thinks of a message says nothing of the guest
        }

        if (said.Has("message_edit"))
        {
            var edit = said.In("message_edit");
            return edit.Id("mid") is { } on ? new EditItem(on, edit.Text("text")) : new UnreadableItem("no-id");
        }

        if (said.Has("postback"))
        {
            return Postback(said, guest);
        }

        if (said.Has("reaction"))
        {
            var reaction = said.In("reaction");
            var emoji = reaction.Word("action") == "unreact" ? "" : reaction.Text("emoji") ?? reaction.Text("reaction") ?? "";
            return reaction.Id("mid") is { } on ? new ReactionItem(guest, on, emoji) : new UnreadableItem("no-id");
        }

        if (said.Has("delivery"))
        {
            var delivery = said.In("delivery");
            var ids = delivery.All("mids").Take(MostReceipts).Select(Id).OfType<string>().ToList();
            return new StatusItem(guest, ids, DeliveryStatus.Delivered, UpTo: delivery.Instant("watermark"));
        }

        if (said.Has("read"))
        {
            var read = said.In("read");
            return new StatusItem(guest, [], DeliveryStatus.Read, UpTo: read.Instant("watermark"), UpToId: read.Id("mid"));
        }

        return null;
    }

    private static string? Id(JsonElement id) =>
        id.ValueKind == JsonValueKind.String && Payload.Storable(id) is { Length: > 0 and <= ChannelItem.IdMax } text ? text : null;

    private static ChannelItem Message(JsonElement message, Guest guest, bool isEcho)
    {
        if (message.Id("mid") is not { } id || !guest.IsNamed)
        {
            return new UnreadableItem(guest.IsNamed ? "no-id" : "no-sender");
        }

        if (message.IsTrue("is_deleted"))
        {
            return new WithdrawalItem(id);
        }

        var text = message.Text("text");
        var attachments = message.Few("attachments").Select(AttachmentOf).ToList();
        var type = TypeOf(message, text, attachments);
        if (isEcho)
        {
            return new EchoItem(guest, id, type, text, attachments, message.Id("metadata"));
        }

        var story = message.In("reply_to").In("story");
        var place = message.Few("attachments").Select(a => a.In("payload").In("coordinates")).FirstOrDefault(c => c.Has("lat"));
        var card = Payload.Card(
            ("latitude", place.Decimal("lat")),
            ("longitude", place.Decimal("long")),
            ("story", story.Id("id")),
            ("storyUrl", story.Address("url")),
            ("payload", message.In("quick_reply").Text("payload"))
        );
        var referral = message.Has("referral") ? ReferralOf(message.In("referral")) : null;
        return new MessageItem(guest, id, type, text, message.In("reply_to").Id("mid"), attachments, card, referral);
    }

    // A tap on a button has an id only since 2024; before, its instant tells one tap from another.
    private static ChannelItem Postback(JsonElement said, Guest guest)
    {
        var tap = said.In("postback");
        var text = tap.Text("title") ?? tap.Text("payload");
        var id = tap.Id("mid") ?? (said.Number("timestamp") is { } at && guest.Id is not null ? $"postback:{guest.Id}:{at}" : null);
        return id is null || !guest.IsNamed
            ? new UnreadableItem(guest.IsNamed ? "no-id" : "no-sender")
            : new MessageItem(
                guest,
                id,
                MessageType.Interactive,
                text,
                Card: Payload.Card(("payload", tap.Text("payload"))),
                Referral: tap.Has("referral") ? ReferralOf(tap.In("referral")) : null
            );
    }

    private static MessageType TypeOf(JsonElement message, string? text, List<Attachment> attachments) =>
        message.IsTrue("is_unsupported") ? MessageType.Unsupported
        : text is not null ? MessageType.Text
        : (attachments.Count == 0 ? "" : attachments[0].Kind) switch
        {
            "image" or "animated_image" or "story_mention" => MessageType.Image,
            "video" or "ig_reel" or "reel" => MessageType.Video,
            "audio" => MessageType.Audio,
            "file" => MessageType.Document,
            "sticker" => MessageType.Sticker,
            "location" => MessageType.Location,
            "template" => MessageType.Template,
            "fallback" or "share" or "post" or "ig_post" or "ig_story" => MessageType.Text,
            _ => MessageType.Unsupported,
        };

    private static Attachment AttachmentOf(JsonElement attachment)
    {
        var payload = attachment.In("payload");
        return new(
            attachment.Word("type"),
            payload.Id("sticker_id"),
            payload.Address("url") ?? attachment.Address("url"),
            attachment.Name("title") ?? payload.Name("title")
        );
    }

    private static Referral ReferralOf(JsonElement referral) =>
        new(
            referral.Id("ad_id"),
            referral.Name("type"),
            referral.Name("referer_uri"),
            referral.In("ads_context_data").Name("ad_title"),
            null,
            referral.Name("ref")
        );
}
