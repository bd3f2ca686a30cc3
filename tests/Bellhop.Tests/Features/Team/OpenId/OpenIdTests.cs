using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using OtpNet;
using Totp = OtpNet.Totp;

namespace Bellhop.Tests.Features.Team;

public class OpenIdTests
{
    private const string Path = "/api/v1/me/openid";
    private const string Email = "ana@example.org";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    private static JsonObject Proof => new() { ["proof"] = new JsonObject { ["password"] = People.Password } };

    [Theory, MemberData(nameof(Engines))]
    public async Task Connected_once_a_person_signs_in_by_the_provider_and_disconnected_no_more(string engine)
    {
        await using var provider = await TestProvider.Start();
        await using var app = await TestApp.StartNew(engine, null, provider.Settings);
        using var ana = await Ana(app);

        (await Connect(ana, provider, "ana-at-provider")).ShouldBe("/settings/account?openid=connected");

        (await ana.Client.GetFromJson(Path))["connected"]!.GetValue<bool>().ShouldBeTrue();
        using var other = app.Browser(https: true);
        (await SignIn(other, provider, "ana-at-provider", "/contacts?sort=name")).ShouldBe("/contacts?sort=name");
        (await other.Client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ana.Client.Post(Path + "/removal", Proof)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await other.Client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await SignIn(app.Browser(https: true), provider, "ana-at-provider")).ShouldBe("/sign-in?failed=stranger");
        (await app.Events("openid.connected"), await app.Events("openid.removed")).ShouldBe((1, 1));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_stranger_to_us_gets_no_account_whatever_address_the_provider_says_they_have(string engine)
    {
        await using var provider = await TestProvider.Start();
        await using var app = await TestApp.StartNew(engine, null, provider.Settings);
        using var ana = await Ana(app);
        provider.Lie = token => (token.Claims["email"], token.Claims["email_verified"]) = (Email, true);
        await using var db = app.Open();
        var before = await db.Users.CountAsync();

        (await SignIn(app.Browser(https: true), provider, "somebody")).ShouldBe("/sign-in?failed=stranger");

        (await db.Users.CountAsync(), await db.UserLogins.CountAsync()).ShouldBe((before, 0));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_token_with_a_wrong_nonce_audience_issuer_time_or_signature_signs_nobody_in(string engine)
    {
        await using var provider = await TestProvider.Start();
        await using var app = await TestApp.StartNew(engine, null, provider.Settings);
        using var ana = await Ana(app);
        await Connect(ana, provider, "ana-at-provider");
        using var strange = RSA.Create(2048);
        var lies = new Dictionary<string, Action<SecurityTokenDescriptor>>
        {
            ["nonce"] = t => t.Claims["nonce"] = "another",
            ["no nonce"] = t => t.Claims.Remove("nonce"),
            ["audience"] = t => t.Audience = "another client",
            ["issuer"] = t => t.Issuer = "https://evil.example",
            ["time"] = t =>
                (t.NotBefore, t.IssuedAt, t.Expires) = (
                    DateTime.UtcNow.AddHours(-2),
                    DateTime.UtcNow.AddHours(-2),
                    DateTime.UtcNow.AddHours(-1)
                ),
            ["unsigned"] = t => t.SigningCredentials = null,
            ["no subject"] = t => t.Claims.Remove("sub"),
        };
        foreach (var (what, lie) in lies)
        {
            provider.Lie = lie;
            (await SignIn(app.Browser(https: true), provider, "ana-at-provider")).ShouldBe("/sign-in?failed=openid", what);
        }

        (provider.Lie, provider.OtherKey) = (_ => { }, strange);
        (await SignIn(app.Browser(https: true), provider, "ana-at-provider")).ShouldBe("/sign-in?failed=openid", "another's signature");
        provider.OtherKey = null;
        (await SignIn(app.Browser(https: true), provider, "ana-at-provider")).ShouldBe("/");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_answer_belongs_to_the_browser_that_asked_and_counts_once(string engine)
    {
        await using var provider = await TestProvider.Start();
        await using var app = await TestApp.StartNew(engine, null, provider.Settings);
        using var ana = await Ana(app);
        await Connect(ana, provider, "ana-at-provider");
        using var browser = app.Browser(https: true);
        var asked = (await browser.Client.GetAsync("/sign-in/openid")).Headers.Location!;
        asked.Query.ShouldContain(Uri.EscapeDataString("https://bellhop.example/sign-in/openid/callback"));
        var back = provider.SignIn(asked, "ana-at-provider");

        (await Back(app.Browser(https: true), back)).ShouldBe("/sign-in?failed=openid", "another browser, such as a victim's");
        (await Back(browser, back.Replace("state=", "state=x", StringComparison.Ordinal))).ShouldBe("/sign-in?failed=openid");
        (await Back(browser, back)).ShouldBe("/");
        (await Back(browser, back)).ShouldBe("/sign-in?failed=openid");
        (await Back(browser, "/sign-in/openid/callback?error=access_denied")).ShouldBe("/sign-in?failed=openid");
        (await SignIn(browser, provider, "ana-at-provider", "https://evil.example/")).ShouldBe("/");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_provider_stands_for_the_password_alone(string engine)
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var provider = await TestProvider.Start();
        await using var app = await TestApp.StartNew(engine, clock, provider.Settings);
        using var ana = await Ana(app);
        await Connect(ana, provider, "ana-at-provider");
        var begun = await (await ana.Client.Post("/api/v1/me/second-factor/setup", Proof)).Json(200);
        var phone = new Totp(Base32Encoding.ToBytes(begun["secret"]!.GetValue<string>()));
        string Code() => phone.ComputeTotp(clock.GetUtcNow().UtcDateTime);
        await (await ana.Client.Post("/api/v1/me/second-factor", new JsonObject { ["code"] = Code() })).Json(200);
        using var other = app.Browser(https: true);

        (await SignIn(other, provider, "ana-at-provider", "/contacts")).ShouldBe("/sign-in/code?returnUrl=%2Fcontacts");

        (await other.Client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        clock.Advance(TimeSpan.FromSeconds(30));
        (await other.Send("/sign-in/code", ("code", Code()))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await other.Client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Connecting_needs_a_proof_in_the_same_session_and_a_person_nobody_else_has(string engine)
    {
        await using var provider = await TestProvider.Start();
        await using var app = await TestApp.StartNew(engine, null, provider.Settings);
        using var ana = await Ana(app);
        var wrong = new JsonObject { ["proof"] = new JsonObject { ["password"] = "not my password" } };
        (await ana.Client.Post(Path + "/setup", wrong)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await using var db = app.Open();
        var house = await db.Memberships.Select(m => m.OrganizationId).FirstAsync();
        await app.MakePerson(house, "rui@example.org");
        using var rui = app.Browser(https: true);
        await rui.SignIn("rui@example.org", People.Password);
        rui.Client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", rui.Token());

        // Ana lures Rui into opening the address that she was given: her account is not his, nor his hers.
        var lure = (await (await ana.Client.Post(Path + "/setup", Proof)).Json(200))["address"]!.GetValue<string>();
        var asked = (await rui.Client.GetAsync(lure)).Headers.Location!;
        (await Back(rui, provider.SignIn(asked, "rui-at-provider"))).ShouldBe("/sign-in?failed=stranger");
        (await db.UserLogins.CountAsync()).ShouldBe(0);

        (await Connect(ana, provider, "one-person")).ShouldBe("/settings/account?openid=connected");
        (await Connect(rui, provider, "one-person")).ShouldBe("/settings/account?openid=taken");
        (await db.UserLogins.CountAsync()).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Where_no_provider_is_configured_there_is_no_trace_of_one(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, Email);
        var ana = await app.Enter(Email);

        (await app.Anonymous().GetAsync("/sign-in/openid")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await app.Anonymous().GetStringAsync("/sign-in")).ShouldNotContain("/sign-in/openid");
        (await (await ana.Post(Path + "/setup", Proof)).Json(409))["type"]!.GetValue<string>().ShouldBe("no-openid");
        (await ana.GetFromJson(Path))["provider"].ShouldBeNull();
    }

    private static async Task<Browser> Ana(TestApp app)
    {
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, Email);
        var ana = app.Browser(https: true);
        (await ana.SignIn(Email, People.Password)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        ana.Client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", ana.Token());
        return ana;
    }

    private static async Task<string> Connect(Browser person, TestProvider provider, string subject)
    {
        var begun = await (await person.Client.Post(Path + "/setup", Proof)).Json(200);
        var asked = (await person.Client.GetAsync(begun["address"]!.GetValue<string>())).Headers.Location!;
        return await Back(person, provider.SignIn(asked, subject));
    }

    private static async Task<string> SignIn(Browser browser, TestProvider provider, string subject, string to = "/")
    {
        var asked = (await browser.Client.GetAsync("/sign-in/openid?returnUrl=" + Uri.EscapeDataString(to))).Headers.Location!;
        return await Back(browser, provider.SignIn(asked, subject));
    }

    private static async Task<string> Back(Browser browser, string path)
    {
        using var answer = await browser.Client.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return answer.Headers.Location!.ToString();
    }
}
