using System.Net;
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
        foreach (var kept in new[] { "waitingSince", "state", "last", "seen" })
        {
            JsonNode.DeepEquals(same[kept], before[kept]).ShouldBeTrue(kept);
        }

        (await line.Messages(same)).Select(m => m!["text"]!.ToString()).ShouldBe(["Is a bed free?", "Yes", "Do you have a car park?"]);
        (await line.Messages(same))[1]!["status"]!.ToString().ShouldBe("read");
        var past = conversations.Single(c => c != same)!;
        (past["state"]!.ToString(), past["waitingSince"]).ShouldBe(("closed", null));
        ((bool)same["seen"]!, (bool)past["seen"]!).ShouldBe((false, true), "what was written before is no news to anybody");
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

        await line.Deliver(ConnectionKind.Meta, Hotline.WhatsApp("1", Rui, "wamid.new", "Here I am again"));
        ((bool)(await line.Client.GetFromJson($"/api/v1/conversations/{past["id"]}"))["seen"]!).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_history_of_a_number_that_is_not_connected_waits_until_it_is(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "2"));
        var said = Enumerable
            .Range(0, 150) // more than one save reads
            .Select(i => new JsonObject
            {
                ["from"] = Ana,
                ["id"] = $"h{i}",
                ["timestamp"] = $"{1767225600 + i}",
                ["type"] = "text",
                ["text"] = new JsonObject { ["body"] = $"{i}" },
            });
        var thread = new JsonObject { ["id"] = Ana, ["messages"] = new JsonArray([.. said]) };
        await line.Deliver(ConnectionKind.Meta, Value($$"""  "history":[{"threads":[{{thread.ToJsonString()}}]}]  """));

        (await line.Contacts()).ShouldBeEmpty();
        var parked = (await line.Client.GetFromJson($"/api/v1/connections/{line.Meta}/parked"))["items"]!.AsArray();
        var item = parked.ShouldHaveSingleItem("one part of the event, however many messages it has")!;
        (item["reason"]!["code"]!.ToString(), item["summary"]!.ToString()).ShouldBe(("unknown-account", "whatsApp history"));

        var account = new JsonObject
        {
            ["kind"] = "whatsApp",
            ["externalId"] = "1",
            ["propertyId"] = line.House.Lisbon.ToString(),
        };
        var accounts = new JsonObject { ["accounts"] = new JsonArray(account) }.ToJsonString();
        await (await line.Client.Send(HttpMethod.Patch, $"/api/v1/connections/{line.Meta}", accounts)).Json(200);
        (await line.Client.PostAsync($"/api/v1/parked/{item["id"]}/replays", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await line.Read();
        var past = (await line.Conversations()).ShouldHaveSingleItem()!;
        (past["last"]!["preview"]!.ToString(), (bool)past["seen"]!).ShouldBe(("149", true));
        await using var db = app.Open();
        (await db.Messages.CountAsync(), await db.ParkedItems.CountAsync()).ShouldBe((150, 0));
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
