using System.Text.Json;

namespace Bellhop.Features.Channels;

/// <summary>What a WhatsApp message holds, of any type.</summary>
internal readonly record struct WhatsAppContent(
    MessageType Type,
    string? Text = null,
    IReadOnlyList<Attachment>? Attachments = null,
    string? Card = null
)
{
    public static WhatsAppContent Of(JsonElement message)
    {
        // Some programs between leave the type out.
        var type = message.Has("type") || !message.Has("text") ? message.Word("type") : "text";
        var part = message.In(type);
        return type switch
        {
            "text" => new(MessageType.Text, part.Text("body")),
            "image" => File(MessageType.Image, type, part),
            "video" => File(MessageType.Video, type, part),
            "audio" => File(MessageType.Audio, type, part),
            "document" => File(MessageType.Document, type, part),
            "sticker" => File(MessageType.Sticker, type, part),
            "location" => new(
                MessageType.Location,
                Card: Payload.Card(
                    ("latitude", part.Decimal("latitude")),
                    ("longitude", part.Decimal("longitude")),
                    ("name", part.Name("name")),
                    ("address", part.Name("address")),
                    ("url", part.Name("url"))
                )
            ),
            "contacts" => new(MessageType.Contacts, Card: Cards(message)),
            "button" => new(MessageType.Interactive, part.Text("text"), Card: Payload.Card(("payload", part.Text("payload")))),
            "interactive" => Interactive(part),
            "order" => new(MessageType.Interactive, part.Text("text"), Card: Payload.Card(("order", part.Few("product_items").Count()))),
            _ => new(MessageType.Unsupported, Card: Payload.Card(("type", message.In("unsupported").Id("type") ?? message.Id("type")))),
        };
    }

    private static WhatsAppContent File(MessageType type, string kind, JsonElement file) =>
        new(
            type,
            file.Text("caption"),
            [new(kind, file.Id("id"), file.Address("url"), file.Name("filename"), file.Name("mime_type"), file.Number("file_size"))]
        );

    private static WhatsAppContent Interactive(JsonElement part)
    {
        var reply = part.FirstOf("button_reply", "list_reply");
        return new(
            MessageType.Interactive,
            reply.Text("title"),
            Card: Payload.Card(
                ("type", part.Id("type")),
                ("payload", reply.Text("id")),
                ("description", reply.Text("description")),
                ("answer", part.In("call_permission_reply").Id("response")),
                ("form", part.In("nfm_reply").Text("response_json"))
            )
        );
    }

    /// <summary>Cards of third persons: shown, and never taken for the guest's own.</summary>
    private static string? Cards(JsonElement message) =>
        Payload.Card(
            (
                "contacts",
                message
                    .Few("contacts")
                    .Select(c => new
                    {
                        Name = c.In("name").Name("formatted_name"),
                        Phones = c.Few("phones").Select(p => p.Name("phone")).OfType<string>().ToList(),
                    })
                    .ToList()
            )
        );
}
