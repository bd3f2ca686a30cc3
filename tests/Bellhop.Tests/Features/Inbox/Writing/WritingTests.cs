using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Channels;
using Bellhop.Features.Inbox;
using Bellhop.Features.Profile;
using Bellhop.Platform;
using Bellhop.Tests.Features.Team;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Inbox.Writing;

/// <summary>What staff begin to write, the replies that they keep, and who sees it.</summary>
public class WritingTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_draft_is_ones_own_on_every_device_and_goes_with_the_conversation(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var (line, id) = await Talk(app);
        var path = $"/api/v1/conversations/{id}/draft";
        const string none = """{"text":null,"attachmentIds":[],"replyTo":null}""";
        (await line.Client.GetFromJson(path)).ToJsonString().ShouldBe(none);

        var body = new JsonObject { ["text"] = "Dear Ana,\nwe", ["replyTo"] = "wamid.1" };
        var saved = await (await line.Client.Send(HttpMethod.Put, path, body.ToJsonString())).Json(200);
        saved["text"]!.GetValue<string>().ShouldBe("Dear Ana,\nwe");
        (await line.Client.GetFromJson(path)).ToJsonString().ShouldBe(saved.ToJsonString());
        var other = app.As(await app.MakeKey(line.House.OrganizationId, PermissionSet.Everything));
        (await other.GetFromJson(path)).ToJsonString().ShouldBe(none);

        foreach (var wrong in new[] { """{"text":"a\u0000"}""", """{"attachmentIds":[null]}""", """{"draft":1}""" })
        {
            (await line.Client.Send(HttpMethod.Put, path, wrong)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        var unseen = new JsonObject { ["attachmentIds"] = new JsonArray(Guid.CreateVersion7().ToString()) }.ToJsonString();
        (await line.Client.Send(HttpMethod.Put, path, unseen)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await line.Client.GetFromJson(path))["text"]!.GetValue<string>().ShouldBe("Dear Ana,\nwe");

        // What is sent is no draft any more; a colleague's stays.
        (await other.Send(HttpMethod.Put, path, """{"text":"Mine"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (
            await line.Client.Post($"/api/v1/conversations/{id}/messages", new JsonObject { ["text"] = "Dear Ana, welcome" })
        ).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await line.Client.GetFromJson(path)).ToJsonString().ShouldBe(none);
        (await other.GetFromJson(path))["text"]!.GetValue<string>().ShouldBe("Mine");
        (await other.Send(HttpMethod.Delete, path)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await other.GetFromJson(path)).ToJsonString().ShouldBe(none);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_saved_reply_is_own_or_shared_and_knows_its_placeholders(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var desk = app.As(await app.MakeKey(house.OrganizationId, new([Permission.ConversationsReply]), house.Lisbon));
        const string path = "/api/v1/saved-replies";

        var shared = await (await owner.Post(path, Reply("Welcome", "Hello {guest}, see you on {arrival}.", shared: true))).Json(201);
        shared.Select(m => m.Key).ShouldBe(["id", "name", "text", "language", "shared", "propertyId", "createdAt", "updatedAt"]);
        await (await owner.Post(path, Reply("Berlin", "Only there", shared: true, property: house.Berlin))).Json(201);
        await (await owner.Post(path, Reply("Own", "Nobody else's"))).Json(201);
        var mine = await (await desk.Post(path, Reply("été", "Mine"))).Json(201);
        (await Names(owner, path)).ShouldBe(["Berlin", "Own", "Welcome"]);
        (await Names(desk, path)).ShouldBe(["été", "Welcome"]);
        var first = await desk.GetFromJson(path + "?limit=1");
        var cursor = Uri.EscapeDataString(first["nextCursor"]!.GetValue<string>());
        (await Names(desk, $"{path}?limit=1&cursor={cursor}")).ShouldBe(["Welcome"]);

        (await desk.Post(path, Reply("For all", "x", shared: true))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var change = new JsonObject { ["text"] = "Mine too" }.ToJsonString();
        (await desk.Send(HttpMethod.Patch, $"{path}/{shared["id"]}", change)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await owner.Send(HttpMethod.Patch, $"{path}/{mine["id"]}", change)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var changed = await (await desk.Send(HttpMethod.Patch, $"{path}/{mine["id"]}", change)).Json(200);
        (changed["name"]!.GetValue<string>(), changed["text"]!.GetValue<string>()).ShouldBe(("été", "Mine too"));

        var wrong = await (await desk.Post(path, Reply("", "Dear {gast}", "klingonian"))).Json(400);
        wrong["errors"]!.AsObject().Select(e => e.Key).Order().ShouldBe(["language", "name", "text"]);
        wrong["errors"]!["text"]![0]!.GetValue<string>().ShouldContain("{gast}");
        (await desk.Send(HttpMethod.Delete, $"{path}/{mine["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Names(desk, path)).ShouldBe(["Welcome"]);
    }

    [Fact]
    public void What_is_not_known_of_a_guest_stays_a_placeholder_in_sight()
    {
        var values = new Dictionary<string, string?> { ["guest"] = "Ana", ["arrival"] = null };
        var filled = Placeholders.Fill("Hello {guest}, {arrival} {{x}} {Guest}", values);
        filled.ShouldBe("Hello Ana, {arrival} {{x}} {Guest}");
        Placeholders.Left(filled).ShouldBe(["arrival"]);
        Placeholders.Unknown(filled).ShouldBe(["x", "Guest"]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Who_has_a_conversation_open_and_writes_in_it_is_seen_for_a_moment(string engine)
    {
        var clock = new TestClock(new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero));
        await using var app = await TestApp.StartNew(engine, clock);
        var (line, id) = await Talk(app);
        var ana = new Actor(ActorKind.User, Guid.CreateVersion7(), "Ana", line.House.OrganizationId, PermissionSet.Everything);
        var rui = ana with { Id = Guid.CreateVersion7(), Name = "Rui" };
        await using var db = app.Open();
        await NotePresence.Run(id, rui, db, default);
        (await SeePresence.Run(id, ana, db, default)).ShouldBe([new(rui.Id, "Rui", false)]);
        (await SeePresence.Run(id, rui, db, default)).ShouldBeEmpty();
        await SaveDraft.Run(id, new("Dear"), rui, db, default);
        (await SeePresence.Run(id, ana, db, default)).ShouldBe([new(rui.Id, "Rui", true)]);
        clock.Jump(TimeSpan.FromSeconds(30));
        (await SeePresence.Run(id, ana, db, default)).ShouldBe([new(rui.Id, "Rui", false)]);
        clock.Jump(TimeSpan.FromSeconds(60));
        (await SeePresence.Run(id, ana, db, default)).ShouldBeEmpty();
        var berlin = ana with { Properties = [line.House.Berlin] };
        (await Should.ThrowAsync<Refusal>(() => SeePresence.Run(id, berlin, db, default))).Status.ShouldBe(404);
        (await Should.ThrowAsync<Refusal>(() => NotePresence.Run(id, berlin, db, default))).Status.ShouldBe(404);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Whoever_is_given_a_conversation_hears_of_it_and_of_the_guest_who_waits(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var (line, id) = await Talk(app);
        var rui = await app.MakePerson(line.House.OrganizationId, "rui@example.org");
        var ruis = await app.Enter("rui@example.org");
        var path = $"/api/v1/conversations/{id}";
        (await ruis.Send(HttpMethod.Patch, path, $$"""{"assigneeId":"{{rui}}"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Kinds(ruis)).ShouldBeEmpty("whoever takes it knows of it");
        (await line.Client.Send(HttpMethod.Patch, path, """{"assigneeId":null}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await line.Client.Send(HttpMethod.Patch, path, $$"""{"assigneeId":"{{rui}}"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Kinds(ruis)).ShouldBe(["assigned"]);

        await Write(line, 2); // the guest waits already, since the first message
        (await Kinds(ruis)).ShouldBe(["assigned"]);
        (await line.Client.Send(HttpMethod.Patch, path, """{"waiting":false}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Write(line, 3);
        (await Kinds(ruis)).ShouldBe(["waiting", "assigned"]);
        var notice = (await ruis.GetFromJson("/api/v1/me/notices"))["items"]![0]!;
        notice["subject"]!["kind"]!.GetValue<string>().ShouldBe("conversation");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_profile_says_where_its_guest_came_from_first_last_and_before_the_booking(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var (line, id) = await Talk(app);
        await using var db = app.Open();
        var contact = await db.Conversations.Where(c => c.Id == id).Select(c => c.ContactId!.Value).SingleAsync();
        var sources = await SeeSources.Run(contact, TestApp.Everything(line.House), db, default);
        sources.First!.Source.ShouldBe(Source.WhatsApp);
        sources.Last.ShouldBe(sources.First);
        sources.BeforeBooking.ShouldBeNull("there is no booking yet");
    }

    private static async Task<(Hotline Line, Guid Conversation)> Talk(TestApp app)
    {
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        await Write(line, 1);
        return (line, Guid.Parse((await line.Conversations()).ShouldHaveSingleItem()!["id"]!.GetValue<string>()));
    }

    // The third comes now; what the provider says to be later than its receipt counts from the receipt.
    private static Task Write(Hotline line, int number) =>
        line.Deliver(
            ConnectionKind.Meta,
            Hotline.WhatsApp("1", "35191000001", $"m{number}", "Hello", DateTime.UtcNow.AddMinutes(number == 3 ? 1 : number - 9))
        );

    private static JsonObject Reply(string name, string text, string? language = null, bool shared = false, Guid? property = null) =>
        new()
        {
            ["name"] = name,
            ["text"] = text,
            ["language"] = language,
            ["shared"] = shared,
            ["propertyId"] = property?.ToString(),
        };

    private static async Task<IEnumerable<string>> Names(HttpClient client, string path) =>
        (await client.GetFromJson(path))["items"]!.AsArray().Select(r => r!["name"]!.GetValue<string>());

    private static async Task<IEnumerable<string>> Kinds(HttpClient client) =>
        (await client.GetFromJson("/api/v1/me/notices"))["items"]!.AsArray().Select(n => n!["kind"]!.GetValue<string>());
}
