using System.Diagnostics;
using System.Net;
using Bellhop.Features.Team;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Team;

public class RecoveryTests
{
    private const string Fresh = "nine herons by the weir";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_forgotten_password_is_set_anew_by_a_link_that_works_once_and_everybody_is_signed_out(string engine)
    {
        await using var mail = TestMail.Start();
        await using var app = await TestApp.StartNew(engine, null, mail.Settings);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        using var signedIn = app.Browser();
        await signedIn.SignIn("ana@example.org", People.Password);
        using var browser = app.Browser();

        (await browser.Send("/recover", ("email", " Ana@Example.org "))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var link = await mail.NextLink();

        (await browser.Client.GetStringAsync(link)).ShouldContain("ana@example.org");
        (await browser.Send(link, ("password", "password1234"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.Send(link, ("password", Fresh))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.Send(link, ("password", "another good one 5"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Client.GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await signedIn.Client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Browser().SignIn("ana@example.org", People.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Browser().SignIn("ana@example.org", Fresh)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await mail.Next()).TextBody!.ShouldContain("Nothing else signs in to your account.");
        await using var db = app.Open();
        (await db.AccountLinks.CountAsync(), await app.Events("password.recovered")).ShouldBe((0, 1));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Who_sets_a_password_anew_is_told_what_else_signs_in_and_it_stays_until_they_remove_it(string engine)
    {
        await using var mail = TestMail.Start();
        await using var app = await TestApp.StartNew(engine, null, mail.Settings);
        var house = await app.MakeHouse();
        var ana = await app.MakePerson(house.OrganizationId, "ana@example.org");
        await using (var db = app.Open())
        {
            await db.Arrange(() =>
            {
                foreach (var (name, id) in new[] { ("Phone", 1), ("<b>Somebody's</b>", 2) })
                {
                    db.Add(
                        new Passkey
                        {
                            UserId = ana,
                            CredentialId = [(byte)id],
                            PublicKey = [1],
                            Name = name,
                            CreatedAt = db.Now.AddSeconds(id),
                        }
                    );
                }

                return Task.CompletedTask;
            });
        }

        using var browser = app.Browser();
        await browser.Send("/recover", ("email", "ana@example.org"));
        var link = await mail.NextLink();

        var page = await browser.Client.GetStringAsync(link);
        page.ShouldContain("These sign in afterwards too: Phone, &lt;b&gt;Somebody&#x27;s&lt;/b&gt;.");
        (await browser.Send(link, ("password", Fresh))).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var told = (await mail.Next()).TextBody!;
        told.ShouldContain("These still sign in to your account: Phone, <b>Somebody's</b>.");
        told.ShouldContain(TestMail.Site + "/settings/account");
        await using var after = app.Open();
        (await after.Passkeys.CountAsync(p => p.UserId == ana)).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_known_and_an_unknown_address_get_one_answer_and_cost_the_same_writes(string engine)
    {
        await using var mail = TestMail.Start();
        await using var app = await TestApp.StartNew(
            engine,
            null,
            [.. mail.Settings, ("Limits:RecoveriesPerNetwork", "1000000"), ("Limits:RecoveriesPerAccount", "1000000")]
        );
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        using var browser = app.Browser();
        var answers = new List<string>();
        foreach (var email in (string[])["ana@example.org", "nobody@example.org", "no address at all", new('x', 300)])
        {
            await using var db = app.Open();
            var before = await db.Jobs.CountAsync(j => j.Kind == "mail.recovery");
            using var answer = await browser.Send("/recover", ("email", email));
            answers.Add($"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            (await db.Jobs.CountAsync(j => j.Kind == "mail.recovery")).ShouldBe(before + 1);
        }

        answers.Distinct().ShouldHaveSingleItem();
        (await mail.Next()).To.Mailboxes.Single().Address.ShouldBe("ana@example.org");

        // Figures to read, not to assert: the machine may be busy with one of the two.
        var times = new Dictionary<string, List<double>> { ["ana@example.org"] = [], ["nobody@example.org"] = [] };
        for (var i = 0; i < TestSize.Of(200); i++)
        {
            foreach (var (email, list) in times)
            {
                var began = Stopwatch.GetTimestamp();
                using var answer = await browser.Send("/recover", ("email", email));
                list.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        foreach (var (email, list) in times)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{email}: median {list.Order().ElementAt(list.Count / 2):F2} ms");
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_forged_host_is_in_no_link(string engine)
    {
        await using var mail = TestMail.Start();
        await using var app = await TestApp.StartNew(engine, null, mail.Settings);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        using var browser = app.Browser();
        browser.Client.DefaultRequestHeaders.Host = "evil.example";
        browser.Client.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");

        await browser.Send("/recover", ("email", "ana@example.org"));

        var text = (await mail.Next()).TextBody!;
        text.ShouldContain(TestMail.Site + "/recover/");
        text.ShouldNotContain("evil");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_link_ends_after_an_hour_with_the_next_one_and_with_a_changed_password(string engine)
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var mail = TestMail.Start();
        await using var app = await TestApp.StartNew(engine, clock, mail.Settings);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        using var browser = app.Browser();
        async Task<string> Ask()
        {
            await browser.Send("/recover", ("email", "ana@example.org"));
            await app.RunJobs();
            return await mail.NextLink();
        }

        async Task<HttpStatusCode> See(string link) => (await browser.Client.GetAsync(link)).StatusCode;
        var first = await Ask();
        (await See(first)).ShouldBe(HttpStatusCode.OK);
        var second = await Ask();
        (await See(first)).ShouldBe(HttpStatusCode.NotFound);
        (await See(second)).ShouldBe(HttpStatusCode.OK);
        clock.Advance(TimeSpan.FromHours(1));
        (await See(second)).ShouldBe(HttpStatusCode.NotFound);
        var third = await Ask();
        await using var db = app.Open();
        await db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.SecurityStamp, "another"));
        (await See(third)).ShouldBe(HttpStatusCode.NotFound);
        foreach (var wrong in (string[])["/recover/x", "/recover/" + new string('A', 43)])
        {
            (await See(wrong)).ShouldBe(HttpStatusCode.NotFound, wrong);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task One_address_gets_three_mails_an_hour_and_nobody_is_told(string engine)
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var mail = TestMail.Start();
        await using var app = await TestApp.StartNew(engine, clock, mail.Settings);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        using var browser = app.Browser();
        for (var i = 0; i < 5; i++)
        {
            (await browser.Send("/recover", ("email", "ana@example.org"))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        await app.RunJobs();
        for (var i = 0; i < 3; i++)
        {
            await mail.Next();
        }

        mail.Left.ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Without_a_mail_server_the_page_says_what_to_do(string engine)
    {
        await using var app = await TestApp.Start(engine);
        await app.MakeHouse();
        using var browser = app.Browser();

        (await browser.Client.GetStringAsync("/recover")).ShouldContain("bellhop reset-password");
        (await browser.Send("/recover", ("email", "ana@example.org"))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }
}
