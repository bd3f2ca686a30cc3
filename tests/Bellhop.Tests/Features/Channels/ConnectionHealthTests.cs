using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Channels;
using Bellhop.Providers;
using Bellhop.Tests.Features.Inbox;
using Bellhop.Tests.Features.Team;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Channels;

/// <summary>Whether a connection works, as its provider says.</summary>
public class ConnectionHealthTests
{
    private const string Ana = "ana@example.org";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Lost_events_and_a_dead_token_are_found_told_once_and_mended_by_a_test(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        await app.MakePerson(line.House.OrganizationId, Ana);
        var ana = await app.Enter(Ana);

        var test = await Test(line, line.Meta);
        test["healthy"]!.GetValue<bool>().ShouldBeTrue();
        Names(test).ShouldBe(["token", "account", "account", "account", "subscription", "subscription", "subscription"]);
        (await Status(line)).ShouldBe(("healthy", null));

        SendingLine.Providers.LostSubscriptions[line.WhatsApp.WabaId!] = true;
        await Look(app, line.Meta);
        (await Status(line)).ShouldBe(("failing", "subscription"));
        await Look(app, line.Meta);
        (await Notices(ana)).ShouldBe(["The meta"], "it is told once");

        (await Test(line, line.Meta))["healthy"]!.GetValue<bool>().ShouldBeTrue("the test asks for the events again");
        (await Status(line)).ShouldBe(("healthy", null));
        SendingLine.Providers.LostSubscriptions.ContainsKey(line.WhatsApp.WabaId!).ShouldBeFalse();

        SendingLine.Providers.DeadTokens[line.MetaToken] = true;
        var dead = await Test(line, line.Meta);
        Names(dead).ShouldBe(["token"], "without access nothing else can be asked");
        dead["checks"]![0]!["problem"]!["code"]!.GetValue<string>().ShouldBe("token");
        dead.ToJsonString().ShouldNotContain(line.MetaToken);
        (await Status(line)).ShouldBe(("failing", "token"));
        (await Notices(ana)).Count.ShouldBe(2);
        (await app.Events("connection.tested")).ShouldBe(3);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_bot_is_told_where_to_send_once_there_is_an_address_and_again_by_a_test(string engine)
    {
        await using var app = await TestApp.StartNew(engine, null, ("Bellhop:PublicAddress", "https://desk.example.org"));
        var house = await app.MakeHouse();
        var token = $"{Random.Shared.NextInt64(1_000_000, 9_999_999_999)}:bot";
        var bot = new Account("telegram", token, "The bot", "https://elsewhere.example/hook", "other");
        TestProviders.Shared.Connect(bot);
        var body = new JsonObject
        {
            ["kind"] = "telegram",
            ["name"] = "The bot",
            ["propertyId"] = house.Lisbon.ToString(),
            ["secrets"] = new JsonObject { ["accessToken"] = token, ["secretToken"] = "our-secret" },
        };

        var made = await (await app.As(house.Owner).Post("/api/v1/connections", body)).Json(201);
        await app.RunJobs();

        var told = TestProviders.Shared.Find(token)!;
        (told.Webhook, told.Secret).ShouldBe((made["webhookUrl"]!.GetValue<string>(), "our-secret"));
        TestProviders.Shared.LostSubscriptions[token] = true;
        var id = Guid.Parse(made["id"]!.GetValue<string>());
        await Look(app, id);
        var failing = await app.As(house.Owner).GetFromJson($"/api/v1/connections/{id}");
        failing["status"]!.GetValue<string>().ShouldBe("failing", "a look takes nothing over");
        var test = await (await app.As(house.Owner).Post($"/api/v1/connections/{id}/tests", new JsonObject())).Json(200);
        test["healthy"]!.GetValue<bool>().ShouldBeTrue(test.ToJsonString());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Each_connection_is_looked_at_once_an_hour_and_a_provider_that_is_away_says_nothing_of_it(string engine)
    {
        await using var app = await TestApp.StartNew(
            engine,
            new TestClock(DateTimeOffset.UtcNow),
            ("Providers:Address", "http://127.0.0.1:9")
        );
        var house = await app.MakeHouse();
        var body = new JsonObject
        {
            ["kind"] = "telegram",
            ["name"] = "The bot",
            ["propertyId"] = house.Lisbon.ToString(),
            ["secrets"] = new JsonObject { ["accessToken"] = "1:bot" },
        };
        var id = (await (await app.As(house.Owner).Post("/api/v1/connections", body)).Json(201))["id"]!.GetValue<string>();

        foreach (var (minutes, jobs) in new[] { (0, 1), (30, 1), (25, 2) })
        {
            app.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await using var db = app.Open();
            await CheckConnections.Recurring.Run(db, default);
            await app.RunJobs();
            (await db.Jobs.CountAsync(j => j.Kind == CheckConnections.Kind)).ShouldBe(jobs, $"{minutes} minutes later");
        }

        (await app.As(house.Owner).GetFromJson($"/api/v1/connections/{id}"))["status"]!.GetValue<string>().ShouldBe("healthy");
        var test = await (await app.As(house.Owner).Post($"/api/v1/connections/{id}/tests", new JsonObject())).Json(200);
        test["checks"]![0]!["problem"]!["code"]!.GetValue<string>().ShouldBe("away");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task News_of_a_template_changes_the_stored_one_and_of_a_strangers_business_nothing(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        SendingLine.Providers.Templates[line.WhatsApp.WabaId!] = """
            {"data":[{"id":"1","name":"arrival","language":"en","status":"PENDING","category":"UTILITY",
              "components":[{"type":"BODY","text":"Your room is ready."}]}]}
            """;
        await line.Client.Post($"/api/v1/connections/{line.Meta}/templates/refreshes", new JsonObject());
        var waba = line.WhatsApp.WabaId!;
        async Task<string> After(string business, string field, JsonObject news, int seconds = 5)
        {
            news["message_template_name"] = news["message_template_name"]?.GetValue<string>() ?? "arrival";
            news["message_template_language"] = "en";
            var at = DateTimeOffset.UtcNow.AddSeconds(seconds).ToUnixTimeSeconds();
            (await line.Tell(business, field, news, at)).ShouldBe(HttpStatusCode.OK);
            await app.RunJobs(); // reads it
            await app.RunJobs(); // asks for what is new
            var all = (await line.Client.GetFromJson($"/api/v1/connections/{line.Meta}/templates"))["items"]!.AsArray();
            return string.Join(", ", all.Select(t => $"{t!["name"]} {t["status"]} {t["quality"] ?? "-"} {t["category"]}"));
        }

        (await After("999", "message_template_status_update", new() { ["event"] = "APPROVED" })).ShouldBe("arrival PENDING - UTILITY");
        (await After(waba, "message_template_status_update", new() { ["event"] = "APPROVED" })).ShouldBe("arrival APPROVED - UTILITY");
        (await After(waba, "message_template_quality_update", new() { ["new_quality_score"] = "YELLOW" })).ShouldBe(
            "arrival APPROVED YELLOW UTILITY"
        );
        (await After(waba, "template_category_update", new() { ["new_category"] = "MARKETING" })).ShouldBe(
            "arrival APPROVED YELLOW MARKETING"
        );
        (await After(waba, "message_template_status_update", new() { ["event"] = "PAUSED" }, seconds: -3600)).ShouldBe(
            "arrival APPROVED YELLOW MARKETING",
            "news from before is late"
        );

        // One that is new to us is asked for, with all that is known of it.
        var known = JsonNode.Parse(SendingLine.Providers.Templates[waba])!;
        var party = known["data"]![0]!.DeepClone();
        (party["id"], party["name"], party["status"], party["category"]) = ("2", "party", "APPROVED", "MARKETING");
        known["data"]!.AsArray().Add(party);
        SendingLine.Providers.Templates[waba] = known.ToJsonString();
        (
            await After(waba, "message_template_status_update", new() { ["event"] = "APPROVED", ["message_template_name"] = "party" })
        ).ShouldEndWith("party APPROVED - MARKETING");
    }

    private static async Task<JsonNode> Test(SendingLine line, Guid id) =>
        await (await line.Client.Post($"/api/v1/connections/{id}/tests", new JsonObject())).Json(200);

    private static IEnumerable<string> Names(JsonNode test) => test["checks"]!.AsArray().Select(c => c!["name"]!.GetValue<string>());

    private static async Task<(string Status, string? Error)> Status(SendingLine line)
    {
        var row = await line.Client.GetFromJson($"/api/v1/connections/{line.Meta}");
        return (row["status"]!.GetValue<string>(), row["lastError"]?.GetValue<string>());
    }

    private static async Task<List<string?>> Notices(HttpClient person) =>
        [
            .. (await person.GetFromJson("/api/v1/me/notices"))["items"]!
                .AsArray()
                .Where(n => n!["kind"]!.GetValue<string>() == "connectionFailing")
                .Select(n => n!["subject"]!["name"]?.GetValue<string>()),
        ];

    /// <summary>The hourly look.</summary>
    private static async Task Look(TestApp app, Guid id)
    {
        await using (var db = app.Open())
        {
            await db.Arrange(async () =>
            {
                var connection = await db.Connections.SingleAsync(c => c.Id == id);
                await CheckConnections.Queue(connection.OrganizationId, id, CheckConnections.Kind, db, default);
            });
        }

        await app.RunJobs();
    }
}
