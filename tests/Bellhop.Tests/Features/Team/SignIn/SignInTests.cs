using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Team;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Features.Team;

public class SignInTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Signed_in_the_cookie_is_somebody_and_signed_out_its_copy_is_nobody(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        using var browser = app.Browser();

        (await browser.SignIn("ana@example.org", People.Password)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await browser.Client.GetAsync("/api/v1/team")).Json(200))["items"]!.AsArray().Count.ShouldBe(1);
        var cookie = browser.Cookie("bellhop")!;
        cookie.HttpOnly.ShouldBeTrue();
        cookie.Secure.ShouldBeFalse();
        cookie.Expires.ShouldBeGreaterThan(DateTime.Now.AddDays(13));

        using var thief = app.Browser();
        thief.Copy(browser);
        (await thief.Client.GetAsync("/api/v1/team")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.SignOut()).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        browser.Cookie("bellhop").ShouldBeNull();
        (await thief.Client.GetAsync("/api/v1/team")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await using var db = app.Open();
        (await db.Events.Where(e => e.EntityKind == "session").OrderBy(e => e.Id).Select(e => e.Action).ToListAsync()).ShouldBe([
            "session.started",
            "session.ended",
        ]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_wrong_password_and_an_unknown_address_get_one_answer_after_one_check_of_a_password(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        using var browser = app.Browser();
        var passwords = (CountedPasswords)app.Services.GetRequiredService<IPasswordHasher<User>>();
        foreach (var email in (string[])["ana@example.org", "nobody@example.org"])
        {
            var (before, checks) = (await app.Snapshot(), passwords.Checks);

            var answer = await browser.SignIn(email, "not her password at all");

            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("Email address or password is not right.");
            (passwords.Checks - checks).ShouldBe(1, "the check takes nearly all the time, so both answers take as long");
            (await app.Snapshot()).ShouldBe(before);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_eleventh_attempt_on_an_account_waits_whether_there_is_one_or_not(string engine)
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var app = await TestApp.StartNew(engine, clock);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        await app.MakePerson(house.OrganizationId, "rui@example.org");
        using var browser = app.Browser();
        foreach (var email in (string[])["ana@example.org", "nobody@example.org"])
        {
            for (var i = 0; i < 10; i++)
            {
                (await browser.SignIn(email, "wrong wrong wrong")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            }

            var late = await browser.SignIn(email, People.Password);
            late.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            late.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        }

        (await browser.SignIn("rui@example.org", People.Password)).StatusCode.ShouldBe(HttpStatusCode.NoContent); // nobody else waits
        clock.Advance(TimeSpan.FromMinutes(1));
        (await browser.SignIn("ana@example.org", People.Password)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_session_dies_with_a_changed_password_a_removed_place_or_its_time(string engine)
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var app = await TestApp.StartNew(engine, clock);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        async Task<HttpStatusCode> After(Func<Task> happening)
        {
            using var browser = app.Browser();
            (await browser.SignIn("ana@example.org", People.Password)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            (await browser.Client.GetAsync("/api/v1/team")).StatusCode.ShouldBe(HttpStatusCode.OK);
            await happening();
            return (await browser.Client.GetAsync("/api/v1/team")).StatusCode;
        }

        await using var db = app.Database.OpenElsewhere(); // another process does it: within five seconds it is known here
        (
            await After(async () =>
            {
                await db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.SecurityStamp, "another"));
                clock.Advance(TimeSpan.FromSeconds(5));
            })
        ).ShouldBe(HttpStatusCode.Unauthorized);
        (
            await After(async () =>
            {
                await db.Memberships.ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, "Viewer"));
                clock.Advance(TimeSpan.FromSeconds(5));
            })
        ).ShouldBe(HttpStatusCode.Forbidden);
        await db.Memberships.ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, "Owner"));
        (await After(() => Task.FromResult(clock))).ShouldBe(HttpStatusCode.OK);
        (
            await After(async () =>
            {
                await db.Sessions.ExecuteUpdateAsync(set => set.SetProperty(s => s.ExpiresAt, clock.GetUtcNow().UtcDateTime));
                clock.Advance(TimeSpan.FromSeconds(5));
            })
        ).ShouldBe(HttpStatusCode.Unauthorized);
        (
            await After(async () =>
            {
                await db.Memberships.ExecuteDeleteAsync();
                clock.Advance(TimeSpan.FromSeconds(5));
            })
        ).ShouldBe(HttpStatusCode.Unauthorized);
        using var late = app.Browser();
        (await late.SignIn("ana@example.org", People.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized); // a place nowhere
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_form_from_elsewhere_signs_nobody_in_or_out(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        using var browser = app.Browser();
        using var form = new FormUrlEncodedContent([new("email", "ana@example.org"), new("password", People.Password)]);
        (await browser.Client.PostAsync("/sign-in", form)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        await browser.SignIn("ana@example.org", People.Password);
        (await browser.Client.PostAsync("/sign-out", new FormUrlEncodedContent([]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.Client.GetAsync("/api/v1/team")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.Client.Send(HttpMethod.Delete, $"/api/v1/team/{Guid.CreateVersion7()}")).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest
        ); // a cookie needs its token
    }

    [Theory]
    [InlineData("/contacts?sort=name", "/contacts?sort=name")]
    [InlineData("//elsewhere.example", "/")]
    [InlineData("/\\elsewhere.example", "/")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("/sign-out", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void After_signing_in_one_stays_on_this_site(string? asked, string goes) => SignInRoutes.Local(asked).ShouldBe(goes);

    [Fact]
    public async Task Over_https_the_cookie_is_bound_to_the_host()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        using var browser = app.Browser(https: true);
        using var signedIn = await browser.SignIn("ana@example.org", People.Password);

        signedIn.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=31536000"]);
        browser.Cookie("__Host-bellhop-device")!.Secure.ShouldBeTrue();
        var cookie = browser.Cookie("__Host-bellhop")!;
        (cookie.Secure, cookie.Path, cookie.HttpOnly).ShouldBe((true, "/", true));
        browser.Cookie("bellhop").ShouldBeNull();
        var form = browser.Cookie("__Host-bellhop-form")!;
        (form.Secure, form.Path, form.HttpOnly).ShouldBe((true, "/", true));
        browser.Cookie("bellhop-form").ShouldBeNull();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_browser_may_write_over_the_api_with_the_token_of_our_pages_alone(bool https)
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        using var browser = app.Browser(https);
        await browser.SignIn("ana@example.org", People.Password);
        using var stranger = app.Browser(https);
        var property = new JsonObject
        {
            ["name"] = "Porto",
            ["currency"] = "EUR",
            ["timeZone"] = "Europe/Lisbon",
            ["country"] = "PT",
        };
        var before = await app.Snapshot();

        foreach (var token in new[] { null, "", "nonsense", stranger.Token() })
        {
            browser.Client.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
            if (token is not null)
            {
                browser.Client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", token);
            }

            (await (await browser.Client.Post("/api/v1/properties", property)).Json(400))["type"]!
                .GetValue<string>()
                .ShouldBe("antiforgery");
        }

        (await app.Snapshot()).ShouldBe(before);
        browser.Client.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
        browser.Client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", browser.Token());
        await (await browser.Client.Post("/api/v1/properties", property)).Json(201);
    }
}
