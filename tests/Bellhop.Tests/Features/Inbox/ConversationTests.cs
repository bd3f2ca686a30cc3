using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Bellhop.Tests.Features.Team;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Inbox;

/// <summary>What staff see of conversations and do with them.</summary>
public class ConversationTests
{
    private static readonly DateTime Morning = new(2026, 6, 1, 8, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Who_waits_longest_comes_first_until_no_answer_is_needed(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        foreach (var (guest, minutes) in new[] { (1, 30), (2, 10), (3, 20), (2, 40) })
        {
            await Write(line, guest, minutes);
        }

        (await Guests(line, "")).ShouldBe(["2", "3", "1"]);
        (await Guests(line, "?sort=-last")).ShouldBe(["2", "1", "3"]);
        (await Paged(line, "?limit=1")).ShouldBe(["2", "3", "1"]);
        (await Paged(line, "?limit=2&sort=-last")).ShouldBe(["2", "1", "3"]);

        var second = (await line.Conversations())[0]!;
        second["waitingSince"]!.GetValue<DateTime>().ToUniversalTime().ShouldBe(Morning.AddMinutes(10));
        second["last"]!["preview"]!.GetValue<string>().ShouldBe("Message at 40");
        var patched = await (await Patch(line, second, new JsonObject { ["waiting"] = false })).Json(200);
        patched["waitingSince"].ShouldBeNull();
        (await Guests(line, "")).ShouldBe(["3", "1", "2"]);
        (await Guests(line, "?waiting=true")).ShouldBe(["3", "1"]);
        (await Paged(line, "?limit=1")).ShouldBe(["3", "1", "2"]);
        (await Guests(line, "?q=silva+at+30")).ShouldBe(["1"]);
        (await Guests(line, "?channel=telegram")).ShouldBeEmpty();
        (await line.Client.GetAsync("/api/v1/conversations?sort=name&state=gone")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await line.Client.GetAsync("/api/v1/conversations?inHouse=true")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_guests_message_wakes_and_opens_and_an_answer_ends_the_waiting_in_any_order(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        await Write(line, 1, 10);
        var first = (await line.Conversations()).ShouldHaveSingleItem()!;
        (
            await (await Patch(line, first, new JsonObject { ["state"] = "snoozed", ["snoozedUntil"] = "2030-01-01T00:00:00.000Z" })).Json(
                200
            )
        )["state"]!
            .GetValue<string>()
            .ShouldBe("snoozed");
        (await Guests(line, "?state=open")).ShouldBeEmpty();
        await Write(line, 1, 20);
        (await line.Conversations("?state=open")).Count.ShouldBe(1);

        // The answer is of minute 15: the second message still waits, and a late one of minute 12 does not.
        await line.Deliver(ConnectionKind.Meta, Echo(1, 15));
        await Write(line, 1, 12);
        (await line.Conversations())[0]!["waitingSince"]!.GetValue<DateTime>().ToUniversalTime().ShouldBe(Morning.AddMinutes(20));
        await line.Deliver(ConnectionKind.Meta, Echo(1, 30));
        (await line.Conversations())[0]!["waitingSince"].ShouldBeNull();

        (await Patch(line, first, new JsonObject { ["state"] = "closed" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Write(line, 1, 25);
        (await line.Conversations("?state=closed")).Count.ShouldBe(1, "it came late and is answered");
        (await line.Messages(first)).Count.ShouldBe(6);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_opens_again_goes_to_whoever_had_it_only_while_they_are_there(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        var ana = await app.MakePerson(line.House.OrganizationId, "ana@example.org");
        await Write(line, 1, 10);
        var first = (await line.Conversations()).ShouldHaveSingleItem()!;
        async Task<string?> Reopened(int minute, Func<Task> open)
        {
            var body = new JsonObject { ["assigneeId"] = ana.ToString(), ["state"] = "closed" };
            (await Patch(line, first, body)).StatusCode.ShouldBe(HttpStatusCode.OK, $"before minute {minute}");
            await open();
            var row = (await line.Conversations("?state=open")).ShouldHaveSingleItem()!;
            return row["assignee"]?["id"]?.GetValue<string>();
        }

        (await Reopened(20, () => Write(line, 1, 20))).ShouldBeNull("she is not signed in");
        (await Reopened(30, () => Patch(line, first, new JsonObject { ["state"] = "open" }))).ShouldBeNull();
        await app.Enter("ana@example.org");
        (await Reopened(40, () => Write(line, 1, 40))).ShouldBe(ana.ToString());
        (await Reopened(50, () => Patch(line, first, new JsonObject { ["state"] = "open" }))).ShouldBe(ana.ToString());
        await using var db = app.Open();
        await db.Arrange(() => db.Sessions.ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, db.Now.AddHours(-2))));
        (await Reopened(55, () => Write(line, 1, 55))).ShouldBeNull("she has gone home");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Notes_stand_among_the_messages_and_what_one_has_seen_is_ones_own(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        await Write(line, 1, 10);
        var first = (await line.Conversations()).ShouldHaveSingleItem()!;
        var path = $"/api/v1/conversations/{first["id"]}";

        (await (await line.Client.Post(path + "/notes", new JsonObject { ["text"] = "Wants a late check-out" })).Json(201))["direction"]!
            .GetValue<string>()
            .ShouldBe("note");
        (await line.Client.Post(path + "/notes", new JsonObject { ["text"] = " " })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await line.Messages(first)).Select(m => m!["direction"]!.GetValue<string>()).ShouldBe(["note", "in"]);
        var page = await line.Client.GetFromJson(path + "/messages?limit=1");
        var next = await line.Client.GetFromJson(
            $"{path}/messages?limit=1&cursor={Uri.EscapeDataString(page["nextCursor"]!.GetValue<string>())}"
        );
        next["items"]![0]!["text"]!.GetValue<string>().ShouldBe("Message at 10");

        first["seen"]!.GetValue<bool>().ShouldBeFalse();
        (await line.Client.Send(HttpMethod.Put, path + "/seen")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await line.Client.GetFromJson(path))["seen"]!.GetValue<bool>().ShouldBeTrue();
        var other = app.As(await app.MakeKey(line.House.OrganizationId, PermissionSet.Everything));
        (await other.GetFromJson(path))["seen"]!.GetValue<bool>().ShouldBeFalse();
        (await line.Client.GetFromJson(path))["waitingSince"].ShouldNotBeNull("seeing is not answering");

        (await line.Client.Send(HttpMethod.Put, path + "/block")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Write(line, 1, 20);
        var blocked = await line.Client.GetFromJson(path);
        (blocked["blocked"]!.GetValue<bool>(), blocked["waitingSince"] is null).ShouldBe((true, true));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_conversation_of_another_propertys_account_is_not_there_and_moves_with_its_account(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        await Write(line, 1, 10);
        var id = (await line.Conversations()).ShouldHaveSingleItem()!["id"]!.GetValue<string>();
        var contact = (await line.Contacts()).ShouldHaveSingleItem()!["id"]!.GetValue<string>();
        var berlin = app.As(await app.MakeKey(line.House.OrganizationId, PermissionSet.Everything, line.House.Berlin));

        (await berlin.GetAsync($"/api/v1/conversations/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await berlin.GetFromJson("/api/v1/conversations"))["items"]!.AsArray().ShouldBeEmpty();
        (await line.Client.GetFromJson($"/api/v1/contacts/{contact}/conversations"))["items"]!.AsArray().Count.ShouldBe(1);

        var accounts = new JsonArray(
            new JsonObject
            {
                ["kind"] = "whatsApp",
                ["externalId"] = "1",
                ["propertyId"] = line.House.Berlin.ToString(),
            }
        );
        (
            await line.Client.Send(
                HttpMethod.Patch,
                $"/api/v1/connections/{line.Meta}",
                new JsonObject { ["accounts"] = accounts }.ToJsonString()
            )
        ).StatusCode.ShouldBe(HttpStatusCode.OK);
        for (var end = DateTime.UtcNow.AddSeconds(60); ; await Task.Delay(20))
        {
            if ((await berlin.GetFromJson("/api/v1/conversations"))["items"]!.AsArray().Count == 1)
            {
                break;
            }

            DateTime.UtcNow.ShouldBeLessThan(end);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_deleted_guest_leaves_nothing_and_a_repeated_message_makes_nobody(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        var body = Hotline.WhatsApp("1", "34631200000", "wamid.a", "My secret word", Morning);
        await line.Deliver(ConnectionKind.Meta, body);
        var first = (await line.Conversations()).ShouldHaveSingleItem()!;
        await line.Client.Post($"/api/v1/conversations/{first["id"]}/notes", new JsonObject { ["text"] = "My secret word" });
        var contact = (await line.Contacts()).ShouldHaveSingleItem()!["id"]!.GetValue<string>();

        (await line.Client.Send(HttpMethod.Delete, $"/api/v1/contacts/{contact}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var left = await app.Snapshot();
        left.Where(t => t.Value.Contains("secret", StringComparison.Ordinal)).Select(t => t.Key).ShouldBeEmpty();
        left.Where(t => t.Value.Contains(Convert.ToHexString("My secret word"u8), StringComparison.Ordinal))
            .Select(t => t.Key)
            .ShouldBeEmpty();
        left.Where(t => t.Value.Contains("34631200000", StringComparison.Ordinal)).Select(t => t.Key).ShouldBeEmpty();

        await line.Deliver(ConnectionKind.Meta, body);
        (await line.Contacts()).ShouldBeEmpty("the provider repeated it");
        await Write(line, 0, 20);
        (await line.Contacts()).Count.ShouldBe(1, "a new message is a new guest");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_comes_during_a_pause_is_read_when_it_ends(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        var path = $"/api/v1/connections/{line.Meta}";
        (await line.Client.Send(HttpMethod.Patch, path, """{"paused":true}""")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await line.Send(ConnectionKind.Meta, Hotline.WhatsApp("1", "34631200000", "wamid.a", "Hello"))).ShouldBe(200);
        (await line.Client.GetFromJson(path))["status"]!.GetValue<string>().ShouldBe("paused");
        await using (var db = app.Open())
        {
            (await db.Hooks.SingleAsync()).ReadAt.ShouldBeNull();
        }

        (await line.Client.Send(HttpMethod.Patch, path, """{"paused":false}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await line.Read();
        (await line.Conversations()).Count.ShouldBe(1);
    }

    private static Task Write(Hotline line, int guest, int minutes) =>
        line.Deliver(
            ConnectionKind.Meta,
            Hotline.WhatsApp("1", $"3463120000{guest}", $"wamid.{guest}.{minutes}", $"Message at {minutes}", Morning.AddMinutes(minutes))
        );

    private static byte[] Echo(int guest, int minutes)
    {
        var payload = JsonNode.Parse(Hotline.WhatsApp("1", "1", $"wamid.echo.{minutes}", "Answer", Morning.AddMinutes(minutes)))!;
        var change = payload["entry"]![0]!["changes"]![0]!;
        var echo = change["value"]!["messages"]![0]!.DeepClone();
        echo["to"] = $"3463120000{guest}";
        change["field"] = "smb_message_echoes";
        change["value"]!.AsObject().Remove("messages");
        change["value"]!["message_echoes"] = new JsonArray(echo);
        return System.Text.Encoding.UTF8.GetBytes(payload.ToJsonString());
    }

    private static async Task<IEnumerable<string>> Guests(Hotline line, string query) => await Named(line, await line.Conversations(query));

    private static async Task<IEnumerable<string>> Paged(Hotline line, string query)
    {
        var all = new List<string>();
        string? cursor = null;
        do
        {
            var page = await line.Client.GetFromJson(
                $"/api/v1/conversations{query}{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}"
            );
            all.AddRange(await Named(line, page["items"]!.AsArray()));
            cursor = page["nextCursor"]?.GetValue<string>();
        } while (cursor is not null);

        return all;
    }

    /// <summary>The last digit of each guest's number.</summary>
    private static async Task<IEnumerable<string>> Named(Hotline line, JsonArray conversations)
    {
        await using var db = line.App.Open();
        var numbers = await db.Conversations.ToDictionaryAsync(c => c.Id, c => c.GuestId);
        return [.. conversations.Select(c => numbers[Guid.Parse(c!["id"]!.GetValue<string>())][^1..])];
    }

    private static Task<HttpResponseMessage> Patch(Hotline line, JsonNode conversation, JsonObject body) =>
        line.Client.Send(HttpMethod.Patch, $"/api/v1/conversations/{conversation["id"]}", body.ToJsonString());
}
