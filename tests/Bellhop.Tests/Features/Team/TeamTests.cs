using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Features.Team;

public class TeamTests
{
    private const string Path = "/api/v1/team";
    private const string Invitations = Path + "/invitations";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_new_member_signs_in_with_the_rights_they_were_given(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        var ana = await app.Enter("ana@example.org");

        var asked = await (await ana.Post(Invitations, Body("Rui@Example.org", "Front desk", house.Lisbon))).Json(202);
        (await app.Accept(asked["link"]!.GetValue<string>(), People.Password, "Rui")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var rui = (await (await ana.GetAsync(Path)).Json(200))["items"]!
            .AsArray()
            .Select(m => m!.AsObject())
            .Single(m => m["email"]!.GetValue<string>() == "rui@example.org");
        rui["properties"]!.AsArray().Select(p => p!["name"]!.GetValue<string>()).ShouldBe(["Lisbon"]);

        var him = await app.Enter("rui@example.org");
        (await him.GetAsync("/api/v1/contacts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await him.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        (await (await ana.Send(HttpMethod.Patch, $"{Path}/{rui["id"]}", """{"role":"Manager","properties":null}""")).Json(200))["role"]!
            .GetValue<string>()
            .ShouldBe("Manager");
        (await (await him.GetAsync(Path)).Json(200))["items"]!.AsArray().Count.ShouldBe(2);
        (await ana.Send(HttpMethod.Delete, $"{Path}/{rui["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await him.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ana.Send(HttpMethod.Delete, $"{Path}/{rui["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Only_an_owner_changes_owners_and_the_last_one_stays(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var anaId = await app.MakePerson(house.OrganizationId, "ana@example.org");
        await app.MakePerson(house.OrganizationId, "max@example.org", Roles.Manager);
        var (ana, max) = (await app.Enter("ana@example.org"), await app.Enter("max@example.org"));
        var before = await app.Snapshot();

        foreach (var notAnOwner in (HttpClient[])[max, app.As(house.Owner)])
        {
            (await notAnOwner.Send(HttpMethod.Patch, $"{Path}/{anaId}", """{"role":"Viewer"}""")).StatusCode.ShouldBe(
                HttpStatusCode.Forbidden
            );
            (await notAnOwner.Send(HttpMethod.Delete, $"{Path}/{anaId}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await notAnOwner.Post(Invitations, Body("new@example.org", "Owner"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        (await ana.Send(HttpMethod.Delete, $"{Path}/{anaId}")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await (await ana.Send(HttpMethod.Patch, $"{Path}/{anaId}", """{"role":"Manager"}""")).Json(409))["type"]!
            .GetValue<string>()
            .ShouldBe("last-owner");
        (await app.Snapshot()).ShouldBe(before);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_owners_demoting_each_other_at_once_leave_one(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var anaId = await app.MakePerson(house.OrganizationId, "ana@example.org");
        var ruiId = await app.MakePerson(house.OrganizationId, "rui@example.org");
        var (ana, rui) = (await app.Enter("ana@example.org"), await app.Enter("rui@example.org"));

        var answers = await Task.WhenAll(
            ana.Send(HttpMethod.Patch, $"{Path}/{ruiId}", """{"role":"Manager"}"""),
            rui.Send(HttpMethod.Patch, $"{Path}/{anaId}", """{"role":"Manager"}""")
        );

        answers.Select(a => a.StatusCode).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.Forbidden]);
        await using var db = app.Open();
        (await db.Memberships.CountAsync(m => m.Role == Roles.Owner)).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Nobody_gives_what_they_have_not(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "max@example.org", Roles.Manager, house.Lisbon);
        var everywhere = await app.MakePerson(house.OrganizationId, "eva@example.org", Roles.Viewer);
        var elsewhere = await app.MakePerson(house.OrganizationId, "bo@example.org", Roles.Viewer, house.Berlin);
        var both = await app.MakePerson(house.OrganizationId, "cy@example.org", Roles.Viewer, house.Lisbon, house.Berlin);
        var max = await app.Enter("max@example.org");
        var hand = app.As(await app.MakeKey(house.OrganizationId, new([Permission.TeamManage])));
        var before = await app.Snapshot();

        (await max.Post(Invitations, Body("new@example.org", "Viewer", house.Berlin))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await max.Send(HttpMethod.Patch, $"{Path}/{both}", """{"role":"Front desk"}""")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await max.Send(HttpMethod.Delete, $"{Path}/{everywhere}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await max.GetAsync($"{Path}/{elsewhere}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await max.GetAsync($"{Path}/{both}")).Json(200))["properties"]!.AsArray().Count.ShouldBe(1); // Berlin is not his to see
        (await hand.Post(Invitations, Body("new@example.org", "Viewer"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await hand.Send(HttpMethod.Patch, $"{Path}/{everywhere}", """{"role":"Manager"}""")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.Snapshot()).ShouldBe(before);

        await (await max.Post(Invitations, Body("new@example.org", "Viewer"))).Json(202); // as far as he sees himself
        (await (await max.GetAsync(Invitations)).Json(200))["items"]![0]!["properties"]!.AsArray().Single()!["name"]!
            .GetValue<string>()
            .ShouldBe("Lisbon");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Everything_wrong_with_a_member_is_said_at_once_and_pages_follow_each_other(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var wrong = await owner.Post(
            Invitations,
            new JsonObject
            {
                ["email"] = "x",
                ["role"] = "King",
                ["properties"] = new JsonArray(),
            }
        );
        (await wrong.Json(400)).Fields().ShouldBe(["email", "properties", "role"]);
        (await (await owner.Post(Path, Body("new@example.org", "Viewer"))).Json(410))["type"]!.GetValue<string>().ShouldBe("gone");
        foreach (var name in (string[])["a", "b", "c"])
        {
            await app.MakePerson(house.OrganizationId, name + "@example.org", Roles.Viewer);
        }

        var first = await (await owner.GetAsync(Path + "?limit=2")).Json(200);
        var second = await (await owner.GetAsync($"{Path}?limit=2&cursor={first["nextCursor"]}")).Json(200);
        first["items"]!
            .AsArray()
            .Concat(second["items"]!.AsArray())
            .Select(m => m!["email"]!.GetValue<string>())
            .ShouldBe(["a@example.org", "b@example.org", "c@example.org"]);
        second["nextCursor"].ShouldBeNull();
        foreach (var query in (string[])["?limit=0", "?limit=101", "?cursor=x", "?page=2"])
        {
            (await owner.GetAsync(Path + query)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        (await (await owner.GetAsync("/api/v1/roles")).Json(200))["items"]!
            .AsArray()
            .Select(r => r!["name"]!.GetValue<string>())
            .ShouldBe(["Owner", "Manager", "Front desk", "Marketing", "Viewer"]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Whoever_is_taken_off_the_team_has_an_empty_page_within_five_seconds(string engine)
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var app = await TestApp.StartNew(engine, clock);
        var house = await app.MakeHouse();
        await using var page = await app.Sitting(house.OrganizationId, Roles.Viewer);
        var current = page.ServiceProvider.GetRequiredService<CurrentActor>();
        (await current.Get()).IsKnown.ShouldBeTrue();
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        current.SignedOut += left.SetResult;
        using var closed = new CancellationTokenSource();
        var watching = current.Watch(clock, work => work(), closed.Token);
        await using var db = app.Open();
        await db.Memberships.ExecuteDeleteAsync(); // by another process

        clock.Advance(TimeSpan.FromSeconds(5));

        await left.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await closed.CancelAsync();
        await watching;
    }

    private static JsonObject Body(string email, string role, params Guid[] properties)
    {
        var body = new JsonObject { ["email"] = email, ["role"] = role };
        if (properties.Length > 0)
        {
            body["properties"] = new JsonArray([.. properties.Select(p => (JsonNode)p.ToString())]);
        }

        return body;
    }
}
