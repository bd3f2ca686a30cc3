using System.Text;
using System.Text.Json;
using Bellhop.Features.Channels;

namespace Bellhop.Tests.Features.Channels;

/// <summary>Events of WhatsApp beside the guest's messages, as they also come; without an app.</summary>
public class WhatsAppVariantTests
{
    private const string Own = """ "metadata":{"phone_number_id":"1","display_phone_number":"+34 911 000 000"}, """;
    private const string Known = """ "contacts":[{"profile":{"name":"Ana"},"wa_id":"34600111222","user_id":"ES.1"}] """;

    [Theory]
    [InlineData(""" "to":"120363000000000000","group_id":"g" """)]
    [InlineData(""" "to":"Y2FwaV9ncm91cDox","recipient_type":"group" """)]
    public void What_staff_write_to_a_group_makes_no_guest(string to) => Echo(to).ShouldBeEmpty();

    [Theory]
    [InlineData(""" "to":"34600111222" """)]
    [InlineData(""" "to_user_id":"ES.1" """)]
    [InlineData(""" "type":"text" """)]
    public void An_echo_names_the_guest_by_all_that_the_event_knows(string to) =>
        Echo(to).ShouldHaveSingleItem().ShouldBeOfType<EchoItem>().To.ShouldBe(new Guest("ES.1", "34600111222", "Ana"));

    [Theory]
    [InlineData("smb_message_echoes", """ "message_echoes":[{"id":"w","from":"34911000000","to":"34911000000","type":"text"}] """)]
    [InlineData(
        "history",
        """ "history":[{"threads":[{"id":"34911000000","messages":[{"id":"w","from":"34911000000","type":"text"}]}]}] """
    )]
    [InlineData("history", """ "messages":[{"id":"w","from":"34911000000","to":"34911000000","type":"image","image":{"id":"m"}}] """)]
    public void A_note_that_staff_write_to_their_own_number_makes_no_guest(string field, string value)
    {
        Read(field, Own + value).ShouldBeEmpty();
        var guests = value
            .Replace("\"to\":\"34911000000\"", "\"to\":\"34600111222\"", StringComparison.Ordinal)
            .Replace("\"threads\":[{\"id\":\"34911000000\"", "\"threads\":[{\"id\":\"34600111222\"", StringComparison.Ordinal);
        Read(field, Own + guests).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_guest_whom_another_program_answers_is_shown_as_any_other()
    {
        var said = Read("standby", Known + ""","messages":[{"id":"w1","from":"34600111222","type":"text","text":{"body":"hi"}}]""");
        said.ShouldHaveSingleItem().ShouldBeOfType<MessageItem>().Text.ShouldBe("hi");
        var answered = Read(
            "standby",
            Known + ""","message_echoes":[{"id":"w2","from":"34911000000","to":"34600111222","type":"text","text":{"body":"yes"}}]"""
        );
        answered.ShouldHaveSingleItem().ShouldBeOfType<EchoItem>().Text.ShouldBe("yes");
    }

    [Fact]
    public void What_a_guest_fills_in_is_kept_and_is_no_text()
    {
        var form = JsonSerializer.Serialize("""{"room":"7","card":"4111 1111 1111 1111"}""");
        var said = Read(
                "messages",
                """ "messages":[{"id":"w","from":"34600111222","type":"interactive","interactive":{"nfm_reply":{"response_json": """
                    + form
                    + "}}}]"
            )
            .ShouldHaveSingleItem()
            .ShouldBeOfType<MessageItem>();
        said.Text.ShouldBeNull();
        said.Card!.ShouldContain("room");
        said.Card!.ShouldNotContain("4111 1111 1111");
    }

    [Theory]
    [InlineData("messages", """ "messages":[{"type":"system","from":"ES.1","system":{"type":"user_changed_user_id","user_id":"ES.2"}}] """)]
    [InlineData("user_id_update", """ "user_id_update":[{"wa_id":"34600111222","user_id":{"previous":"ES.1","current":"ES.2"}}] """)]
    public void A_new_id_of_a_guest_is_read_wherever_the_old_one_stands(string field, string value)
    {
        var moved = Read(field, value).ShouldHaveSingleItem().ShouldBeOfType<GuestMovedItem>();
        moved.From.Id.ShouldBe("ES.1");
        moved.From.Number.ShouldBe(field == "messages" ? null : "34600111222", "the number is the way to one whose old id was never seen");
        moved.To.ShouldBe(new Guest("ES.2"));
    }

    [Theory]
    [InlineData("connect", "USER_INITIATED", true)]
    [InlineData("terminate", "USER_INITIATED", false)]
    [InlineData("connect", "BUSINESS_INITIATED", false)]
    public void Only_the_call_that_a_guest_makes_is_an_act_of_theirs(string what, string direction, bool isTheirs)
    {
        var said =
            """ "calls":[{"id":"c","from":"34600111222","to":"34911000000","event":"EVENT","direction":"WAY","timestamp":"1752583107"}] """
                .Replace("EVENT", what, StringComparison.Ordinal)
                .Replace("WAY", direction, StringComparison.Ordinal);
        Read("calls", Known + "," + said).OfType<CallItem>().Select(c => c.From.Id).ShouldBe(isTheirs ? ["ES.1"] : []);
    }

    private static IReadOnlyList<ChannelItem> Echo(string to) =>
        Read(
            "smb_message_echoes",
            Known + ""","message_echoes":[{"id":"w","from":"34911000000","type":"text","text":{"body":"hi"},""" + to + "}]"
        );

    private static IReadOnlyList<ChannelItem> Read(string field, string value) =>
        Channel.Read(
            ConnectionKind.Meta,
            Encoding.UTF8.GetBytes(
                """{"object":"whatsapp_business_account","entry":[{"id":"W","changes":[{"field":"FIELD","value":{""".Replace(
                    "FIELD",
                    field,
                    StringComparison.Ordinal
                )
                    + value
                    + "}}]}]}"
            )
        );
}
