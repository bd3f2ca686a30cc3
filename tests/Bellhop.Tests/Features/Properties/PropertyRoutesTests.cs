using System.Text.Json.Nodes;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Properties;

public class PropertyRoutesTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Properties_are_added_changed_and_listed(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);

        var answer = await owner.Post("/api/v1/properties", Porto());
        var made = await answer.Json(201);
        answer.Headers.Location!.ToString().ShouldBe("/api/v1/properties/" + made["id"]);
        var version = answer.Headers.ETag!.Tag;
        var changed = await (
            await owner.Send(HttpMethod.Patch, "/api/v1/properties/" + made["id"], """{"timeZone":"Atlantic/Azores"}""")
        ).Json(200);
        (changed["name"]!.GetValue<string>(), changed["timeZone"]!.GetValue<string>()).ShouldBe(("Porto", "Atlantic/Azores"));

        using var late = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/properties/" + made["id"])
        {
            Content = new StringContent("""{"name":"Late"}""", System.Text.Encoding.UTF8, "application/json"),
        };
        late.Headers.IfMatch.ParseAdd(version);
        await (await owner.SendAsync(late)).Json(412);
        (await (await owner.Send(HttpMethod.Patch, "/api/v1/properties/" + made["id"], """{"name":"LISBON"}""")).Json(409))["type"]!
            .GetValue<string>()
            .ShouldBe("duplicate-property");
        (await (await owner.Post("/api/v1/properties", Porto())).Json(409))["type"]!.GetValue<string>().ShouldBe("duplicate-property");

        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = await (await owner.GetAsync("/api/v1/properties?limit=1" + (cursor is null ? "" : "&cursor=" + cursor))).Json(200);
            names.Add(page["items"]!.AsArray().ShouldHaveSingleItem()!["name"]!.GetValue<string>());
            cursor = page["nextCursor"]?.GetValue<string>();
        } while (cursor is not null);
        names.ShouldBe(["Berlin", "Lisbon", "Porto"]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Everything_wrong_is_listed_and_nothing_changes(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var before = await app.Snapshot();
        var events = await app.Events();
        const string Wrong = """{"name":" ","currency":"EURO","timeZone":"Mars/Olympus","country":"Portugal"}""";

        (await (await owner.Send(HttpMethod.Post, "/api/v1/properties", Wrong)).Json(400))
            .Fields()
            .ShouldBe(["country", "currency", "name", "timeZone"]);
        (await (await owner.Send(HttpMethod.Patch, $"/api/v1/properties/{house.Lisbon}", Wrong)).Json(400))
            .Fields()
            .ShouldBe(["country", "currency", "name", "timeZone"]);
        (
            await (
                await owner.Send(
                    HttpMethod.Patch,
                    "/api/v1/organization",
                    """{"name":"","currency":"eur","timeZone":"W. Europe Standard Time"}"""
                )
            ).Json(400)
        )
            .Fields()
            .ShouldBe(["currency", "name", "timeZone"]);
        (await (await owner.Send(HttpMethod.Put, "/api/v1/rates", """{"date":"2026-02-30","from":"XYZ","to":"euro","rate":0}""")).Json(400))
            .Fields()
            .ShouldBe(["date", "from", "rate", "to"]);
        (await (await owner.Send(HttpMethod.Put, "/api/v1/rates/2026-02-01/EUR/EUR", """{"rate":1.0000000000001}""")).Json(400))
            .Fields()
            .ShouldBe(["rate", "to"]);
        (await (await owner.Send(HttpMethod.Put, "/api/v1/rates/2026-02-01/USD/EUR", """{"rate":1,"from":"GBP"}""")).Json(400))
            .Fields()
            .ShouldBe(["from"]);
        foreach (var list in (string[])["properties", "rates", "audit"])
        {
            (await (await owner.GetAsync($"/api/v1/{list}?limit=101&cursor=x&more=1")).Json(400))
                .Fields()
                .ShouldBe(["more"], "what is unknown is refused before anything is read");
            (await (await owner.GetAsync($"/api/v1/{list}?limit=101")).Json(400)).Fields().ShouldBe(["limit"]);
            (await (await owner.GetAsync($"/api/v1/{list}?cursor=x")).Json(400)).Fields().ShouldBe(["cursor"]);
        }

        (await app.Snapshot()).ShouldBe(before);
        (await app.Events()).ShouldBe(events);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_a_strangers_or_beyond_ones_properties_is_not_there(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var stranger = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var limited = app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything, house.Lisbon));
        await using (var db = app.Open())
        {
            await db.Arrange(() => // by hand: the route would set a job to work, which changes the database in its own time
            {
                db.Add(
                    new Rate
                    {
                        OrganizationId = stranger.OrganizationId,
                        Date = new(2026, 1, 1),
                        From = "USD",
                        To = "EUR",
                        Stored = (long)(0.9m * Rate.Unit),
                    }
                );
                return Task.CompletedTask;
            });
        }

        var before = await app.Snapshot();

        foreach (var (client, id) in new[] { (owner, stranger.Lisbon), (limited, house.Berlin), (owner, Guid.CreateVersion7()) })
        {
            await (await client.GetAsync($"/api/v1/properties/{id}")).Json(404);
            await (await client.Send(HttpMethod.Patch, $"/api/v1/properties/{id}", """{"name":"Mine"}""")).Json(404);
        }

        await (await owner.GetAsync("/api/v1/rates/2026-01-01/USD/EUR")).Json(404);
        await (await owner.Send(HttpMethod.Delete, "/api/v1/rates/2026-01-01/USD/EUR")).Json(404);
        (await (await owner.GetAsync("/api/v1/rates")).Json(200))["items"]!.AsArray().ShouldBeEmpty();

        // What concerns every property is nothing for somebody limited to some.
        await (await limited.Send(HttpMethod.Patch, "/api/v1/organization", """{"currency":"USD"}""")).Json(403);
        await (await limited.Send(HttpMethod.Put, "/api/v1/rates/2026-01-01/USD/EUR", """{"rate":0.9}""")).Json(403);
        await (await limited.Send(HttpMethod.Post, "/api/v1/properties", Porto().ToJsonString())).Json(403);
        (await app.Snapshot()).ShouldBe(before);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_rate_is_set_corrected_and_taken_back(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var owner = app.As((await app.MakeHouse()).Owner);
        const string Path = "/api/v1/rates/2026-01-31/USD/EUR";

        (await owner.Send(HttpMethod.Put, Path, """{"rate":0.9}""")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Created);
        var events = await app.Events();
        (await (await owner.Send(HttpMethod.Put, Path, """{"rate":0.900}""")).Json(200))["rate"]!.ToJsonString().ShouldBe("0.9");
        (await app.Events()).ShouldBe(events, "the same rate is no change");
        (
            await (await owner.Send(HttpMethod.Put, "/api/v1/rates", """{"date":"2026-01-31","from":"USD","to":"EUR","rate":0.91}""")).Json(
                200
            )
        )["rate"]!
            .ToJsonString()
            .ShouldBe("0.91");
        (await (await owner.GetAsync(Path)).Json(200))
            .ToJsonString()
            .ShouldBe("""{"date":"2026-01-31","from":"USD","to":"EUR","rate":0.91}""");
        (await owner.Send(HttpMethod.Delete, Path)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NoContent);
        await (await owner.GetAsync(Path)).Json(404);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_audit_log_says_who_did_what_newest_first_without_values(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        await (await owner.Post("/api/v1/properties", Porto())).Json(201);
        await (await owner.Send(HttpMethod.Patch, "/api/v1/organization", """{"name":"Sea Group","timeZone":"Europe/Berlin"}""")).Json(200);
        await (await owner.GetAsync($"/api/v1/properties/{Guid.CreateVersion7()}")).Json(404);
        await (await app.As((await app.MakeHouse()).Owner).Post("/api/v1/properties", Porto())).Json(201);

        var first = await (await owner.GetAsync("/api/v1/audit?limit=2")).Json(200);
        var second = await (await owner.GetAsync("/api/v1/audit?limit=2&cursor=" + first["nextCursor"])).Json(200);

        var rows = first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(r => r!.AsObject()).ToList();
        rows.Select(r => r["action"]!.GetValue<string>()).ShouldBe(["access.refused", "organization.updated", "property.created"]);
        second["nextCursor"].ShouldBeNull();
        rows[1]["fields"]!.AsArray().Select(f => f!.GetValue<string>()).Order().ShouldBe(["name", "timeZone"]);
        rows[1]["who"]!["kind"]!.GetValue<string>().ShouldBe("ApiKey");
        rows[2]["entity"]!["kind"]!.GetValue<string>().ShouldBe("property");
        rows.ShouldAllBe(r => !r.ToJsonString().Contains("Porto") && !r.ToJsonString().Contains("Sea Group"));
    }

    private static JsonObject Porto() =>
        new()
        {
            ["name"] = "Porto",
            ["currency"] = "EUR",
            ["timeZone"] = "Europe/Lisbon",
            ["country"] = "PT",
        };
}
