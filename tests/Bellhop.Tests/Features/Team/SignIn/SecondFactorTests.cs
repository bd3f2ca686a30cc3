using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Team;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using Totp = OtpNet.Totp;

namespace Bellhop.Tests.Features.Team;

public class SecondFactorTests
{
    private const string Path = "/api/v1/me/second-factor";
    private const string Email = "ana@example.org";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    private static JsonObject Proof => new() { ["proof"] = new JsonObject { ["password"] = People.Password } };

    [Theory, MemberData(nameof(Engines))]
    public async Task Signing_in_asks_for_a_code_that_works_once(string engine)
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var app = await TestApp.StartNew(engine, clock);
        var (_, phone, _) = await SetUp(app);

        using var browser = app.Browser();
        (await browser.SignIn(Email, People.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.Client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Code(browser, phone.ComputeTotp(clock.GetUtcNow().UtcDateTime))).ShouldBe(HttpStatusCode.Unauthorized, "it turned it on");
        (await Code(browser, "000000")).ShouldBe(HttpStatusCode.Unauthorized);
        clock.Advance(TimeSpan.FromSeconds(30));
        var code = phone.ComputeTotp(clock.GetUtcNow().UtcDateTime);
        (await Code(browser, code[..3] + " " + code[3..])).ShouldBe(HttpStatusCode.NoContent);
        (await browser.Client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var thief = app.Browser();
        await thief.SignIn(Email, People.Password);
        (await Code(thief, code)).ShouldBe(HttpStatusCode.Unauthorized, "it was used already");
        (await Code(app.Browser(), phone.ComputeTotp(clock.GetUtcNow().UtcDateTime.AddSeconds(30)))).ShouldBe(
            HttpStatusCode.BadRequest,
            "nobody gave a password here"
        );
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_recovery_code_replaces_the_phone_once_and_new_ones_end_the_old(string engine)
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var app = await TestApp.StartNew(engine, clock);
        var (ana, _, codes) = await SetUp(app);
        codes.Count.ShouldBe(10);
        codes.Distinct().Count().ShouldBe(10);

        async Task<HttpStatusCode> Enter(string code)
        {
            using var browser = app.Browser();
            await browser.SignIn(Email, People.Password);
            return await Code(browser, code);
        }

        (await Enter(codes[0].ToUpperInvariant().Replace('-', ' '))).ShouldBe(HttpStatusCode.NoContent);
        (await Enter(codes[0])).ShouldBe(HttpStatusCode.Unauthorized);
        (await (await ana.GetAsync(Path)).Json(200))["recoveryCodesLeft"]!.GetValue<int>().ShouldBe(9);
        var fresh = Codes(await (await ana.Post(Path + "/recovery-codes", Proof)).Json(200));
        (await Enter(codes[1])).ShouldBe(HttpStatusCode.Unauthorized);
        (await Enter(fresh[1])).ShouldBe(HttpStatusCode.NoContent);
        await using var db = app.Open();
        (await db.RecoveryCodes.AnyAsync(c => c.Hash.Length != 32)).ShouldBeFalse("only hashes are kept");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Ten_wrong_codes_an_hour_and_the_right_one_waits_too(string engine)
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var app = await TestApp.StartNew(engine, clock);
        var (_, phone, codes) = await SetUp(app);
        clock.Advance(TimeSpan.FromMinutes(1));
        using var browser = app.Browser();
        await browser.SignIn(Email, People.Password);
        for (var i = 0; i < 10; i++)
        {
            (await Code(browser, i % 2 == 0 ? "000000" : "aaaa-bbbb-cccc-dddd")).ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await Code(browser, phone.ComputeTotp(clock.GetUtcNow().UtcDateTime))).ShouldBe(HttpStatusCode.TooManyRequests);
        (await Code(browser, codes[0])).ShouldBe(HttpStatusCode.TooManyRequests);
        clock.Advance(TimeSpan.FromMinutes(6));
        (await Code(browser, phone.ComputeTotp(clock.GetUtcNow().UtcDateTime))).ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Setting_up_asks_for_the_password_and_changes_nothing_before_a_right_code(string engine)
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var app = await TestApp.StartNew(engine, clock);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, Email);
        var ana = await app.Enter(Email);
        var wrong = new JsonObject { ["proof"] = new JsonObject { ["password"] = "not my password" } };

        (await ana.Post(Path + "/setup", wrong)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.As(house.Owner).Post(Path + "/setup", Proof)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var begun = await (await ana.Post(Path + "/setup", Proof)).Json(200);
        begun["address"]!.GetValue<string>().ShouldContain("secret=" + begun["secret"]!.GetValue<string>());
        (await (await ana.Post(Path, new JsonObject { ["code"] = "000000" })).Json(400)).Fields().ShouldBe(["code"]);
        (await app.Browser().SignIn(Email, People.Password)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await using var db = app.Open();
        var stored = (await db.SecondFactors.SingleAsync()).Secret;
        Convert.ToHexString(stored).ShouldNotContain(Convert.ToHexString(Base32Encoding.ToBytes(begun["secret"]!.GetValue<string>())));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Removed_the_password_alone_signs_in_and_a_code_proves_who_one_is(string engine)
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var app = await TestApp.StartNew(engine, clock);
        var (ana, phone, codes) = await SetUp(app);
        (await ana.Post(Path + "/setup", Proof)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        JsonObject By(string code) => new() { ["proof"] = new JsonObject { ["code"] = code } };
        var both = new JsonObject
        {
            ["proof"] = new JsonObject { ["code"] = codes[0], ["password"] = People.Password },
        };

        (await ana.Post(Path + "/removal", both)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ana.Post(Path + "/removal", By("123456"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        clock.Advance(TimeSpan.FromSeconds(30));
        (await ana.Post(Path + "/removal", By(phone.ComputeTotp(clock.GetUtcNow().UtcDateTime)))).StatusCode.ShouldBe(
            HttpStatusCode.NoContent
        );
        (await app.Browser().SignIn(Email, People.Password)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await using var db = app.Open();
        (await db.SecondFactors.CountAsync(), await db.RecoveryCodes.CountAsync()).ShouldBe((0, 0));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_organisation_that_asks_for_it_lets_nobody_work_without_and_leads_them_to_it(string engine)
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var app = await TestApp.StartNew(engine, clock);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "max@example.org", Roles.Manager);
        var max = await app.Enter("max@example.org");
        await app.MakePerson(house.OrganizationId, Email);
        var early = await app.Enter(Email);
        var asked = new JsonObject { ["required"] = true };
        const string Switch = "/api/v1/team/second-factor";
        (await max.Send(HttpMethod.Put, Switch, asked.ToJsonString())).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await early.Send(HttpMethod.Put, Switch, asked.ToJsonString())).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var (ana, _, _) = await TurnOn(app, early);

        (await (await ana.Send(HttpMethod.Put, Switch, asked.ToJsonString())).Json(200))["required"]!.GetValue<bool>().ShouldBeTrue();

        (await (await max.GetAsync("/api/v1/contacts")).Json(403))["type"]!.GetValue<string>().ShouldBe("second-factor-needed");
        (await (await max.GetAsync("/api/v1/properties")).Json(403))["type"]!.GetValue<string>().ShouldBe("second-factor-needed");
        var led = await max.GetAsync("/contacts");
        led.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        led.Headers.Location!.ToString().ShouldContain("/settings/account");
        (await max.GetStringAsync("/settings/account")).ShouldContain("Your organisation asks for a second factor");
        (await app.As(house.Owner).GetAsync("/api/v1/contacts")).StatusCode.ShouldBe(HttpStatusCode.OK, "a key is no person");
        await TurnOn(app, max);
        (await max.GetAsync("/api/v1/contacts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await max.Post(Path + "/removal", Proof)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    private static async Task<(HttpClient Ana, Totp Phone, List<string> Codes)> SetUp(TestApp app)
    {
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, Email);
        return await TurnOn(app, await app.Enter(Email));
    }

    private static async Task<(HttpClient Ana, Totp Phone, List<string> Codes)> TurnOn(TestApp app, HttpClient ana)
    {
        var begun = await (await ana.Post(Path + "/setup", Proof)).Json(200);
        var phone = new Totp(Base32Encoding.ToBytes(begun["secret"]!.GetValue<string>()));
        var code = phone.ComputeTotp(app.Clock.GetUtcNow().UtcDateTime);
        return (ana, phone, Codes(await (await ana.Post(Path, new JsonObject { ["code"] = code })).Json(200)));
    }

    private static List<string> Codes(JsonObject answer) => [.. answer["recoveryCodes"]!.AsArray().Select(c => c!.GetValue<string>())];

    private static async Task<HttpStatusCode> Code(Browser browser, string code) =>
        (await browser.Send("/sign-in/code", ("code", code))).StatusCode;
}
