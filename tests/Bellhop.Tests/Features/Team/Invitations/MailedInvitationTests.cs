using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Team;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Team;

public class MailedInvitationTests
{
    private const string Path = "/api/v1/team/invitations";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task With_a_mail_server_the_link_goes_by_mail_and_to_nobody_else(string engine)
    {
        await using var mail = TestMail.Start();
        await using var app = await TestApp.StartNew(engine, null, mail.Settings);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        var ana = await app.Enter("ana@example.org");

        // A Host that somebody made up is in no link.
        ana.DefaultRequestHeaders.Host = "evil.example";
        var asked = await (await ana.Post(Path, Rui())).Json(202);
        asked["link"].ShouldBeNull();
        var sent = await mail.Next();

        (sent.To.Mailboxes.Single().Address, sent.Subject).ShouldBe(("rui@example.org", "Join the team of House 1"));
        sent.TextBody!.ShouldContain("ana@example.org invites you");
        sent.TextBody!.ShouldNotContain("evil");
        var link = sent.TextBody!.Split('\n', StringSplitOptions.TrimEntries)
            .Single(l => l.StartsWith(TestMail.Site, StringComparison.Ordinal));
        (await app.Accept(link[TestMail.Site.Length..], People.Password, "Rui")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await using var db = app.Open();
        var jobs = await db.Jobs.Where(j => j.Kind == "mail.invitation").ToListAsync();
        jobs.ShouldHaveSingleItem().Argument.ShouldBe(asked["id"]!.GetValue<string>());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Sent_again_the_new_link_works_and_the_old_one_no_longer(string engine)
    {
        await using var mail = TestMail.Start();
        await using var app = await TestApp.StartNew(engine, null, mail.Settings);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var id = (await (await owner.Post(Path, Rui())).Json(202))["id"]!.GetValue<string>();
        var first = await mail.NextLink();

        (await (await owner.Post($"{Path}/{id}/resends", new JsonObject())).Json(202))["link"].ShouldBeNull();
        var second = await mail.NextLink();

        (await app.Anonymous().GetAsync(first)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await app.Anonymous().GetAsync(second)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static JsonObject Rui() => new() { ["email"] = "rui@example.org", ["role"] = Roles.Viewer };
}
