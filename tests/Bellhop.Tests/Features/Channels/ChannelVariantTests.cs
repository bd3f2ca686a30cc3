using System.Text;
using Bellhop.Features.Channels;

namespace Bellhop.Tests.Features.Channels;

/// <summary>Events of Meta and Telegram as they also come; without an app.</summary>
public class ChannelVariantTests
{
    // It passes Luhn's test by chance, as one phone in ten does.
    private const string LuckyPhone = "4915123456704";

    [Theory]
    [InlineData("""{"text":"half \ud83d"}""", "half \uFFFD")]
    [InlineData("""{"text":"\ude00 half"}""", "\uFFFD half")]
    [InlineData("""{"text":"whole \ud83d\ude00"}""", "whole \uD83D\uDE00")]
    [InlineData("""{"text":"\\ud83d is no escape"}""", "\\ud83d is no escape")]
    public void Half_a_character_loses_no_text(string message, string text)
    {
        var raw = Encoding.UTF8.GetBytes(
            """{"message":{"message_id":5,"from":{"id":7},"chat":{"id":7,"type":"private"},""" + message[1..] + "}"
        );
        Channel.Mask(raw).ShouldBeTrue();
        Channel.Read(ConnectionKind.Telegram, raw).ShouldHaveSingleItem().ShouldBeOfType<MessageItem>().Text.ShouldBe(text);
    }

    [Fact]
    public void Half_a_character_where_no_text_is_expected_stops_no_reading_and_no_cutting()
    {
        var raw = Encoding.UTF8.GetBytes(
            """{"object":"page","entry":[{"id":"P","\ud800x":1,"messaging":[{"sender":{"id":"U"},"recipient":{"id":"P"},"delivery":"""
                + """{"mids":["\ud800"],"watermark":1}}]}]}"""
        );
        Channel.Mask(raw).ShouldBeTrue();
        var item = Channel.Read(ConnectionKind.Meta, raw).ShouldHaveSingleItem();
        Channel.Read(ConnectionKind.Meta, Channel.Cut(ConnectionKind.Meta, raw, item.Part)).ShouldHaveSingleItem();
    }

    [Fact]
    public void Bytes_that_are_no_characters_lose_no_text()
    {
        byte[] raw =
        [
            .. """{"message":{"message_id":5,"from":{"id":7},"chat":{"id":7,"type":"private"},"text":"caf"""u8,
            0xE9,
            .. "\"}}"u8,
        ];
        Channel.Mask(raw).ShouldBeTrue();
        Channel.Read(ConnectionKind.Telegram, raw).ShouldHaveSingleItem().ShouldBeOfType<MessageItem>().Text.ShouldBe("caf?");
    }

    [Theory]
    [InlineData(""" "text":"4111\u00a01111\u00a01111\u00a01111" """)]
    [InlineData(""" "text":"\u0034111\n1111\n1111\n1111" """)]
    [InlineData(""" "text":"\uff14111 1111 1111 1111" """)]
    [InlineData(""" "text":"４111 1111 1111 1111" """)]
    [InlineData(""" "te\u0078t":"4111111111111111" """)]
    [InlineData(""" "quote":{"text":"4111111111111111"} """)]
    [InlineData(""" "poll":{"question":"4111111111111111"} """)]
    [InlineData(""" "contact":{"first_name":"4111111111111111","phone_number":"4111 1111 1111 1111","vcard":"NOTE:4111111111111111"} """)]
    [InlineData(""" "interactive":{"nfm_reply":{"response_json":"{\"card\":\"4111 1111 1111 1111\"}"}} """)]
    public void No_card_number_is_left_in_a_payload_however_it_is_written(string member)
    {
        var raw = Encoding.UTF8.GetBytes("{\"message\":{" + member.Trim() + "}}");
        var before = raw.Length;
        Channel.Mask(raw).ShouldBeTrue();

        raw.Length.ShouldBe(before);
        var kept = System.Text.RegularExpressions.Regex.Unescape(
            Encoding.UTF8.GetString(raw).Replace("\\\"", "", StringComparison.Ordinal)
        );
        string.Concat(kept.Where(char.IsDigit).Select(c => (int)char.GetNumericValue(c))).ShouldNotContain("41111111111111");
    }

    [Fact]
    public void A_guests_own_number_that_looks_like_a_card_number_stays_a_number()
    {
        var own = Telegram(
            """ "message":{"message_id":5,"from":{"id":7},"chat":{"id":7,"type":"private"},"""
                + $$$""" "contact":{"phone_number":"{{{LuckyPhone}}}","user_id":7}} """
        );
        own.ShouldHaveSingleItem().ShouldBeOfType<MessageItem>().OwnPhone.ShouldBe(LuckyPhone);
        var sent = WhatsApp(
            $$$""" "type":"contacts","origin":"contact_request/x","contacts":[{"phones":[{"phone":"{{{LuckyPhone}}}"}]}] """
        );
        sent.ShouldBeOfType<MessageItem>().OwnPhone.ShouldBe(LuckyPhone);
    }

    [Fact]
    public void A_card_that_is_handed_on_proves_no_number() =>
        Telegram(
                """
                "message":{"message_id":5,"from":{"id":7},"chat":{"id":7,"type":"private"},"forward_origin":{"type":"user"},
                "contact":{"phone_number":"34600111222","user_id":7}}
                """
            )
            .ShouldHaveSingleItem()
            .ShouldBeOfType<MessageItem>()
            .OwnPhone.ShouldBeNull();

    [Fact]
    public void Messages_that_a_guest_deletes_in_a_business_chat_are_withdrawn()
    {
        var deleted =
            """ "deleted_business_messages":{"business_connection_id":"b","chat":{"id":7,"type":"private"},"message_ids":[5,6]} """;
        Telegram(deleted).Cast<WithdrawalItem>().Select(w => w.On).ShouldBe(["7:5", "7:6"]);
        Telegram(deleted.Replace("private", "group", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(""" "message":{"message_id":5,"from":{"id":7},"chat":{"id":7,"type":"private"},"pinned_message":{"message_id":1}} """)]
    [InlineData(""" "message":{"message_id":5,"from":{"id":7},"chat":{"id":7,"type":"private"},"write_access_allowed":{}} """)]
    [InlineData(""" "edited_message":{"message_id":5,"from":{"id":7},"chat":{"id":7,"type":"private"},"location":{"latitude":1}} """)]
    [InlineData(""" "callback_query":{"id":"c","from":{"id":7},"data":"d","message":{"message_id":4,"chat":{"id":-1,"type":"group"}}} """)]
    [InlineData(""" "callback_query":{"id":"c","from":{"id":7,"is_bot":true},"data":"d"} """)]
    public void What_no_guest_writes_to_us_is_no_message(string update) => Telegram(update).ShouldBeEmpty();

    [Fact]
    public void A_business_scoped_id_in_the_place_of_the_number_is_no_number()
    {
        var from = WhatsApp(""" "from":"US.13491208655302741918","type":"text","text":{"body":"hi"} """).ShouldBeOfType<MessageItem>().From;
        (from.Id, from.Number).ShouldBe(("US.13491208655302741918", null));
    }

    [Theory]
    [InlineData(""" "system":{"type":"customer_changed_number","new_wa_id":"34600999888"} """)]
    [InlineData(""" "system":{"type":"user_changed_number","wa_id":"34600999888"} """)]
    [InlineData(""" "from":null,"system":{"type":"user_changed_number","customer":"34600111222","wa_id":"34600999888"} """)]
    public void A_changed_number_is_read_in_every_form_that_it_had(string message)
    {
        var moved = WhatsApp(""" "type":"system",""" + message).ShouldBeOfType<GuestMovedItem>();
        (moved.From.Number, moved.To.Number).ShouldBe(("34600111222", "34600999888"));
        WhatsApp(""" "type":"system","from":null,"system":{"type":"user_changed_number","wa_id":"34600999888"} """)
            .ShouldBeOfType<UnreadableItem>("nobody knows whose number it was");
    }

    [Fact]
    public void A_guest_who_stops_marketing_is_heard_in_any_case() =>
        Channel
            .Read(ConnectionKind.Meta, Value("user_preferences", """ "user_preferences":[{"wa_id":"34600111222","value":"STOP"}] """))
            .ShouldHaveSingleItem()
            .ShouldBeOfType<PreferenceItem>()
            .Wants.ShouldBeFalse();

    [Theory]
    [InlineData("\"131047\"", 131047)]
    [InlineData("131047", 131047)]
    [InlineData("99999999999999", null)]
    [InlineData("{}", null)]
    public void The_code_of_a_failure_may_be_text_or_nonsense(string code, int? read)
    {
        var statuses = """ "statuses":[{"id":"w","status":"failed","errors":[{"code":CODE}]}] """.Replace(
            "CODE",
            code,
            StringComparison.Ordinal
        );
        Channel
            .Read(ConnectionKind.Meta, Value("messages", statuses))
            .ShouldHaveSingleItem()
            .ShouldBeOfType<StatusItem>()
            .ErrorCode.ShouldBe(read);
    }

    [Fact]
    public void What_the_account_sends_is_our_sides_also_where_it_is_not_marked_so()
    {
        var echo = Messenger(""" "sender":{"id":"P"},"recipient":{"id":"U"},"message":{"mid":"m","text":"x"} """);
        echo.ShouldHaveSingleItem().ShouldBeOfType<EchoItem>().To.Id.ShouldBe("U");
    }

    // One account may be named by two ids: one at the entry, another one inside.
    [Theory]
    [InlineData("P", "P")]
    [InlineData("P2", "P2")]
    [InlineData("P2", "P")]
    public void What_an_account_writes_to_itself_is_nobodys(string sender, string recipient)
    {
        var between = $$""" "sender":{"id":"{{sender}}"},"recipient":{"id":"{{recipient}}"},"message":{"mid":"m","text":"x" """;
        Messenger(between + ""","is_echo":true}""").ShouldBeEmpty();
        Messenger(between + "}").Count.ShouldBe(sender == recipient ? 0 : 1, "another id that writes to the account is a guest");
    }

    [Theory]
    [InlineData(""" "reaction":{"mid":"m","action":"react","emoji":"x"} """)]
    [InlineData(""" "read":{"watermark":1752583107000} """)]
    [InlineData(""" "delivery":{"mids":["m"],"watermark":1752583107000} """)]
    [InlineData(""" "postback":{"title":"t","payload":"p"} """)]
    public void What_our_side_does_with_a_message_is_not_the_guests_doing(string act)
    {
        Messenger(""" "sender":{"id":"U"},"recipient":{"id":"P"},"timestamp":1752583107000,""" + act).ShouldHaveSingleItem();
        Messenger(""" "sender":{"id":"P"},"recipient":{"id":"U"},"timestamp":1752583107000,""" + act).ShouldBeEmpty();
    }

    [Fact]
    public void A_messaging_event_that_comes_as_a_change_is_read()
    {
        var raw = Encoding.UTF8.GetBytes(
            """
            {"object":"instagram","entry":[{"id":"I","changes":[{"field":"messages","value":{"sender":{"id":"U"},"recipient":{"id":"I"},
            "timestamp":"1527459824","message":{"mid":"m","text":"hi"}}},{"field":"comments","value":{"id":"c","text":"t"}}]}]}
            """
        );
        var message = Channel.Read(ConnectionKind.Meta, raw).ShouldHaveSingleItem().ShouldBeOfType<MessageItem>();
        (message.From.Id, message.Text, message.Account).ShouldBe(("U", "hi", "I"));
        var alone = Channel.Read(ConnectionKind.Meta, Channel.Cut(ConnectionKind.Meta, raw, message.Part)).ShouldHaveSingleItem();
        ((MessageItem)alone).Id.ShouldBe("m");
    }

    [Fact]
    public void Where_a_guest_is_stands_on_the_message()
    {
        var sent = Messenger(
            """
            "sender":{"id":"U"},"recipient":{"id":"P"},
            "message":{"mid":"m","attachments":[{"type":"location","payload":{"coordinates":{"lat":38.7,"long":-9.1}}}]}
            """
        );
        sent.ShouldHaveSingleItem().ShouldBeOfType<MessageItem>().Card.ShouldBe("""{"latitude":38.7,"longitude":-9.1}""");
        WhatsApp(""" "type":"location","location":{"latitude":"38.7","longitude":"-9.1"} """)
            .ShouldBeOfType<MessageItem>()
            .Card.ShouldBe("""{"latitude":38.7,"longitude":-9.1}""");
    }

    private static IReadOnlyList<ChannelItem> Telegram(string update) =>
        Channel.Read(ConnectionKind.Telegram, Encoding.UTF8.GetBytes("{" + update + "}"));

    private static IReadOnlyList<ChannelItem> Messenger(string said) =>
        Channel.Read(
            ConnectionKind.Meta,
            Encoding.UTF8.GetBytes("""{"object":"page","entry":[{"id":"P","messaging":[{""" + said + "}]}]}")
        );

    // A later member of the same name counts.
    private static ChannelItem WhatsApp(string message) =>
        Channel
            .Read(ConnectionKind.Meta, Value("messages", """ "messages":[{"id":"wamid.1","from":"34600111222",""" + message + "}]"))
            .ShouldHaveSingleItem();

    private static byte[] Value(string field, string value) =>
        Encoding.UTF8.GetBytes(
            """{"object":"whatsapp_business_account","entry":[{"id":"W","changes":[{"field":"FIELD","value":{""".Replace(
                "FIELD",
                field,
                StringComparison.Ordinal
            )
                + value
                + "}}]}]}"
        );
}
