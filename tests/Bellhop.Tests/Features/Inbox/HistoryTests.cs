using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Features.Channels;
using Bellhop.Features.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Inbox;

/// <summary>A number that the hotel's phone uses too tells what was written there before, and of guests who call.</summary>
public class HistoryTests
{
    private const string Ana = "34600111222";
    private const string Rui = "351912345678";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Half_a_year_of_history_is_there_once_and_nobody_waits_by_it(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        await line.Deliver(ConnectionKind.Meta, Hotline.WhatsApp("1", Ana, "wamid.now", "Is a bed free?"));
        var before = (await line.Conversations()).ShouldHaveSingleItem()!;

        var history = Value(
            """
            "history":[{"metadata":{"phase":1,"chunk_order":1,"progress":40},"threads":[
              {"id":"34600111222","messages":[
                {"from":"34911000000","to":"34600111222","id":"h2","timestamp":"1767225700","type":"text","text":{"body":"Yes"},
                 "history_context":{"status":"READ"}},
                {"from":"34600111222","id":"h1","timestamp":"1767225600","type":"text","text":{"body":"Do you have a car park?"},
                 "history_context":{"status":"READ"}}]},
              {"id":"351912345678","messages":[
                {"from":"351912345678","id":"h3","timestamp":"1767225800","type":"media_placeholder","history_context":{"status":"PLAYED"}},
                {"from":"351912345678","id":"h4","timestamp":"1767225900","type":"text","text":{"body":"My passport"}}]}]},
              {"errors":[{"code":2593109}]}]
            """
        );
        await line.Deliver(ConnectionKind.Meta, history);
        await line.Deliver(ConnectionKind.Meta, [.. history, (byte)' ']);

        var conversations = await line.Conversations();
        conversations.Count.ShouldBe(2);
        var same = conversations.Single(c => c!["id"]!.ToString() == before["id"]!.ToString())!;
        foreach (var kept in new[] { "waitingSince", "state", "last" })
        {
            JsonNode.DeepEquals(same[kept], before[kept]).ShouldBeTrue(kept);
        }

        (await line.Messages(same)).Select(m => m!["text"]!.ToString()).ShouldBe(["Is a bed free?", "Yes", "Do you have a car park?"]);
        (await line.Messages(same))[1]!["status"]!.ToString().ShouldBe("read");
        var past = conversations.Single(c => c != same)!;
        (past["state"]!.ToString(), past["waitingSince"]).ShouldBe(("closed", null));
        (await line.Contacts()).Select(c => c!["phone"]!.ToString()).ShouldBe(["+" + Ana, "+" + Rui], ignoreOrder: true);

        // The file of the empty place comes later, and only once.
        var file = Value(
            """
            "messages":[{"from":"351912345678","id":"h3","timestamp":"1767225800","type":"image",
            "image":{"id":"m1","mime_type":"image/jpeg","caption":"Page one"},"history_context":{"status":"PLAYED"}}]
            """
        );
        await line.Deliver(ConnectionKind.Meta, file);
        await line.Deliver(ConnectionKind.Meta, [.. file, (byte)' ']);
        var picture = (await line.Messages(past)).Single(m => m!["externalId"]!.ToString() == "h3")!;
        (picture["type"]!.ToString(), picture["text"]!.ToString()).ShouldBe(("image", "Page one"));
        picture["attachments"]!.AsArray().Count.ShouldBe(1);

        await using var db = app.Open();
        (await db.Conversations.CountAsync(c => c.WaitingSince != null)).ShouldBe(1);
        (await db.ParkedItems.CountAsync()).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_call_opens_the_window_of_a_guest_whom_we_know_and_makes_nothing_else(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        await line.Deliver(ConnectionKind.Meta, Hotline.WhatsApp("1", Ana, "wamid.old", "Hello", DateTime.UtcNow.AddDays(-3)));
        var before = (await line.Conversations()).ShouldHaveSingleItem()!;
        before["window"]!["kind"]!.ToString().ShouldBe("closed");

        foreach (var guest in new[] { Ana, Rui })
        {
            var call = Value(
                $$"""
                "calls":[{"id":"wacid.{{guest}}","from":"{{guest}}","to":"34911000000","event":"connect","direction":"USER_INITIATED",
                "timestamp":"{{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}}"}]
                """,
                "calls"
            );
            await line.Deliver(ConnectionKind.Meta, call);
        }

        var after = (await line.Conversations()).ShouldHaveSingleItem()!;
        after["window"]!["kind"]!.ToString().ShouldBe("free");
        after["waitingSince"]!.ToString().ShouldBe(before["waitingSince"]!.ToString());
        (await line.Messages(after)).Count.ShouldBe(1);
        (await line.Contacts()).Count.ShouldBe(1);
    }

    private static byte[] Value(string value, string field = "history") =>
        Encoding.UTF8.GetBytes(
            """{"object":"whatsapp_business_account","entry":[{"id":"W","changes":[{"value":{"metadata":{"phone_number_id":"1"},"""
                + value
                + "},\"field\":\""
                + field
                + "\"}]}]}"
        );
}
