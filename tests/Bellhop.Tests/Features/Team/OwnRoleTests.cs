using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Team;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Team;

public class OwnRoleTests
{
    private const string Path = "/api/v1/roles";
    private const string Team = "/api/v1/team";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_role_of_ones_own_gives_its_members_exactly_its_rights_and_follows_its_changes(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var answer = await owner.Post(Path, Body("Night desk", "bookings.manage"));
        var role = await answer.Json(201);
        role["permissions"]!.ToJsonString().ShouldBe("""["bookings.view","bookings.manage"]""", "with the view it needs");
        role["builtIn"]!.GetValue<bool>().ShouldBeFalse();
        var id = await app.MakePerson(house.OrganizationId, "rui@example.org", Roles.Viewer);
        (await owner.Send(HttpMethod.Patch, $"{Team}/{id}", """{"role":"Night desk"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var rui = await app.Enter("rui@example.org");

        (await rui.GetAsync("/api/v1/bookings")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await rui.GetAsync("/api/v1/contacts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var where = answer.Headers.Location!.ToString();
        var changed = await owner.Send(HttpMethod.Patch, where, """{"name":"Late desk","permissions":["contacts.view"]}""");
        (await changed.Json(200))["members"]!.GetValue<int>().ShouldBe(1);
        var used = (await owner.GetFromJson(where))["lastUsedAt"]!.GetValue<DateTime>();
        used.ShouldBe(DateTime.UtcNow, TimeSpan.FromMinutes(15), "when Rui was last seen");
        (await rui.GetAsync("/api/v1/contacts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await rui.GetAsync("/api/v1/bookings")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await owner.GetAsync($"{Team}/{id}")).Json(200))["role"]!.GetValue<string>().ShouldBe("Late desk");

        (await (await owner.Send(HttpMethod.Delete, where)).Json(409))["type"]!.GetValue<string>().ShouldBe("in-use");
        (await owner.Send(HttpMethod.Patch, $"{Team}/{id}", """{"role":"Viewer"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await owner.Send(HttpMethod.Delete, where)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await owner.GetAsync(where)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_invitation_to_a_role_of_ones_own_gives_its_rights_under_its_new_name_too(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var role = await (await owner.Post(Path, Body("Housekeeping", "bookings.view"))).Json(201);
        var asked = await owner.Post(Team + "/invitations", new JsonObject { ["email"] = "bea@example.org", ["role"] = "Housekeeping" });
        var link = (await asked.Json(202))["link"]!.GetValue<string>();
        await (await owner.Send(HttpMethod.Patch, $"{Path}/{role["id"]}", """{"name":"Rooms"}""")).Json(200);

        (await app.Accept(link, People.Password, "Bea")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);

        var bea = await app.Enter("bea@example.org");
        (await bea.GetAsync("/api/v1/bookings")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await bea.GetAsync("/api/v1/contacts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Nobody_makes_or_changes_a_role_beyond_their_own_rights_and_built_in_ones_stay(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var strong = await (await owner.Post(Path, Body("Strong", "settings.manage"))).Json(201);
        var elsewhere = await (await owner.Post(Path, Body("Elsewhere", "contacts.view"))).Json(201);
        await app.MakePerson(house.OrganizationId, "bo@example.org", "Elsewhere", house.Berlin);
        var hand = app.As(await app.MakeKey(house.OrganizationId, new([Permission.TeamManage, Permission.ContactsView])));
        var lisbon = app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything, house.Lisbon));
        var builtIn = (await (await owner.GetAsync(Path)).Json(200))["items"]![2]!;
        builtIn["name"]!.GetValue<string>().ShouldBe("Front desk");
        var before = await app.Snapshot();

        (await hand.Post(Path, Body("Mine", "bookings.view"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await hand.Send(HttpMethod.Delete, $"{Path}/{strong["id"]}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await hand.Send(HttpMethod.Patch, $"{Path}/{elsewhere["id"]}", """{"permissions":["reports.view"]}""")).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await (await lisbon.Send(HttpMethod.Patch, $"{Path}/{elsewhere["id"]}", """{"name":"Here"}""")).Json(403))["type"]!
            .GetValue<string>()
            .ShouldBe("used-elsewhere");
        (await (await owner.Send(HttpMethod.Patch, $"{Path}/{builtIn["id"]}", """{"name":"x"}""")).Json(409))["type"]!
            .GetValue<string>()
            .ShouldBe("built-in");
        (await (await owner.Send(HttpMethod.Delete, $"{Path}/{builtIn["id"]}")).Json(409))["type"]!.GetValue<string>().ShouldBe("built-in");
        foreach (var taken in (string[])["STRONG", "front DESK"])
        {
            (await (await owner.Post(Path, Body(taken, "contacts.view"))).Json(409))["type"]!.GetValue<string>().ShouldBe("duplicate-role");
        }

        (await (await owner.Post(Path, Body("", "fly"))).Json(400)).Fields().ShouldBe(["name", "permissions"]);
        (await app.Snapshot()).ShouldBe(before);
        (await (await owner.GetAsync($"{Path}/{builtIn["id"]}")).Json(200))["name"]!.GetValue<string>().ShouldBe("Front desk");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_disabled_member_is_out_at_once_and_back_when_enabled(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var only = await app.MakePerson(house.OrganizationId, "ana@example.org");
        var id = await app.MakePerson(house.OrganizationId, "rui@example.org", Roles.Manager);
        var (ana, rui) = (await app.Enter("ana@example.org"), await app.Enter("rui@example.org"));
        (await rui.GetAsync(Team)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var row = await (await ana.Send(HttpMethod.Patch, $"{Team}/{id}", """{"disabled":true}""")).Json(200);

        row["disabled"]!.GetValue<bool>().ShouldBeTrue();
        row["lastSeenAt"].ShouldNotBeNull();
        (await rui.GetAsync(Team)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Browser().SignIn("rui@example.org", People.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await (await ana.Send(HttpMethod.Patch, $"{Team}/{only}", """{"disabled":true}""")).Json(409))["type"]!
            .GetValue<string>()
            .ShouldBe("last-owner");

        await (await ana.Send(HttpMethod.Patch, $"{Team}/{id}", """{"disabled":false}""")).Json(200);
        (await (await app.Enter("rui@example.org")).GetAsync(Team)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Ownership_is_handed_over_by_an_owner_who_proves_it_is_them(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var anaId = await app.MakePerson(house.OrganizationId, "ana@example.org");
        var ruiId = await app.MakePerson(house.OrganizationId, "rui@example.org", Roles.Viewer, house.Lisbon);
        await app.MakePerson(house.OrganizationId, "max@example.org", Roles.Manager);
        var (ana, max) = (await app.Enter("ana@example.org"), await app.Enter("max@example.org"));
        var before = await app.Snapshot();

        foreach (var notAnOwner in (HttpClient[])[max, app.As(house.Owner)])
        {
            (await notAnOwner.Post(Team + "/ownership", Handing(ruiId, People.Password))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        (await ana.Post(Team + "/ownership", Handing(ruiId, "not my password"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await ana.Post(Team + "/ownership", Handing(ruiId, null))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ana.Post(Team + "/ownership", Handing(Guid.CreateVersion7(), People.Password))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ana.Post(Team + "/ownership", Handing(anaId, People.Password))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await app.Snapshot()).ShouldBe(before);

        var row = await (await ana.Post(Team + "/ownership", Handing(ruiId, People.Password))).Json(200);

        (row["role"]!.GetValue<string>(), row["properties"]).ShouldBe((Roles.Owner, null));
        (await (await ana.GetAsync($"{Team}/{anaId}")).Json(200))["role"]!.GetValue<string>().ShouldBe(Roles.Manager);
        (await ana.Send(HttpMethod.Delete, $"{Team}/{ruiId}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static JsonObject Body(string name, params string[] permissions) =>
        new() { ["name"] = name, ["permissions"] = new JsonArray([.. permissions.Select(p => JsonValue.Create(p))]) };

    private static JsonObject Handing(Guid member, string? password) =>
        new() { ["memberId"] = member.ToString(), ["proof"] = password is null ? [] : new JsonObject { ["password"] = password } };
}
