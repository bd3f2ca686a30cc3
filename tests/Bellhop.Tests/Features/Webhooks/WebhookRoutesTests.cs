using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Webhooks;

public class WebhookRoutesTests
{
    private const string Path = "/api/v1/webhook-endpoints";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task An_endpoint_is_made_tested_hears_is_sent_to_again_and_is_deleted(string engine)
    {
        await using var receiver = await Receiver.Start();
        await using var app = await TestApp.StartNew(engine, null, (OutsideHttp.NetworksSetting, "127.0.0.0/8"));
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var answer = await owner.Post(Path, Body(receiver.Url, "contact.created", "contact.deleted"), "once");
        var made = await answer.Json(201);
        var secret = made["secret"]!.GetValue<string>();
        secret.ShouldMatch("^whsec_[A-Za-z0-9+/]{43}=$");
        made.Select(m => m.Key)
            .ShouldBe(["id", "url", "events", "propertyIds", "paused", "createdAt", "updatedAt", "secret"], ignoreOrder: true);
        (await (await owner.Post(Path, Body(receiver.Url, "contact.created", "contact.deleted"), "once")).Json(201))
            .ContainsKey("secret")
            .ShouldBeFalse();
        var path = answer.Headers.Location!.ToString();
        (await owner.GetFromJson(path)).ContainsKey("secret").ShouldBeFalse();
        string.Concat((await app.Snapshot()).Values).ShouldNotContain(secret["whsec_".Length..]);

        await (await owner.Post(path + "/tests", new JsonObject())).Json(202);
        var test = await Until(owner, path, d => d["status"]!.GetValue<string>() == "delivered");
        test.Select(m => m.Key).ShouldBe(["id", "event", "at", "attempts", "status", "lastStatusCode", "nextAt"], ignoreOrder: true);
        (test["event"]!.GetValue<string>(), test["attempts"]!.GetValue<int>(), test["lastStatusCode"]!.GetValue<int>()).ShouldBe(
            ("webhook.test", 1, 200)
        );

        await (
            await owner.Post("/api/v1/contacts", new JsonObject { ["phone"] = "+351912345678", ["propertyId"] = house.Lisbon.ToString() })
        ).Json(201);
        var told = await Until(owner, path, d => d["event"]!.GetValue<string>() == "contact.created" && Is(d, "delivered"));
        receiver.Calls.Count.ShouldBe(2);
        receiver.Calls.ShouldAllBe(c => c.IsTakenWith(secret));
        receiver.Calls.Last().Body["data"]!["phone"]!.GetValue<string>().ShouldBe("+351912345678");

        var again = await (await owner.Post($"/api/v1/deliveries/{told["id"]}/replays", new JsonObject())).Json(202);
        again["status"]!.GetValue<string>().ShouldBe("pending");
        await Until(owner, path, d => d["attempts"]!.GetValue<int>() == 2 && Is(d, "delivered"));
        receiver.Calls.Skip(1).Select(c => c.Id).Distinct().Count().ShouldBe(1);

        (await owner.Send(HttpMethod.Patch, path, """{"paused":true}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await owner.Post(path + "/tests", new JsonObject())).Json(409))["type"]!
            .GetValue<string>()
            .ShouldEndWith("endpoint-paused");
        (await (await owner.Post($"/api/v1/deliveries/{told["id"]}/replays", new JsonObject())).Json(409)).ShouldNotBeNull();
        (await owner.Send(HttpMethod.Delete, path)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await owner.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await using var db = app.Open();
        (await db.WebhookDeliveries.AnyAsync()).ShouldBeFalse();
        (
            await db
                .Events.Where(e => e.EntityKind == "webhookEndpoint" && e.Action != "access.refused")
                .OrderBy(e => e.At)
                .Select(e => e.Action)
                .ToListAsync()
        ).ShouldBe([
            "webhookEndpoint.created",
            "webhookEndpoint.tested",
            "webhookEndpoint.replayed",
            "webhookEndpoint.updated",
            "webhookEndpoint.deleted",
        ]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_an_endpoint_may_not_be_is_refused_with_every_field_and_changes_nothing(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var made = await (await owner.Post(Path, Body("https://hooks.example.org/a?b=c", "review.created"))).Json(201);
        var path = $"{Path}/{made["id"]}";
        var before = await app.Snapshot();

        var all = new JsonObject
        {
            ["url"] = "ftp://example.org",
            ["events"] = new JsonArray("contact.made"),
            ["propertyIds"] = new JsonArray(),
        };
        (await (await owner.Post(Path, all)).Json(400)).Fields().ShouldBe(["events", "propertyIds", "url"]);
        foreach (
            var url in (string[])
                [
                    "",
                    "hooks.example.org",
                    "http://hooks.example.org/",
                    "https://user:secret@hooks.example.org/",
                    "https://hooks.example.org/#part",
                    "https://localhost/",
                    "https://127.0.0.1/",
                    "https://2130706433/",
                    "https://[::1]/",
                    "https://[::ffff:10.0.0.1]/",
                    "https://192.168.1.4/hook",
                ]
        )
        {
            (await (await owner.Post(Path, Body(url, "contact.created"))).Json(400)).Fields().ShouldBe(["url"], url);
            (await (await owner.Send(HttpMethod.Patch, path, new JsonObject { ["url"] = url }.ToJsonString())).Json(400))
                .Fields()
                .ShouldBe(["url"], url);
        }

        (await (await owner.Post(path + "/rotations", new JsonObject { ["overlapHours"] = 169 })).Json(400))
            .Fields()
            .ShouldBe(["overlapHours"]);
        (await app.Snapshot()).ShouldBe(before);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Nobody_sends_out_or_sees_what_is_beyond_their_own(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var all = await (await owner.Post(Path, Body("https://hooks.example.org/", "contact.created", "review.created"))).Json(201);
        var limited = app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything, house.Lisbon));
        var settings = app.As(await app.MakeKey(house.OrganizationId, new([Permission.SettingsManage])));
        var before = await app.Snapshot();

        (await limited.GetAsync($"{Path}/{all["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await limited.GetFromJson(Path))["items"]!.AsArray().ShouldBeEmpty();
        (await limited.Post($"{Path}/{all["id"]}/rotations", new JsonObject { ["overlapHours"] = 1 })).StatusCode.ShouldBe(
            HttpStatusCode.NotFound
        );
        var elsewhere = Body("https://hooks.example.org/", "contact.created");
        elsewhere["propertyIds"] = new JsonArray(house.Berlin.ToString());
        (await limited.Post(Path, elsewhere)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await settings.Post(Path, Body("https://hooks.example.org/", "contact.created"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await settings.Send(HttpMethod.Patch, $"{Path}/{all["id"]}", """{"url":"https://mine.example.org/"}""")).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await app.Snapshot()).ShouldBe(before);

        var own = await (await limited.Post(Path, Body("https://hooks.example.org/", "contact.created"))).Json(201);
        own["propertyIds"]!.ToJsonString().ShouldBe($"""["{house.Lisbon}"]""");
        var paused = await (await settings.Send(HttpMethod.Patch, $"{Path}/{all["id"]}", """{"paused":true}""")).Json(200);
        paused["paused"]!.GetValue<bool>().ShouldBeTrue();
    }

    private static bool Is(JsonObject delivery, string status) => delivery["status"]!.GetValue<string>() == status;

    private static JsonObject Body(string url, params string[] events) =>
        new() { ["url"] = url, ["events"] = new JsonArray([.. events.Select(e => (JsonNode)e)]) };

    private static async Task<JsonObject> Until(HttpClient client, string path, Func<JsonObject, bool> isSo)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var all = (await client.GetFromJson(path + "/deliveries"))["items"]!.AsArray();
            if (all.Select(d => d!.AsObject()).FirstOrDefault(isSo) is { } found)
            {
                return found;
            }

            await Task.Delay(20, late.Token);
        }
    }
}
