using Bellhop.Features.Channels;
using Bellhop.Features.Inbox;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Inbox.Page;

/// <summary>What the inbox makes of a guest's words, an address, a clock.</summary>
public class MessageWordsTests
{
    [Theory]
    [InlineData("see https://a.example/x?y=1.", "https://a.example/x?y=1", "a.example")]
    [InlineData("(http://a.example)", "http://a.example", "a.example")]
    [InlineData("https://раураl.example/login", "https://раураl.example/login", "xn--l-7sba6dbr.example")]
    [InlineData("HTTPS://A.EXAMPLE/", "HTTPS://A.EXAMPLE/", "a.example")]
    public void An_address_becomes_a_link_and_says_where_it_leads(string text, string link, string host)
    {
        var pieces = MessageWords.Pieces(text);
        pieces.ShouldContain(new MessagePiece(link, host));
        string.Concat(pieces.Select(p => p.Text)).ShouldBe(text);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("www.a.example")]
    [InlineData("https://good.example@evil.example/")]
    [InlineData("http://")]
    [InlineData("<script>alert(1)</script>")]
    public void Nothing_else_does(string text) => MessageWords.Pieces(text).ShouldBe([new(text, null)]);

    [Fact]
    public void A_mark_of_direction_ends_an_address() =>
        MessageWords.Pieces("https://a.example/\u202Egpj.exe")[0].ShouldBe(new MessagePiece("https://a.example/", "a.example"));

    [Fact]
    public void A_place_has_a_name_and_a_map()
    {
        MessageWords
            .Place("""{"latitude":38.5,"longitude":-9.25,"name":"Beach","address":"Road 1"}""")
            .ShouldBe(("Beach, Road 1", "https://www.openstreetmap.org/?mlat=38.5&mlon=-9.25&zoom=16"));
        MessageWords.Place("""{"name":"Beach"}""").ShouldBe(("Beach", null));
        MessageWords.Place("[]").ShouldBeNull();
        MessageWords.Place(null).ShouldBeNull();
    }

    [Theory]
    [InlineData("/inbox")]
    [InlineData("/inbox?tab=mine&channel=whatsApp&channel=telegram&waiting=true&inHouse=true&handledBy=agent&sort=-last&q=a%20b")]
    [InlineData("/inbox/019f0000-0000-7000-8000-000000000001?tab=closed&propertyId=019f0000-0000-7000-8000-000000000002")]
    public void An_address_of_the_inbox_is_read_as_it_was_written(string address) =>
        InboxAddress.Read("http://here" + address).Write().ShouldBe(address);

    [Fact]
    public void What_an_address_cannot_mean_is_left_out() =>
        InboxAddress.Read("http://here/inbox/x?tab=gone&channel=fax&waiting=perhaps").ShouldBe(new InboxAddress());

    [Theory]
    [InlineData(
        """{"contacts":[{"name":"Rui","phones":["+351 912 345 678","+351 1"]},{"phones":[]}]}""",
        "Rui · +351 912 345 678 · +351 1"
    )]
    [InlineData("""{"name":"Rui","phone":"351912345678"}""", "Rui · 351912345678")]
    [InlineData("""{"type":"nfm_reply","form":"{\"room\":\"7\",\"guests\":2,\"flow_token\":\"x\"}"}""", "room: 7|guests: 2")]
    [InlineData("""{"form":"{\"cut"}""", "{\"cut")]
    [InlineData("""{"payload":"p"}""", "")]
    [InlineData(null, "")]
    public void What_a_card_carries_is_shown_in_lines(string? card, string lines) =>
        string.Join('|', MessageWords.Lines(card)).ShouldBe(lines);

    [Fact]
    public void A_search_looks_everywhere_and_a_list_at_what_is_open()
    {
        new InboxAddress().Filter(Actor.Nobody).State.ShouldBe(ConversationState.Open);
        new InboxAddress(Q: "x").Filter(Actor.Nobody).State.ShouldBeNull();
        new InboxAddress(InboxTab.Snoozed, Q: "x").Filter(Actor.Nobody).State.ShouldBe(ConversationState.Snoozed);
    }

    [Fact]
    public void Snoozing_ends_at_hours_of_the_place_and_never_in_the_past()
    {
        var lisbon = Clock.Zone("Europe/Lisbon")!;
        // Friday, the clocks go back on Sunday.
        var friday = new DateTime(2026, 10, 23, 10, 0, 0, DateTimeKind.Utc);
        SnoozeChoices
            .Of(friday, lisbon)
            .ShouldBe([
                ("Hour", friday.AddHours(1)),
                ("Evening", new DateTime(2026, 10, 23, 17, 0, 0, DateTimeKind.Utc)),
                ("Tomorrow", new DateTime(2026, 10, 24, 8, 0, 0, DateTimeKind.Utc)),
                ("Monday", new DateTime(2026, 10, 26, 9, 0, 0, DateTimeKind.Utc)),
            ]);
        // On Sunday evening, tomorrow is Monday, and this evening is over.
        SnoozeChoices.Of(friday.AddDays(2).AddHours(9), lisbon).Select(c => c.Key).ShouldBe(["Hour", "Tomorrow"]);
        SnoozeChoices.ToUtc(new(2026, 3, 29, 1, 30, 0), lisbon).ShouldBe(new DateTime(2026, 3, 29, 1, 30, 0, DateTimeKind.Utc));
    }
}
