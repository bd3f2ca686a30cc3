using System.Text.Json;
using Bellhop.Platform;

namespace Bellhop.Features.Channels;

/// <summary>
/// Reads one event of the WhatsApp Cloud API (https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks). What concerns neither
/// a guest nor a template (calls, limits) gives nothing.
/// </summary>
internal static class WhatsAppEvent
{
    public static IEnumerable<ChannelItem> Read(MetaPayload.Part part)
    {
        if (part.Field == "history")
        {
            return WhatsAppHistory.Read(part);
        }

        var item = (part.Field, part.List) switch
        {
            // "standby": another program answers this guest, and we are told what is said.
            ("messages" or "standby", "messages") => Message(part),
            ("messages" or "standby", "statuses") => Status(part.Event),
            ("smb_message_echoes" or "messages" or "standby", "message_echoes") => Echo(part),
            ("calls", "calls") => Call(part),
            ("user_preferences", "user_preferences") => Preference(part),
            ("user_id_update", "user_id_update") => Moved(part.Event, part.Event),
            (_, "") => Template(part),
            _ => null,
        };
        return item is null
            ? []
            :
            [
                item with
                {
                    Kind = AccountKind.WhatsApp,
                    Account = part.Value.In("metadata").Id("phone_number_id"),
                    At = part.Event.Instant("timestamp") ?? (part.List.Length == 0 ? part.Entry.Instant("time") : null),
                },
            ];
    }

    private static TemplateItem? Template(MetaPayload.Part part)
    {
        var news = part.Event;
        var isStatus = part.Field == "message_template_status_update";
        return
            part.Entry.Id("id") is { Length: <= 64 } business
            && news.Id("message_template_name") is { Length: <= MessageTemplate.NameMax } name
            && news.Id("message_template_language") is { Length: <= 16 } language
            ? new(
                business,
                name,
                language,
                !isStatus ? null
                    : news.Word("event") is "REINSTATED" or "UNPAUSED" ? TemplateText.Approved
                    : news.Id("event"),
                news.Id("new_quality_score"),
                news.Id("new_category") ?? (isStatus ? news.Id("message_template_category") : null)
            )
            : null;
    }

    private static ChannelItem? Message(MetaPayload.Part part)
    {
        var message = part.Event;
        if (message.Has("group_id"))
        {
            return null; // a group is no guest
        }

        var type = message.Word("type");
        var guest = Sender(part, "from", "from_user_id");
        return type switch
        {
            "system" => Moved(message, message.In("system")),
            "reaction" => message.In("reaction").Id("message_id") is { } on
                ? new ReactionItem(guest, on, message.In("reaction").Text("emoji") ?? "")
                : new UnreadableItem("no-id"),
            "edit" => message.In("edit").Id("original_message_id") is { } edited
                ? new EditItem(edited, WhatsAppContent.Of(message.In("edit").In("message")).Text)
                : new UnreadableItem("no-id"),
            "revoke" => message.In("revoke").Id("original_message_id") is { } revoked
                ? new WithdrawalItem(revoked)
                : new UnreadableItem("no-id"),
            _ => Written(message, guest),
        };
    }

    private static ChannelItem Written(JsonElement message, Guest guest)
    {
        if (message.Id("id") is not { } id)
        {
            return new UnreadableItem("no-id");
        }

        if (!guest.IsNamed)
        {
            return new UnreadableItem("no-sender");
        }

        var content = WhatsAppContent.Of(message);
        return new MessageItem(
            guest,
            id,
            content.Type,
            content.Text,
            message.In("context").Id("id"),
            content.Attachments,
            content.Card,
            message.Has("referral") ? ReferralOf(message.In("referral")) : null,
            // The guest answered our request for the number: the card is the guest's own.
            message.Word("origin").StartsWith("contact_request", StringComparison.Ordinal)
                ? message.Few("contacts").SelectMany(c => c.Few("phones")).Select(p => p.Phone("phone")).FirstOrDefault()
                : null
        );
    }

    /// <summary>The guest: the ids in the event, and what the payload's contacts say of the same person.</summary>
    internal static Guest Sender(MetaPayload.Part part, string from, string fromId)
    {
        var (number, id) = IdsOf(part.Event, from, fromId);
        var contacts = part.Value.All("contacts").ToList();
        var isUnsaid = number is null && id is null && contacts.Count == 1;
        foreach (var contact in contacts)
        {
            var (its, itsId) = IdsOf(contact, "wa_id", "user_id");
            if (isUnsaid || (number is not null && IsSame(number, its)) || (id is not null && itsId == id))
            {
                var profile = contact.In("profile");
                return new(id ?? itsId, number ?? its, profile.Name("name"), profile.Name("username"));
            }
        }

        return new(id, number);
    }

    /// <summary>Whether it is the account's own number: people write notes to themselves, and are nobody's guest.</summary>
    internal static bool IsAccount(MetaPayload.Part part, Guest guest) =>
        guest.Number is { } number
        && part.Value.In("metadata").Name("display_phone_number") is { } own
        && IsSame(number, string.Concat(own.Where(char.IsAsciiDigit)));

    internal static bool IsSame(string number, string? other) =>
        other is not null && (other == number || (Phone.KeyOfDigits(other) is { Length: > 0 } key && key == Phone.KeyOfDigits(number)));

    /// <summary>A guest's number and business-scoped id. An id that stands in the number's place (US.1349) is no number.</summary>
    internal static (string? Number, string? Id) IdsOf(JsonElement element, string number, string id)
    {
        var (said, scoped) = (element.Id(number), element.Id(id));
        return said is [>= 'A' and <= 'Z', >= 'A' and <= 'Z', '.', ..] ? (null, scoped ?? said) : (said, scoped);
    }

    private static StatusItem? Status(JsonElement status)
    {
        var known = status.Word("status") switch
        {
            "sent" => DeliveryStatus.Sent,
            "delivered" => DeliveryStatus.Delivered,
            "read" or "played" => DeliveryStatus.Read,
            "failed" => DeliveryStatus.Failed,
            _ => (DeliveryStatus?)null,
        };
        if (known is not { } reached || status.Id("id") is not { } id || status.Word("recipient_type") == "group")
        {
            return null;
        }

        var error = status.All("errors").FirstOrDefault();
        var (number, user) = IdsOf(status, "recipient_id", "recipient_user_id");
        return new(
            new(user, number),
            [id],
            reached,
            OwnId: status.Id("biz_opaque_callback_data"),
            ErrorCode: error.Small("code"),
            ErrorText: error.In("error_data").Name("details") ?? error.Name("title")
        );
    }

    private static ChannelItem? Echo(MetaPayload.Part part)
    {
        var echo = part.Event;
        if (echo.Has("group_id") || echo.Word("recipient_type") == "group")
        {
            return null; // a group is no guest
        }

        switch (echo.Word("type"))
        {
            case "edit":
                return echo.In("edit").Id("original_message_id") is { } edited
                    ? new EditItem(edited, WhatsAppContent.Of(echo.In("edit").In("message")).Text)
                    : new UnreadableItem("no-id");
            case "revoke":
                return echo.In("revoke").Id("original_message_id") is { } revoked
                    ? new WithdrawalItem(revoked)
                    : new UnreadableItem("no-id");
            case "reaction" or "system":
                return null;
        }

        var content = WhatsAppContent.Of(echo);
        var guest = Sender(part, "to", "to_user_id");
        if (IsAccount(part, guest))
        {
            return null;
        }

        return echo.Id("id") is { } id && guest.IsNamed
            ? new EchoItem(guest, id, content.Type, content.Text, content.Attachments)
            : new UnreadableItem(guest.IsNamed ? "no-id" : "no-sender");
    }

    /// <summary>A guest who calls opens the window as one who writes does. What becomes of the call says nothing more.</summary>
    private static CallItem? Call(MetaPayload.Part part) =>
        part.Event.Word("event") == "connect" && part.Event.Word("direction") == "USER_INITIATED"
            ? Sender(part, "from", "from_user_id") is { IsNamed: true } guest
                ? new CallItem(guest)
                : null
            : null;

    private static ChannelItem? Preference(MetaPayload.Part part)
    {
        var said = part.Event;
        var (number, user) = IdsOf(said, "wa_id", "user_id");
        var guest = new Guest(user, number);
        var wish = said.Word("value").ToLowerInvariant();
        return wish is "stop" or "resume" or "signup" && guest.IsNamed
            ? new PreferenceItem(guest, wish != "stop", said.Id("signup_id"))
            : null;
    }

    /// <summary>A change of number or of business-scoped id. Other system messages (a new device) say nothing of the guest.</summary>
    private static ChannelItem? Moved(JsonElement message, JsonElement change)
    {
        var isNumber = change.Word("type") is "user_changed_number" or "customer_changed_number";
        if (!isNumber && change.Word("type") is not ("user_changed_user_id" or ""))
        {
            return null;
        }

        var ids = change.In("user_id");
        var newId = ids.Id("current") ?? change.Id("user_id") ?? change.Id("new_user_id");
        var oldId = ids.Id("previous") ?? change.Id("previous_user_id") ?? message.Id("from_user_id") ?? FirstIdIn(change, newId);
        var newNumber = change.Id("new_wa_id") ?? change.Id("wa_id");
        var (number, scoped) = IdsOf(message, "from", "from_user_id");
        // Where only the id is another one now, the number still leads to a guest whose earlier id was never seen.
        var from = new Guest(oldId ?? scoped, number ?? (isNumber ? change.Id("customer") : change.Id("wa_id")));
        var to = new Guest(newId, isNumber ? newNumber : null);
        return from.IsNamed && to.IsNamed ? new GuestMovedItem(from, to)
            : isNumber ? new UnreadableItem("no-sender")
            : null;
    }

    // Some events name the earlier id only in their sentence: "User A changed from US.1 to US.2".
    private static string? FirstIdIn(JsonElement change, string? newId)
    {
        var words = (change.Name("body") ?? "").Split(' ');
        var from = Array.LastIndexOf(words, "from");
        return from >= 0 && from + 3 < words.Length && words[from + 2] == "to" && words[from + 3] == newId ? words[from + 1] : null;
    }

    private static Referral ReferralOf(JsonElement referral) =>
        new(
            referral.Id("source_id"),
            referral.Name("source_type"),
            referral.Name("source_url"),
            referral.Name("headline"),
            referral.Id("ctwa_clid"),
            null
        );
}
