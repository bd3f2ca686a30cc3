using System.Text;
using System.Text.Json;
using Bellhop.Features.Channels;

namespace Bellhop.Tests.Features.Channels;

/// <summary>What the adapters read from the payloads of providers.</summary>
public class ChannelReadingTests
{
    private static readonly string Card = string.Join(' ', "4111", "1111", "1111", "1111");

    [Fact]
    public void Every_real_payload_says_who_wrote_and_what()
    {
        foreach (var sample in ChannelCase.All().Where(c => !c.IsSchemaOnly && !c.Expected.TryGetProperty("inbound_count", out _)))
        {
            var read = Channel.Read(sample.Kind, sample.Bytes);
            var messages = read.OfType<MessageItem>().ToList();
            var inbound = sample.Of("inbound").ToList();

            if (!sample.IsOptional)
            {
                messages.Count.ShouldBe(inbound.Count, sample.File);
            }

            foreach (var (message, expected) in messages.Zip(inbound))
            {
                (ChannelCase.IdOf(expected.GetProperty("id"), message) ?? message.Id).ShouldBe(message.Id, sample.File);
                message.Type.ShouldBe(ChannelCase.TypeOf(expected), sample.File);
                message.Text.ShouldBe(expected.GetProperty("text").GetString(), sample.File);
                message.At.ShouldBe(ChannelCase.InstantOf(expected.GetProperty("timestamp")), sample.File);
                if (expected.TryGetProperty("attachments", out var kinds))
                {
                    (message.Attachments ?? [])
                        .Select(a => a.Kind)
                        .ShouldBe(kinds.EnumerateArray().Select(k => k.GetString()!), sample.File);
                }
            }

            if (sample.IsOptional || inbound.Count == 0)
            {
                continue;
            }

            var guests = messages.Select(m => m.From).Where(f => f.IsPerson).Distinct().ToList();
            var contacts = sample.Of("contacts").ToList();
            guests.Count.ShouldBe(contacts.Count, sample.File);
            foreach (var (guest, expected) in guests.Zip(contacts))
            {
                guest.Name.ShouldBe(Text(expected, "name"), sample.File);
                guest.Username.ShouldBe(Text(expected, "username"), sample.File);
                var id = Text(expected, "external_id") ?? Text(expected, "bsuid") ?? Text(expected, "wa_id");
                (guest.Id ?? guest.Number).ShouldBe(id, sample.File);
                guest.Number.ShouldBe(Text(expected, "wa_id"), sample.File);
            }
        }
    }

    [Fact]
    public void Every_real_payload_says_what_became_of_messages_that_are_there()
    {
        foreach (var sample in ChannelCase.All())
        {
            var read = Channel.Read(sample.Kind, sample.Bytes);

            read.OfType<ReactionItem>()
                .Select(r => (r.On, r.Emoji))
                .ShouldBe(sample.Of("mutations", "reaction").Select(m => (Text(m, "on")!, Text(m, "emoji")!)), sample.File);
            read.OfType<WithdrawalItem>()
                .Count()
                .ShouldBe(
                    sample.Of("mutations", "delete_message").Count()
                        + sample.Of("mutations", "revoke").Count()
                        + sample.Of("mutations", "outbound_echo").Count(m => Text(m, "type") == "revoke"),
                    sample.File
                );
            read.OfType<EditItem>()
                .Count()
                .ShouldBe(
                    sample.Of("mutations", "edit").Count() + sample.Of("mutations", "outbound_echo").Count(m => Text(m, "type") == "edit"),
                    sample.File
                );
            read.OfType<EchoItem>().Count().ShouldBe(sample.Of("mutations", "outbound_echo").Count(m => Text(m, "type") == "text"));
            read.OfType<GuestMovedItem>()
                .Select(m => (m.From.Number, m.To.Number))
                .ShouldBe(sample.Of("mutations", "change_number").Select(m => (Text(m, "from"), Text(m, "to"))), sample.File);
            read.OfType<PreferenceItem>()
                .Select(p => p.From.Number)
                .ShouldBe(sample.Of("mutations", "marketing_preference").Select(m => Text(m, "wa_id")), sample.File);
            if (!sample.IsSchemaOnly)
            {
                read.OfType<StatusItem>()
                    .Select(s => (s.Status, s.ErrorCode))
                    .ShouldBe(
                        sample
                            .Of("statuses")
                            .Select(s =>
                                (
                                    Enum.Parse<DeliveryStatus>(Text(s, "status") is "played" ? "read" : Text(s, "status")!, true),
                                    s.TryGetProperty("error", out var e) && e.ValueKind == JsonValueKind.Number ? e.GetInt32() : (int?)null
                                )
                            ),
                        sample.File
                    );
                read.OfType<UnreadableItem>().ShouldBeEmpty(sample.File);
            }
        }
    }

    [Fact]
    public void A_batch_keeps_its_order_and_each_of_its_parts_can_be_cut_out()
    {
        var batch = ChannelCase.All().Single(c => c.Expected.TryGetProperty("inbound_count", out var n) && n.GetInt32() == 1000);
        var read = Channel.Read(batch.Kind, batch.Bytes).OfType<MessageItem>().ToList();

        read.Count.ShouldBe(1000);
        read.Select(m => m.From).Distinct().Count().ShouldBe(250);
        var one = Channel.Read(batch.Kind, Channel.Cut(batch.Kind, batch.Bytes, read[700].Part)).ShouldHaveSingleItem();
        (one with { Part = 700 }).ToString().ShouldBe((read[700] with { Part = 700 }).ToString());
    }

    [Fact]
    public void An_own_number_is_told_from_the_card_of_somebody_else()
    {
        Messages("telegram/derived_contact_own.json").Single().OwnPhone.ShouldBe("8613800138000");
        Messages("whatsapp/pywa_message__contacts.json").Single().OwnPhone.ShouldBeNull();
        Messages("whatsapp/pywa_message__referral.json").Single().Referral!.ClickId.ShouldBe("CTWA_CLID");

        static IEnumerable<MessageItem> Messages(string file) =>
            Channel.Read(ChannelCase.Of(file).Kind, ChannelCase.Of(file).Bytes).OfType<MessageItem>();
    }

    [Fact]
    public void A_card_number_is_masked_before_anybody_keeps_it_and_an_id_is_not()
    {
        // The message's id passes Luhn's test as well.
        var raw = Encoding.UTF8.GetBytes(
            $$$"""
            {"update_id":1,"message":{"message_id":4111111111111111,"from":{"id":7},"chat":{"id":7,"type":"private"},
            "text":"my card {{{Card}}} 12/27"}}
            """
        );

        Channel.Mask(raw).ShouldBeTrue();

        Encoding.UTF8.GetString(raw).ShouldContain("my card 4111 11** **** 1111 12/27");
        Encoding.UTF8.GetString(raw).ShouldContain(":4111111111111111,");
        CardNumbers
            .Masked($"{Card} and +351 912 345 678, 1457764197627")
            .ShouldBe("4111 11** **** 1111 and +351 912 345 678, 1457764197627");
        CardNumbers.Masked(Card.Replace(' ', '-')).ShouldBe("4111-11**-****-1111");
        CardNumbers.Masked("4111 1111 1111 1112").ShouldBe("4111 1111 1111 1112", "fails Luhn's test");
    }

    [Theory]
    [InlineData("""{"object":"page","entry":{}}""")]
    [InlineData("""{"object":"page","entry":[1,null,"x",{"id":{},"messaging":[[],{"message":7},{"message":{"mid":[]}}]}]}""")]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"messages":[{"id":1}]}}]}]}""")]
    [InlineData("""{"object":["whatsapp_business_account"]}""")]
    public void A_payload_of_a_wrong_shape_gives_nothing_or_says_that_it_cannot_be_read(string raw)
    {
        foreach (var item in Channel.Read(ConnectionKind.Meta, Encoding.UTF8.GetBytes(raw)))
        {
            item.ShouldBeOfType<UnreadableItem>();
        }
    }

    [Fact]
    public void Hostile_texts_are_bounded_and_storable()
    {
        var marks = new string('\u0301', 10_000);
        var raw = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                message = new
                {
                    message_id = 1,
                    from = new { id = 7, first_name = "An\u0000a\nB" + new string('x', 5000) },
                    chat = new { id = 7, type = "private" },
                    date = long.MaxValue,
                    text = "a" + marks + new string('b', 500_000),
                },
            }
        );

        var message = Channel.Read(ConnectionKind.Telegram, raw).ShouldHaveSingleItem().ShouldBeOfType<MessageItem>();

        message.Text!.Length.ShouldBe(ChannelItem.TextMax);
        message.Text.Count(c => c == '\u0301').ShouldBeLessThan(100);
        message.At.ShouldBeNull("no date holds it");
        Channel.Mask(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[", 100)))).ShouldBeFalse();
        Channel.Mask("{"u8.ToArray()).ShouldBeFalse();
        Channel.Mask("[]"u8.ToArray()).ShouldBeFalse();
        Channel
            .Read(
                ConnectionKind.Telegram,
                """{"message":{"message_id":1,"from":{"id":7},"chat":{"id":7,"type":"private"},"text":"\ud800"}}"""u8.ToArray()
            )
            .ShouldHaveSingleItem();
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
