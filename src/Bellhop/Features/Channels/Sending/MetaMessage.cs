using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bellhop.Features.Channels;

/// <summary>A message as Meta's calls take it, and what their answers say. Record in, JSON out; no network and no clock.</summary>
internal static class MetaMessage
{
    /// <summary>Error subcodes that say more than their code.</summary>
    private static readonly HashSet<long> Telling = [2018108, 2018278, 2534022, 2018001];

    /// <summary>The call's path below the version.</summary>
    public static string PathOf(Outgoing message) => message.Account + (message.IsMarketing ? "/marketing_messages" : "/messages");

    public static JsonObject BodyOf(Outgoing message) => message.Kind == AccountKind.WhatsApp ? WhatsApp(message) : Messaging(message);

    /// <summary>What an answer says; null where it is not the Graph API's.</summary>
    public static SendAnswer? Read(int status, JsonElement body)
    {
        if (body.In("error") is { ValueKind: JsonValueKind.Object } error)
        {
            return ErrorOf(error);
        }

        var id = body.Few("messages").Select(m => m.Id("id")).FirstOrDefault() ?? body.Id("message_id");
        return status is >= 200 and < 300 && id is not null ? new(SendOutcome.Taken, id) : null;
    }

    public static SendAnswer ErrorOf(JsonElement error)
    {
        var code = error.Number("error_subcode") is { } sub && Telling.Contains(sub) ? sub : error.Number("code") ?? -1000;
        var words = error.In("error_data").Name("details") ?? error.Name("error_user_msg") ?? error.Name("message");
        return new(SendOutcome.Refused, Code: (int)code, Text: words);
    }

    private static JsonObject WhatsApp(Outgoing message)
    {
        var body = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["recipient_type"] = "individual",
            ["biz_opaque_callback_data"] = message.OwnId,
        };

        // The number where it is known: not everything may be sent to a business-scoped id.
        body[message.GuestNumber is null ? "recipient" : "to"] = message.GuestNumber ?? message.GuestId;
        if (message.ReplyTo is { } quoted)
        {
            body["context"] = new JsonObject { ["message_id"] = quoted };
        }

        if (message.Template is { } template)
        {
            body["type"] = "template";
            body["template"] = TemplateOf(template);
        }
        else if (message.File is { } file)
        {
            var type = NameOf(file.Type);
            var part = new JsonObject { ["id"] = file.MediaId };
            if (message.Text is { } caption)
            {
                part["caption"] = caption;
            }

            if (type == "document")
            {
                part["filename"] = file.Name;
            }

            body["type"] = type;
            body[type] = part;
        }
        else
        {
            body["type"] = "text";
            body["text"] = new JsonObject { ["body"] = message.Text, ["preview_url"] = true };
        }

        return body;
    }

    private static JsonObject TemplateOf(OutgoingTemplate template)
    {
        var components = new JsonArray();
        AddPart("header", template.Values.Where(v => v.Key.StartsWith("header.", StringComparison.Ordinal)));
        AddPart("body", template.Values.Where(v => !v.Key.Contains('.', StringComparison.Ordinal)));
        foreach (var (name, value) in template.Values.Where(v => v.Key.StartsWith("button.", StringComparison.Ordinal)))
        {
            components.Add(
                new JsonObject
                {
                    ["type"] = "button",
                    ["sub_type"] = "url",
                    ["index"] = TemplateText.Bare(name),
                    ["parameters"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = value }),
                }
            );
        }

        return new()
        {
            ["name"] = template.Name,
            ["language"] = new JsonObject { ["code"] = template.Language },
            ["components"] = components,
        };

        void AddPart(string type, IEnumerable<KeyValuePair<string, string>> values)
        {
            var parameters = new JsonArray();
            foreach (var (name, value) in values)
            {
                var parameter = new JsonObject { ["type"] = "text", ["text"] = value };
                if (template.IsNamed)
                {
                    parameter["parameter_name"] = TemplateText.Bare(name);
                }

                parameters.Add(parameter);
            }

            if (parameters.Count > 0)
            {
                components.Add(new JsonObject { ["type"] = type, ["parameters"] = parameters });
            }
        }
    }

    private static JsonObject Messaging(Outgoing message)
    {
        var said = new JsonObject { ["metadata"] = message.OwnId };
        if (message.File is { } file)
        {
            said["attachment"] = new JsonObject
            {
                ["type"] = AttachmentOf(file.Type),
                ["payload"] = new JsonObject { ["attachment_id"] = file.MediaId },
            };
        }
        else
        {
            said["text"] = message.Text;
        }

        if (message.ReplyTo is { } quoted)
        {
            said["reply_to"] = new JsonObject { ["mid"] = quoted };
        }

        var body = new JsonObject
        {
            ["recipient"] = new JsonObject { ["id"] = message.GuestId },
            ["messaging_type"] = message.IsLate ? "MESSAGE_TAG" : "RESPONSE",
            ["message"] = said,
        };
        if (message.IsLate)
        {
            body["tag"] = "HUMAN_AGENT"; // every other tag is refused since April 2026
        }

        return body;
    }

    /// <summary>What Messenger and Instagram call a kind of file.</summary>
    public static string AttachmentOf(MessageType type) =>
        type is MessageType.Image or MessageType.Video or MessageType.Audio ? NameOf(type) : "file";

    public static string NameOf(MessageType type) =>
        type switch
        {
            MessageType.Image => "image",
            MessageType.Video => "video",
            MessageType.Audio => "audio",
            MessageType.Sticker => "sticker",
            _ => "document",
        };
}
