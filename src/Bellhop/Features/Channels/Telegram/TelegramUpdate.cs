using System.Text.Json;

namespace Bellhop.Features.Channels;

/// <summary>
/// Reads one update of the Telegram Bot API (https://core.telegram.org/bots/api#update). We read it ourselves and not with Telegram.Bot's
/// records: they refuse a whole update for one member of another type, and then a guest's message would be lost.
/// </summary>
internal static class TelegramUpdate
{
    private static readonly (string Name, MessageType Type)[] Files =
    [
        ("animation", MessageType.Video), // has a document beside it
        ("photo", MessageType.Image),
        ("video", MessageType.Video),
        ("video_note", MessageType.Video),
        ("voice", MessageType.Audio),
        ("audio", MessageType.Audio),
        ("sticker", MessageType.Sticker),
        ("document", MessageType.Document),
    ];

    /// <summary>What the program itself says in a chat, and no guest writes.</summary>
    private static readonly string[] Service =
    [
        "pinned_message",
        "message_auto_delete_timer_changed",
        "write_access_allowed",
        "connected_website",
        "chat_background_set",
    ];

    public static IEnumerable<ChannelItem> Read(JsonElement update) =>
        Deleted(update.In("deleted_business_messages"))
            .Append(ReadOne(update))
            .OfType<ChannelItem>()
            .Select(item => item with { Kind = AccountKind.Telegram });

    private static IEnumerable<ChannelItem?> Deleted(JsonElement deleted)
    {
        var chat = deleted.In("chat").Id("id");
        return chat is null || !IsPrivate(deleted)
            ? []
            : deleted
                .All("message_ids")
                .Select(id =>
                    id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number) ? new WithdrawalItem($"{chat}:{number}") : null
                );
    }

    private static ChannelItem? ReadOne(JsonElement update)
    {
        if (update.FirstOf("message", "business_message") is { ValueKind: JsonValueKind.Object } message)
        {
            return Message(message);
        }

        if (update.FirstOf("edited_message", "edited_business_message") is { ValueKind: JsonValueKind.Object } edited)
        {
            // A place that moves is sent as an edit every few seconds.
            return !IsPrivate(edited) || edited.Has("location") ? null
                : MessageId(edited) is { } id ? new EditItem(id, TextOf(edited)) { At = edited.Instant("edit_date") }
                : new UnreadableItem("no-id");
        }

        if (update.Has("callback_query"))
        {
            return Tap(update.In("callback_query"));
        }

        // A guest who blocks the bot takes it out of their private chat; in a group it is other people's business.
        var membership = update.In("my_chat_member");
        return membership.In("chat").Word("type") == "private" && GuestOf(membership.In("from")) is { IsNamed: true } guest
            ? new ReachItem(guest, membership.In("new_chat_member").Word("status") is not ("kicked" or "left"))
            {
                At = membership.Instant("date"),
            }
            : null;
    }

    private static ChannelItem? Message(JsonElement message)
    {
        if (!IsPrivate(message))
        {
            return null;
        }

        var from = message.In("from");
        if (from.IsTrue("is_bot") || Array.Exists(Service, s => message.Has(s)))
        {
            return null;
        }

        if (MessageId(message) is not { } id || GuestOf(from) is not { IsNamed: true } guest)
        {
            return new UnreadableItem(from.Has("id") ? "no-id" : "no-sender");
        }

        // What the owner of a business account writes in the guest's chat is our side's answer.
        if (message.Has("business_connection_id") && from.Id("id") != message.In("chat").Id("id"))
        {
            var (kind, files) = FilesOf(message);
            return new EchoItem(GuestOf(message.In("chat")), id, kind ?? MessageType.Text, TextOf(message), files)
            {
                At = message.Instant("date"),
            };
        }

        var (type, attachments) = FilesOf(message);
        var card = message.In("contact");
        var place = message.In("location");
        var isForwarded = message.Has("forward_origin") || message.Has("forward_date");
        // A card that is handed on may hold a number of long ago.
        var isOwn = !isForwarded && card.Id("user_id") is { } owner && owner == from.Id("id");
        return new MessageItem(
            guest,
            id,
            type
                ?? (
                    card.ValueKind == JsonValueKind.Object ? MessageType.Contacts
                    : place.ValueKind == JsonValueKind.Object ? MessageType.Location
                    : message.Has("text") ? MessageType.Text
                    : MessageType.Unsupported
                ),
            TextOf(message),
            MessageId(message.In("reply_to_message")),
            attachments,
            Payload.Card(
                ("latitude", place.Decimal("latitude")),
                ("longitude", place.Decimal("longitude")),
                ("name", card.Name("first_name") ?? message.In("venue").Name("title")),
                ("address", message.In("venue").Name("address")),
                ("phone", card.Phone("phone_number")),
                ("forwarded", isForwarded ? true : null),
                ("businessConnection", message.Id("business_connection_id")),
                ("album", message.Id("media_group_id"))
            ),
            Start(message) is { } start ? new(null, null, null, null, null, start) : null,
            isOwn ? card.Phone("phone_number") : null
        )
        {
            At = message.Instant("date"),
        };
    }

    /// <summary>A tap on a button below a message of ours.</summary>
    private static ChannelItem? Tap(JsonElement tap) =>
        tap.In("from").IsTrue("is_bot") || (tap.In("message").Has("chat") && !IsPrivate(tap.In("message"))) ? null
        : tap.Id("id") is { } id && GuestOf(tap.In("from")) is { IsNamed: true } guest
            ? new MessageItem(guest, $"callback:{id}", MessageType.Interactive, tap.Text("data"), MessageId(tap.In("message")))
        : new UnreadableItem(tap.Has("id") ? "no-sender" : "no-id");

    private static bool IsPrivate(JsonElement message) => message.In("chat").Word("type") == "private";

    /// <summary>Telegram counts its messages per chat, so the chat is part of the id.</summary>
    private static string? MessageId(JsonElement message) =>
        message.Id("message_id") is { } id && message.In("chat").Id("id") is { } chat ? $"{chat}:{id}" : null;

    private static Guest GuestOf(JsonElement person)
    {
        var names = new[] { person.Name("first_name"), person.Name("last_name") }.OfType<string>();
        var name = string.Join(' ', names);
        return new(person.Id("id"), Name: name.Length == 0 ? null : name, Username: person.Name("username"));
    }

    private static string? TextOf(JsonElement message) => message.Text("text") ?? message.Text("caption");

    // What stands behind /start is what the link that the guest followed carried.
    private static string? Start(JsonElement message) =>
        message.Name("text") is { } text && text.StartsWith("/start ", StringComparison.Ordinal) && text.Length <= "/start ".Length + 64
            ? text["/start ".Length..]
            : null;

    private static (MessageType? Type, List<Attachment>? Files) FilesOf(JsonElement message)
    {
        foreach (var (name, type) in Files)
        {
            if (message.Has(name))
            {
                // A photo comes in several sizes, the largest last.
                var file = name == "photo" ? message.Few(name).LastOrDefault() : message.In(name);
                return (
                    type,
                    [
                        new(
                            name,
                            file.Id("file_id"),
                            FileName: file.Name("file_name"),
                            ContentType: file.Name("mime_type"),
                            Bytes: file.Number("file_size")
                        ),
                    ]
                );
            }
        }

        return (null, null);
    }
}
