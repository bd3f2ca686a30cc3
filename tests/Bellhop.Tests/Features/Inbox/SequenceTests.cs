using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Features.Channels;
using Bellhop.Features.Duplicates;
using Bellhop.Features.Inbox;
using Bellhop.Tests.Features.Channels;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Inbox;

/// <summary>Real payloads one after another, as guests live through them.</summary>
public class SequenceTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_guest_without_a_number_and_later_with_it_is_one_guest_in_one_thread(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app);

        await line.Deliver("whatsapp/derived_bsuid_1_no_phone.json");
        (await line.Contacts()).ShouldHaveSingleItem()!["phone"].ShouldBeNull("no number is made up");
        await line.Deliver("whatsapp/derived_bsuid_2_with_phone.json");

        var contact = (await line.Contacts()).ShouldHaveSingleItem()!;
        contact["phone"]!.GetValue<string>().ShouldBe("+46701234567");
        contact["source"]!.GetValue<string>().ShouldBe("WhatsApp");
        (await line.Messages((await line.Conversations()).ShouldHaveSingleItem()!)).Count.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_signed_number_of_a_guest_who_booked_makes_the_two_one(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app);
        await Book(line, "Nora", "+46701234567");

        await line.Deliver("whatsapp/derived_bsuid_1_no_phone.json");
        await line.Deliver("whatsapp/derived_bsuid_2_with_phone.json");

        await app.RunJobs(); // the message waits for no merge: the pair is listed first

        await using var db = app.Open();
        var one = (await line.Contacts()).ShouldHaveSingleItem()!;
        (one["phone"]!.GetValue<string>(), one["bookings"]!.GetValue<int>()).ShouldBe(("+46701234567", 1));
        (await line.Conversations()).Count.ShouldBe(1);
        (await db.Merges.SingleAsync()).WhoName.ShouldBe(MergeAutomatically.NameWhereSaid);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_guest_who_changes_the_number_stays_the_guest(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app);

        await line.Deliver("whatsapp/pywa_message__text.json");
        await line.Deliver("whatsapp/pywa_system__phone_number_change.json");
        await Book(line, "Test Name", "+972912345678");

        var contact = (await line.Contacts()).ShouldHaveSingleItem()!;
        contact["phone"]!.GetValue<string>().ShouldBe("+972912345678");
        contact["bookings"]!.GetValue<int>().ShouldBe(1);
        (await line.Messages((await line.Conversations()).ShouldHaveSingleItem()!)).Count.ShouldBe(1);

        // The guest goes on writing by the new number, in the same thread.
        await line.Deliver(ConnectionKind.Meta, Hotline.WhatsApp("1122334455667", "972912345678", "wamid.new", "It is me"));
        (await line.Messages((await line.Conversations()).ShouldHaveSingleItem()!)).Count.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_new_number_that_another_guest_has_makes_the_two_one_and_loses_nothing(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app);
        await Book(line, "Test Name", "+972912345678");

        await line.Deliver("whatsapp/pywa_message__text.json");
        await line.Deliver("whatsapp/pywa_system__phone_number_change.json");

        await app.RunJobs(); // the pair is listed with that reason, and merged

        (await line.Contacts()).ShouldHaveSingleItem()!["bookings"]!.GetValue<int>().ShouldBe(1);
        await using var db = app.Open();
        (await db.Messages.CountAsync()).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Ticks_only_go_on_and_a_status_of_nothing_makes_nothing(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app);
        await line.Deliver("whatsapp/pywa_message_status__read.json");
        (await line.Conversations()).ShouldBeEmpty();

        // Sent by staff's phone, with the id that the statuses name.
        var echo = Encoding
            .UTF8.GetString(ChannelCase.Of("whatsapp/pywa_outgoing_message__text.json").Bytes)
            .Replace("<WHATSAPP_MESSAGE_ID>", "wamid.xyzxyz", StringComparison.Ordinal)
            .Replace("<WHATSAPP_USER_PHONE_NUMBER>", "972987654321", StringComparison.Ordinal)
            .Replace("<BSUID>", "US.13491208655302741918", StringComparison.Ordinal);
        await line.Deliver(ConnectionKind.Meta, Encoding.UTF8.GetBytes(echo));
        foreach (var status in new[] { "read", "delivered", "sent", "failed" })
        {
            var again = ChannelCase.Of($"whatsapp/pywa_message_status__{status}.json").Bytes;
            await line.Deliver(ConnectionKind.Meta, [.. again, (byte)' ']);
        }

        var message = (await line.Messages((await line.Conversations()).ShouldHaveSingleItem()!)).ShouldHaveSingleItem()!;
        message["status"]!.GetValue<string>().ShouldBe("read");
        message["author"]!["kind"]!.GetValue<string>().ShouldBe("phoneApp");
        message["error"].ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_telegram_guest_who_shares_the_own_card_has_the_phone(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app);

        await line.Deliver("telegram/real_private_message.json");
        await line.Deliver("telegram/derived_contact_own.json");
        await Book(line, "hong bing", "+86 138 0013 8000");

        var contact = (await line.Contacts()).ShouldHaveSingleItem()!;
        contact["phone"]!.GetValue<string>().ShouldBe("+8613800138000");
        contact["source"]!.GetValue<string>().ShouldBe("Telegram");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_edit_changes_the_message_whichever_comes_first(string engine)
    {
        foreach (var isFirst in new[] { false, true })
        {
            await using var app = await TestApp.Start(engine);
            var line = await Hotline.Open(app);
            string[] files = ["telegram/official_message_with_text.json", "telegram/official_edited_message.json"];
            foreach (var file in isFirst ? files.Reverse() : files)
            {
                await line.Deliver(file);
            }

            var message = (await line.Messages((await line.Conversations()).ShouldHaveSingleItem()!)).ShouldHaveSingleItem()!;
            message["text"]!.GetValue<string>().ShouldBe("Edited text");
            message["editedAt"].ShouldNotBeNull();
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_Meta_really_signed_is_taken_and_one_byte_changed_is_not(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, appSecret: "1222e786b144d0e85b9f365372d93676");
        var body = ChannelCase.Of("whatsapp/real_signed_by_meta.json").Bytes;
        const string signature = "sha256=54edfa1d7259e0eb13c677cc7d73d1b5c86cfa12433d19156e058ab9251bc441";

        (await line.Send(ConnectionKind.Meta, body, signature)).ShouldBe(200);
        (await line.Send(ConnectionKind.Meta, body, signature)).ShouldBe(200);
        await line.Read();
        body[^3] ^= 1;
        (await line.Send(ConnectionKind.Meta, body, signature)).ShouldBe(401);

        (await line.Messages((await line.Conversations()).ShouldHaveSingleItem()!)).Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_thousand_messages_of_one_POST_are_all_there_once(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app);
        var batch = ChannelCase.Of("whatsapp/derived_batch_1000msgs_250guests_1entries.json");

        await line.Deliver(batch.Kind, batch.Bytes);
        await line.Deliver(batch.Kind, [.. batch.Bytes, (byte)' ']);

        await using var db = app.Open();
        (await db.Messages.CountAsync()).ShouldBe(1000);
        (await db.Conversations.CountAsync()).ShouldBe(250);
        (await db.Contacts.CountAsync()).ShouldBe(250);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_unsent_message_shows_as_deleted_and_the_contact_stays(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app);
        await line.Deliver("instagram/chatwoot_instagram_message_create_event.json");
        var unsend = Encoding
            .UTF8.GetString(ChannelCase.Of("instagram/chatwoot_instagram_message_unsend_event.json").Bytes)
            .Replace("message-id-to-delete", "message-id-1", StringComparison.Ordinal);
        await line.Deliver(ConnectionKind.Meta, Encoding.UTF8.GetBytes(unsend));

        var message = (await line.Messages((await line.Conversations()).ShouldHaveSingleItem()!)).ShouldHaveSingleItem()!;
        message["text"].ShouldBeNull();
        message["deletedAt"].ShouldNotBeNull();
        (await line.Contacts()).Count.ShouldBe(1);
    }

    private static async Task Book(Hotline line, string name, string phone) =>
        (
            await line.Client.Post(
                "/api/v1/bookings",
                new JsonObject
                {
                    ["propertyId"] = line.House.Lisbon.ToString(),
                    ["source"] = "Website",
                    ["status"] = "Confirmed",
                    ["arrival"] = "2026-03-01",
                    ["departure"] = "2026-03-04",
                    ["total"] = new JsonObject { ["amount"] = 100, ["currency"] = "EUR" },
                    ["guest"] = new JsonObject { ["name"] = name, ["phone"] = phone },
                }
            )
        ).IsSuccessStatusCode.ShouldBeTrue();
}
