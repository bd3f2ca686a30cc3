using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Team;

public class ApiKeyTests
{
    private const string Path = "/api/v1/api-keys";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_key_is_shown_once_works_and_is_dead_when_revoked(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);

        var answer = await owner.Post(
            Path,
            new JsonObject { ["name"] = "Website", ["permissions"] = new JsonArray("contacts.view") },
            "once"
        );
        var made = await answer.Json(201);
        var key = made["key"]!.GetValue<string>();
        key.ShouldMatch("^bh_[A-Za-z0-9_-]{43}$");
        made["permissions"]!.ToJsonString().ShouldBe("""["contacts.view"]""");

        (
            await (
                await owner.Post(Path, new JsonObject { ["name"] = "Website", ["permissions"] = new JsonArray("contacts.view") }, "once")
            ).Json(201)
        )
            .ContainsKey("key")
            .ShouldBeFalse();
        (await (await owner.GetAsync(answer.Headers.Location)).Json(200)).ContainsKey("key").ShouldBeFalse();
        string.Concat((await app.Snapshot()).Values).ShouldNotContain(key);

        using var website = app.As(key);
        (await website.GetAsync("/api/v1/contacts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await website.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await owner.Send(HttpMethod.Delete, answer.Headers.Location!.ToString())).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await website.GetAsync("/api/v1/contacts")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await owner.GetAsync(answer.Headers.Location)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await using var db = app.Open();
        (await db.Events.Where(e => e.EntityKind == "apiKey").OrderBy(e => e.Id).Select(e => e.Action).ToListAsync()).ShouldBe([
            "apiKey.created",
            "apiKey.revoked",
            "access.refused",
        ]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_key_works_through_its_last_day_and_one_revoked_elsewhere_is_dead_in_five_seconds(string engine)
    {
        var clock = new TestClock(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var app = await TestApp.StartNew(engine, clock);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        (await (await owner.Post(Path, new JsonObject { ["name"] = "x", ["expires"] = "2026-02-28" })).Json(400))
            .Fields()
            .ShouldBe(["expires"]);
        var made = await (await owner.Post(Path, new JsonObject { ["name"] = "x", ["expires"] = "2026-03-01" })).Json(201);
        made["expiresAt"]!.GetValue<string>().ShouldBe("2026-03-02T00:00:00.000Z");
        var key = app.As(made["key"]!.GetValue<string>());

        clock.SetUtcNow(new(2026, 3, 1, 23, 59, 59, TimeSpan.Zero));
        (await key.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await key.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        (await owner.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var db = app.Database.OpenElsewhere();
        await db.ApiKeys.ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, clock.GetUtcNow().UtcDateTime));
        clock.Advance(TimeSpan.FromSeconds(5));
        (await owner.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task No_key_goes_beyond_its_maker(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var (house, other) = (await app.MakeHouse(), await app.MakeHouse());
        var limited = app.As(await app.MakeKey(house.OrganizationId, new([Permission.TeamManage, Permission.ContactsView]), house.Lisbon));
        var whole = await (await app.As(house.Owner).Post(Path, new JsonObject { ["name"] = "whole" })).Json(201);
        var before = await app.Snapshot();

        (
            await limited.Post(Path, new JsonObject { ["name"] = "x", ["permissions"] = new JsonArray("bookings.manage") })
        ).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var property in (Guid[])[house.Berlin, other.Lisbon, Guid.CreateVersion7(), Guid.Empty])
        {
            (
                await limited.Post(Path, new JsonObject { ["name"] = "x", ["properties"] = new JsonArray(property.ToString()) })
            ).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        (await limited.GetAsync($"{Path}/{whole["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await limited.Send(HttpMethod.Delete, $"{Path}/{whole["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await app.As(other.Owner).Send(HttpMethod.Delete, $"{Path}/{whole["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (
            await (
                await limited.Post(
                    Path,
                    new JsonObject
                    {
                        ["name"] = "",
                        ["permissions"] = new JsonArray("fly"),
                        ["expires"] = "soon",
                    }
                )
            ).Json(400)
        ).Fields().ShouldBe(["expires", "name", "permissions"]);
        (await app.Snapshot()).ShouldBe(before);

        var made = await (await limited.Post(Path, new JsonObject { ["name"] = "x" })).Json(201);
        made["permissions"]!.ToJsonString().ShouldBe("""["contacts.view","team.manage"]""");
        made["properties"]!.AsArray().Single()!["id"]!.GetValue<string>().ShouldBe(house.Lisbon.ToString());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_rotated_key_works_by_both_secrets_until_the_overlap_ends(string engine)
    {
        var clock = new TestClock(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var app = await TestApp.StartNew(engine, clock);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var made = await (await owner.Post(Path, new JsonObject { ["name"] = "Website" })).Json(201);
        made["lastUsedAt"].ShouldBeNull();
        var (old, rotations) = (app.As(made["key"]!.GetValue<string>()), $"{Path}/{made["id"]}/rotations");
        (await old.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.OK);

        foreach (var hours in (int[])[-1, 169])
        {
            var wrong = await owner.Post(rotations, new JsonObject { ["overlapHours"] = hours });
            (await wrong.Json(400)).Fields().ShouldBe(["overlapHours"]);
        }

        var rotated = await (await owner.Post(rotations, new JsonObject { ["overlapHours"] = 2 })).Json(201);

        rotated["id"]!.GetValue<string>().ShouldBe(made["id"]!.GetValue<string>());
        rotated["lastUsedAt"]!.GetValue<string>().ShouldBe("2026-03-01T12:00:00.000Z");
        var young = app.As(rotated["key"]!.GetValue<string>());
        (await young.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await old.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        clock.Advance(TimeSpan.FromHours(2));
        (await young.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await old.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        await (await owner.Post(rotations, new JsonObject { ["overlapHours"] = 0 })).Json(201);
        (await young.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "without overlap the old secret ends at once");
        (await owner.Send(HttpMethod.Delete, $"{Path}/{made["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await owner.Post(rotations, new JsonObject { ["overlapHours"] = 1 })).Json(404)).ShouldNotBeNull();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_wrong_key_never_becomes_the_cookies_session_and_none_is_read_from_an_address(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        var ana = await app.Enter("ana@example.org");
        (await ana.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.OK);

        foreach (var header in (string[])["Bearer", "Bearer ", "Bearer bh_x", "bearer " + house.Owner + "x", "Bearer " + house.Owner[3..]])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Path);
            request.Headers.TryAddWithoutValidation("Authorization", header);
            var answer = await ana.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            answer.Headers.WwwAuthenticate.ShouldBe([new AuthenticationHeaderValue("Bearer")]);
        }

        foreach (var query in (string[])["access_token", "api_key", "key", "token"])
        {
            (await app.Anonymous().GetAsync($"{Path}?{query}={house.Owner}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }
}
