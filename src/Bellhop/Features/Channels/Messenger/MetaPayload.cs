using System.Text.Json;

namespace Bellhop.Features.Channels;

/// <summary>
/// Takes Meta's envelope apart. One POST carries many entries; an entry has changes (WhatsApp) or events (Messenger, Instagram).
/// </summary>
internal static class MetaPayload
{
    private static readonly string[] Lists =
    [
        "messages",
        "statuses",
        "message_echoes",
        "user_preferences",
        "user_id_update",
        "calls",
        "history",
    ];

    /// <summary>Of these, the change itself is the event.</summary>
    private static readonly string[] Whole =
    [
        "message_template_status_update",
        "message_template_quality_update",
        "message_template_components_update",
        "template_category_update",
    ];

    /// <summary>One event and what stands around it.</summary>
    /// <param name="Object">The kind of account: <c>whatsapp_business_account</c>, <c>page</c> or <c>instagram</c>.</param>
    /// <param name="Entry">The account's entry.</param>
    /// <param name="Value">For WhatsApp: the change that holds the event.</param>
    /// <param name="Field">For WhatsApp: what the change is about.</param>
    /// <param name="List">The list that the event stands in; empty where the change itself is the event.</param>
    /// <param name="Event">The event.</param>
    public readonly record struct Part(string Object, JsonElement Entry, JsonElement Value, string Field, string List, JsonElement Event)
    {
        public IEnumerable<ChannelItem> Read() =>
            Object switch
            {
                "whatsapp_business_account" => WhatsAppEvent.Read(this),
                "page" => MessagingEvent.Read(this, AccountKind.Messenger),
                "instagram" => MessagingEvent.Read(this, AccountKind.Instagram),
                _ => [],
            };

        /// <summary>A payload with this event alone.</summary>
        public byte[] Alone()
        {
            using var bytes = new MemoryStream();
            using (var json = new Utf8JsonWriter(bytes))
            {
                json.WriteStartObject();
                json.WriteString("object", Object);
                json.WriteStartArray("entry");
                json.WriteStartObject();
                Copy(json, Entry, "changes", "messaging", "standby");
                if (Value.ValueKind == JsonValueKind.Object)
                {
                    json.WriteStartArray("changes");
                    json.WriteStartObject();
                    json.WriteString("field", Field);
                    json.WriteStartObject("value");
                    Copy(json, Value, Lists);
                    if (List.Length > 0)
                    {
                        WriteList(json);
                    }

                    json.WriteEndObject();
                    json.WriteEndObject();
                    json.WriteEndArray();
                }
                else
                {
                    WriteList(json);
                }

                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
            }

            return bytes.ToArray();
        }

        private void WriteList(Utf8JsonWriter json)
        {
            json.WriteStartArray(List);
            Event.WriteTo(json);
            json.WriteEndArray();
        }

        private static void Copy(Utf8JsonWriter json, JsonElement from, params ReadOnlySpan<string> except)
        {
            foreach (var member in from.EnumerateObject())
            {
                if (!except.Contains(member.Name))
                {
                    member.WriteTo(json);
                }
            }
        }
    }

    // Meta's test button, and some subscriptions of Instagram, write a messaging event as a change.
    private static bool IsMessaging(string kind, string field, JsonElement value) =>
        kind is "page" or "instagram"
        && field.StartsWith("messag", StringComparison.Ordinal)
        && value.Has("sender")
        && value.Has("recipient");

    public static IEnumerable<Part> Parts(JsonElement payload)
    {
        var kind = payload.Word("object");
        foreach (var entry in payload.All("entry"))
        {
            // "standby" is left out: there, another program owns the conversation.
            foreach (var messaging in entry.All("messaging"))
            {
                yield return new(kind, entry, default, "", "messaging", messaging);
            }

            foreach (var change in entry.All("changes"))
            {
                var value = change.In("value");
                if (IsMessaging(kind, change.Word("field"), value))
                {
                    yield return new(kind, entry, default, "", "messaging", value);
                    continue;
                }

                if (Whole.Contains(change.Word("field"), StringComparer.Ordinal))
                {
                    yield return new(kind, entry, value, change.Word("field"), "", value);
                    continue;
                }

                foreach (var list in Lists)
                {
                    foreach (var said in value.All(list))
                    {
                        yield return new(kind, entry, value, change.Word("field"), list, said);
                    }
                }
            }
        }
    }
}
