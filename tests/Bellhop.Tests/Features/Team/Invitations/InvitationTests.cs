using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Team;

public class InvitationTests
{
    private const string Path = "/api/v1/team/invitations";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task An_invitation_is_accepted_once_with_a_password_of_ones_own(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var asked = await (
            await owner.Post(
                Path,
                new JsonObject
                {
                    ["email"] = "Rui@Example.org",
                    ["role"] = "Viewer",
                    ["name"] = "Rui",
                },
                "key-1"
            )
        ).Json(202);
        var link = asked["link"]!.GetValue<string>();
        link.ShouldStartWith("/invite/", Case.Sensitive, "no address is built from Host");
        var again = await (
            await owner.Post(
                Path,
                new JsonObject
                {
                    ["email"] = "Rui@Example.org",
                    ["role"] = "Viewer",
                    ["name"] = "Rui",
                },
                "key-1"
            )
        ).Json(202);
        (again["id"]!.GetValue<string>(), again["link"]).ShouldBe((asked["id"]!.GetValue<string>(), null), "the link is shown once");
        var listed = (await (await owner.GetAsync(Path)).Json(200))["items"]!.AsArray().Single()!;
        (listed["email"]!.GetValue<string>(), listed["role"]!.GetValue<string>(), listed.AsObject().ContainsKey("link")).ShouldBe(
            ("rui@example.org", "Viewer", false)
        );

        var page = await app.Anonymous().GetStringAsync(link);
        page.ShouldContain("rui@example.org");
        using var weak = await app.Accept(link, "password1234", "Rui");
        weak.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var browser = app.Browser();
        (await browser.Accept(link, People.Password, "Rui")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await browser.Client.GetAsync("/api/v1/contacts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.Accept(link, People.Password, "Another")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await app.Anonymous().GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await app.Enter("rui@example.org");
        await using var db = app.Open();
        (await db.Invitations.CountAsync(), await db.Memberships.CountAsync(), (await db.Users.SingleAsync()).DisplayName).ShouldBe(
            (0, 1, "Rui")
        );
        (
            await db
                .Events.Where(e => e.EntityKind == "invitation" || e.EntityKind == "member")
                .OrderBy(e => e.Id)
                .Select(e => e.Action)
                .ToListAsync()
        ).ShouldBe(["member.invited", "member.added"]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Whoever_has_an_account_accepts_signed_in_and_the_answer_says_nothing_of_it(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var (house, other) = (await app.MakeHouse(), await app.MakeHouse());
        await app.MakePerson(other.OrganizationId, "eva@example.org");
        await app.MakePerson(house.OrganizationId, "here@example.org");
        var owner = app.As(house.Owner);
        var answers = new List<JsonObject>();
        foreach (var email in (string[])["eva@example.org", "here@example.org", "nobody@example.org"])
        {
            answers.Add(await (await owner.Post(Path, new JsonObject { ["email"] = email, ["role"] = "Viewer" })).Json(202));
        }

        answers.Select(a => string.Join(',', a.Select(m => m.Key))).Distinct().ShouldHaveSingleItem();
        var link = answers[0]["link"]!.GetValue<string>();
        (await app.Accept(link, "a quite new password", "Mallory")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var browser = app.Browser();
        await browser.SignIn("here@example.org", People.Password);
        (await browser.Accept(link)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "another account does not take it");
        using var eva = app.Browser();
        await eva.SignIn("eva@example.org", People.Password);
        (await eva.Accept(link)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await (await owner.GetAsync("/api/v1/team")).Json(200))["items"]!
            .AsArray()
            .Select(m => m!["email"]!.GetValue<string>())
            .Order()
            .ShouldBe(["eva@example.org", "here@example.org"]);

        // On the team already: accepted, and as they were.
        (await browser.Accept(answers[1]["link"]!.GetValue<string>())).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await using var db = app.Open();
        (
            await db.Memberships.Where(m => m.OrganizationId == house.OrganizationId).Select(m => m.Role).OrderBy(r => r).ToListAsync()
        ).ShouldBe([Roles.Owner, Roles.Viewer]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_link_ends_when_it_is_sent_again_taken_back_a_week_old_or_its_sender_is_gone(string engine)
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var app = await TestApp.StartNew(engine, clock);
        var house = await app.MakeHouse();
        var sender = await app.MakePerson(house.OrganizationId, "ana@example.org");
        var ana = await app.Enter("ana@example.org");
        var first = await (await ana.Post(Path, new JsonObject { ["email"] = "rui@example.org", ["role"] = "Viewer" })).Json(202);
        var second = await (await ana.Post($"{Path}/{first["id"]}/resends", new JsonObject())).Json(202);
        (await Opens(first)).ShouldBeFalse();
        (await Opens(second)).ShouldBeTrue();
        clock.Jump(TimeSpan.FromDays(7));
        (await Opens(second)).ShouldBeFalse();

        ana = await app.Enter("ana@example.org");
        var third = await (await ana.Post(Path, new JsonObject { ["email"] = "rui@example.org", ["role"] = "Viewer" })).Json(202);
        (await ana.DeleteAsync($"{Path}/{third["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Opens(third)).ShouldBeFalse();

        var fourth = await (await ana.Post(Path, new JsonObject { ["email"] = "rui@example.org", ["role"] = "Viewer" })).Json(202);
        (await Opens(fourth)).ShouldBeTrue();
        await using var db = app.Open();
        await db.Memberships.Where(m => m.UserId == sender).ExecuteDeleteAsync();
        (await Opens(fourth)).ShouldBeFalse("an invitation holds the rights its sender has by now");

        async Task<bool> Opens(JsonObject invitation) =>
            (await app.Anonymous().GetAsync(invitation["link"]!.GetValue<string>())).IsSuccessStatusCode;
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task One_invitation_accepted_twice_at_once_makes_one_account(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var asked = await (
            await app.As(house.Owner).Post(Path, new JsonObject { ["email"] = "rui@example.org", ["role"] = "Viewer" })
        ).Json(202);
        var link = asked["link"]!.GetValue<string>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.Accept(link, People.Password, "Rui")));

        answers.Count(a => a.StatusCode == HttpStatusCode.SeeOther).ShouldBe(1);
        await using var db = app.Open();
        (await db.Users.CountAsync(), await db.Memberships.CountAsync()).ShouldBe((1, 1));
    }
}
