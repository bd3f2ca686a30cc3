using System.Net;
using System.Text.Json.Nodes;

namespace Bellhop.Tests.Features.Team;

public class ChangePasswordTests
{
    private const string Path = "/api/v1/me/password";
    private const string Fresh = "nine herons by the weir";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_copied_cookie_is_dead_after_a_changed_password_and_the_one_who_changed_it_stays(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        using var elsewhere = app.Browser();
        await elsewhere.SignIn("ana@example.org", People.Password);
        using var thief = app.Browser();
        thief.Copy(elsewhere);
        (await thief.Client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var ana = await app.Enter("ana@example.org");

        (await ana.Post(Path, Change(People.Password, Fresh))).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await thief.Client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await elsewhere.Client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ana.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.Browser().SignIn("ana@example.org", People.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Browser().SignIn("ana@example.org", Fresh)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.Events("password.changed")).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Without_the_present_password_or_with_a_weak_new_one_nothing_changes(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        var ana = await app.Enter("ana@example.org");
        var before = await app.Snapshot();

        (await ana.Post(Path, Change("not my password", Fresh))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.Events("access.refused")).ShouldBe(1);
        foreach (var weak in (string[])["short", "password1234", "ana@example.org", new('x', 300), "lisbonberlin1"])
        {
            (await (await ana.Post(Path, Change(People.Password, weak))).Json(400)).Fields().ShouldBe(["newPassword"], weak);
        }

        (await app.As(house.Owner).Post(Path, Change(People.Password, Fresh))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.Anonymous().Post(Path, Change(People.Password, Fresh))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Snapshot()).ShouldBe(before);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_password_of_64_characters_is_one_and_one_of_a_megabyte_costs_nothing(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        var ana = await app.Enter("ana@example.org");
        var longer = string.Concat(Enumerable.Range(0, 64).Select(i => (char)('a' + (i * 7 % 26))));
        var huge = new string('p', 1_000_000);

        (await ana.Post(Path, Change(People.Password, longer))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.Browser().SignIn("ana@example.org", longer)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.Browser().SignIn("ana@example.org", longer[..63])).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        ((int)(await app.Browser().SignIn("ana@example.org", huge)).StatusCode).ShouldBeOneOf(401, 413);
        ((int)(await ana.Post(Path, Change(huge, Fresh))).StatusCode).ShouldBeOneOf(403, 413);
        ((int)(await ana.Post(Path, Change(longer, huge))).StatusCode).ShouldBeOneOf(400, 413);
        (await app.Browser().SignIn("ana@example.org", longer)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    private static JsonObject Change(string old, string fresh) => new() { ["password"] = old, ["newPassword"] = fresh };
}
