using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Team;

public class ChangeEmailTests
{
    private const string Path = "/api/v1/me/email";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_new_address_is_confirmed_there_and_can_be_taken_back_from_the_old_one(string engine)
    {
        await using var mail = TestMail.Start();
        await using var app = await TestApp.StartNew(engine, null, mail.Settings);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        var ana = await app.Enter("ana@example.org");

        (await ana.Post(Path, Change("new@example.org", "not my password"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await ana.Post(Path, Change("new@example.org", People.Password))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var asked = await mail.Next();
        asked.To.Mailboxes.Single().Address.ShouldBe("new@example.org");
        var confirm = TestMail.LinkOf(asked);
        (await app.Browser().SignIn("new@example.org", People.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        using var browser = app.Browser();
        (await browser.Client.GetStringAsync(confirm)).ShouldContain("new@example.org");
        (await app.Browser().SignIn("ana@example.org", People.Password)).StatusCode.ShouldBe(
            HttpStatusCode.NoContent,
            "a look changes nothing"
        );
        (await browser.Send(confirm)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.Send(confirm)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await app.Browser().SignIn("ana@example.org", People.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var thief = app.Browser();
        (await thief.SignIn("new@example.org", People.Password)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var told = await mail.Next();
        told.To.Mailboxes.Single().Address.ShouldBe("ana@example.org");
        told.TextBody!.ShouldNotContain("new@example.org");

        // Whoever took the account changes the password too; the old address still gets it back.
        await using (var db = app.Open())
        {
            await db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.SecurityStamp, "the thief's"));
            await db.Sessions.ExecuteUpdateAsync(set => set.SetProperty(s => s.Stamp, "the thief's"));
        }

        var undo = TestMail.LinkOf(told);
        (await browser.Send(undo)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.Send(undo)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await thief.Client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Browser().SignIn("ana@example.org", People.Password)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.Events("email.changed"), await app.Events("email.undone")).ShouldBe((1, 1));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_address_that_somebody_has_gets_no_mail_and_the_answer_does_not_say_so(string engine)
    {
        await using var mail = TestMail.Start();
        await using var app = await TestApp.StartNew(engine, new TestClock(DateTimeOffset.UtcNow), mail.Settings);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        await app.MakePerson(house.OrganizationId, "rui@example.org");
        var ana = await app.Enter("ana@example.org");

        (await ana.Post(Path, Change("rui@example.org", People.Password))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await app.RunJobs();
        mail.Left.ShouldBe(0);
        (await ana.Post(Path, Change("free@example.org", People.Password))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await app.RunJobs();
        var link = await mail.NextLink();

        // Somebody else takes the address before the link is followed.
        await app.MakePerson(house.OrganizationId, "free@example.org");
        (await app.Browser().Send(link)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await app.Browser().SignIn("ana@example.org", People.Password)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Without_a_mail_server_or_for_a_key_no_address_is_changed(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        var ana = await app.Enter("ana@example.org");
        var before = await app.Snapshot();

        (await (await ana.Post(Path, Change("new@example.org", People.Password))).Json(409))["type"]!
            .GetValue<string>()
            .ShouldBe("no-mail");
        (await app.As(house.Owner).Post(Path, Change("new@example.org", People.Password))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.Snapshot()).ShouldBe(before);
    }

    private static JsonObject Change(string email, string password) =>
        new()
        {
            ["email"] = email,
            ["proof"] = new JsonObject { ["password"] = password },
        };
}
