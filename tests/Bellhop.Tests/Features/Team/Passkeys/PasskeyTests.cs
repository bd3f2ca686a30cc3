using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Team;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Team;

public class PasskeyTests
{
    private const string Path = "/api/v1/me/passkeys";
    private const string Email = "ana@example.org";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    private static JsonObject ByPassword => new() { ["password"] = People.Password };

    [Theory, MemberData(nameof(Engines))]
    public async Task A_passkey_is_added_named_used_to_sign_in_and_removed(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, Email);
        var ana = await app.Enter(Email);
        var elsewhere = await app.Enter(Email);
        using var phone = new Authenticator();

        var made = await Add(ana, phone, "Phone");

        var id = made["id"]!.GetValue<string>();
        (await elsewhere.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "a new way in ends the others");
        (await (await ana.Send(HttpMethod.Patch, $"{Path}/{id}", """{"name":"My phone"}""")).Json(200))["name"]!
            .GetValue<string>()
            .ShouldBe("My phone");
        using var browser = app.Browser();
        phone.Count++;
        (await SignIn(browser, phone)).ShouldBe(HttpStatusCode.NoContent);
        (await browser.Client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var row = (await ana.GetFromJson(Path))["items"]!.AsArray().Single()!;
        (row["name"]!.GetValue<string>(), row["lastUsedAt"] is null).ShouldBe(("My phone", false));
        (await ana.GetFromJson("/api/v1/me/second-factor"))["passkeys"]!.GetValue<int>().ShouldBe(1);

        (await ana.Post($"{Path}/{id}/removal", Proof(new() { ["password"] = "not hers at all" }))).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await ana.Post($"{Path}/{id}/removal", Proof(ByPassword))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await SignIn(app.Browser(), phone)).ShouldBe(HttpStatusCode.Unauthorized);
        await using var db = app.Open();
        (await db.Events.Where(e => e.Action.StartsWith("passkey.")).OrderBy(e => e.Id).Select(e => e.Action).ToListAsync()).ShouldBe([
            "passkey.added",
            "passkey.renamed",
            "passkey.removed",
        ]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_passkey_signs_in_only_with_a_fresh_challenge_for_this_site_and_a_person_before_the_device(string engine)
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var app = await TestApp.StartNew(engine, clock);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, Email);
        var ana = await app.Enter(Email);
        using var phone = new Authenticator { Count = 4 };
        await Add(ana, phone, "Phone");
        using var strange = new Authenticator();
        var (first, options) = await Ask(app.Browser());
        phone.Count = 5;
        var answer = phone.Sign(options);
        (await Send(app.Browser(), first, answer)).ShouldBe(HttpStatusCode.NoContent);
        (await Send(app.Browser(), first, answer)).ShouldBe(HttpStatusCode.Unauthorized, "it was used");

        async Task<HttpStatusCode> With(Action<Authenticator> change)
        {
            using var browser = app.Browser();
            change(phone);
            var status = await SignIn(browser, phone);
            (phone.Origin, phone.Site, phone.Verified, phone.Count) = ("http://localhost", null, true, 6);
            return status;
        }

        (await With(p => p.Count = 5)).ShouldBe(HttpStatusCode.Unauthorized, "a copy of the device counts behind it");
        (await With(p => p.Origin = "http://localhost.evil.example")).ShouldBe(HttpStatusCode.Unauthorized);
        (await With(p => p.Site = "evil.example")).ShouldBe(HttpStatusCode.Unauthorized);
        (await With(p => p.Verified = false)).ShouldBe(HttpStatusCode.Unauthorized, "whoever holds the phone is not yet its owner");
        (await SignIn(app.Browser(), strange)).ShouldBe(HttpStatusCode.Unauthorized);
        var (late, asked) = await Ask(app.Browser());
        (await Send(app.Browser(), first, phone.Sign(asked))).ShouldBe(HttpStatusCode.Unauthorized, "another challenge");
        clock.Advance(TimeSpan.FromMinutes(5));
        (await Send(app.Browser(), late, phone.Sign(asked))).ShouldBe(HttpStatusCode.Unauthorized);
        (await Send(app.Browser(), "", "")).ShouldBe(HttpStatusCode.Unauthorized);
        (await Send(app.Browser(), late + "A", "{}")).ShouldBe(HttpStatusCode.Unauthorized);
        (await With(_ => { })).ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_passkey_proves_once_and_only_of_whom_it_is(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, Email);
        await app.MakePerson(house.OrganizationId, "rui@example.org");
        var (ana, rui) = (await app.Enter(Email), await app.Enter("rui@example.org"));
        using var hers = new Authenticator();
        using var his = new Authenticator();
        await Add(ana, hers, "Phone");
        await Add(rui, his, "Phone");

        async Task<JsonObject> By(Authenticator device)
        {
            var asked = await (await ana.Post(Path + "/requests", new JsonObject())).Json(200);
            return new() { ["passkey"] = Answer(asked["request"]!.GetValue<string>(), device.Sign(asked["options"]!.GetValue<string>())) };
        }

        JsonObject Pin(JsonObject proof) => new() { ["pin"] = "482915", ["proof"] = proof };
        async Task<HttpStatusCode> Change(JsonObject proof) =>
            (await ana.Send(HttpMethod.Put, "/api/v1/me/pin", Pin((JsonObject)proof.DeepClone()).ToJsonString())).StatusCode;

        (await Change(await By(his))).ShouldBe(HttpStatusCode.Forbidden);
        var good = await By(hers);
        (await Change(good)).ShouldBe(HttpStatusCode.NoContent);
        (await Change(good)).ShouldBe(HttpStatusCode.Forbidden, "it was used");
        var both = await By(hers);
        both["password"] = People.Password;
        (await Change(both)).ShouldBe(HttpStatusCode.BadRequest);
        (await app.As(house.Owner).Post(Path + "/requests", new JsonObject())).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Where_a_second_factor_is_asked_for_a_passkey_is_one(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, Email);
        await app.MakePerson(house.OrganizationId, "max@example.org", Roles.Manager);
        var (ana, max) = (await app.Enter(Email), await app.Enter("max@example.org"));
        using var phone = new Authenticator();
        using var other = new Authenticator();
        var id = (await Add(ana, phone, "Phone"))["id"]!.GetValue<string>();
        (await app.Browser().SignIn(Email, People.Password)).StatusCode.ShouldBe(HttpStatusCode.NoContent, "nobody asks for two");

        (await ana.Send(HttpMethod.Put, "/api/v1/team/second-factor", """{"required":true}""")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await max.GetAsync("/api/v1/contacts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await Add(max, other, "Phone");
        (await max.GetAsync("/api/v1/contacts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.Browser().SignIn(Email, People.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "the passkey is asked for");
        (await SignIn(app.Browser(), phone)).ShouldBe(HttpStatusCode.NoContent);
        var codes = await (await ana.Post("/api/v1/me/second-factor/recovery-codes", Proof(ByPassword))).Json(200);
        using var lost = app.Browser();
        await lost.SignIn(Email, People.Password);
        (await lost.Send("/sign-in/code", ("code", codes["recoveryCodes"]![0]!.GetValue<string>()))).StatusCode.ShouldBe(
            HttpStatusCode.NoContent
        );
        var kept = await (await ana.Post($"{Path}/{id}/removal", Proof(ByPassword))).Json(409);
        kept["type"]!.GetValue<string>().ShouldBe("second-factor-required");
        using var spare = new Authenticator();
        await Add(ana, spare, "Spare");
        (await ana.Post($"{Path}/{id}/removal", Proof(ByPassword))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Nobody_adds_a_passkey_with_anothers_answer_or_changes_anothers(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, Email);
        await app.MakePerson(house.OrganizationId, "rui@example.org");
        var (ana, rui) = (await app.Enter(Email), await app.Enter("rui@example.org"));
        using var phone = new Authenticator();
        var id = (await Add(ana, phone, "Phone"))["id"]!.GetValue<string>();
        using var second = new Authenticator();
        var asked = await (await ana.Post(Path + "/setup", Proof(ByPassword))).Json(200);
        var answer = new JsonObject
        {
            ["passkey"] = Answer(asked["request"]!.GetValue<string>(), second.Make(asked["options"]!.GetValue<string>())),
            ["name"] = "Mine now",
        };
        var before = await app.Snapshot();

        (await (await rui.Post(Path, answer)).Json(400)).Fields().ShouldBe(["passkey"]);
        (await (await ana.Post(Path, Named(answer, ""))).Json(400)).Fields().ShouldBe(["name"]);
        (await rui.Send(HttpMethod.Patch, $"{Path}/{id}", """{"name":"x"}""")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await rui.Post($"{Path}/{id}/removal", Proof(ByPassword))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await app.Snapshot()).ShouldBe(before);
        (await ana.Post(Path, answer)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await (await ana.Post(Path, answer)).Json(400)).Fields().ShouldBe(["passkey"]);
    }

    [Fact]
    public async Task Without_https_or_a_name_there_are_no_passkeys_and_the_page_says_so()
    {
        await using var app = await TestApp.StartNew("sqlite", null, ("Bellhop:PublicAddress", "http://192.0.2.7:5080"));
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, Email);
        var ana = await app.Enter(Email);

        (await (await ana.Post(Path + "/setup", Proof(ByPassword))).Json(409))["type"]!.GetValue<string>().ShouldBe("no-passkeys");
        (await ana.GetStringAsync("/settings/account")).ShouldContain("Passkeys need an https address");
        (await app.Anonymous().GetStringAsync("/sign-in")).ShouldNotContain("passkey-form");
    }

    [Fact]
    public async Task A_configured_address_is_the_only_site()
    {
        await using var app = await TestApp.StartNew("sqlite", null, ("Bellhop:PublicAddress", "https://desk.example.org"));
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, Email);
        var ana = await app.Enter(Email);
        using var phone = new Authenticator { Origin = "https://desk.example.org" };

        await Add(ana, phone, "Phone");

        (await app.Anonymous().GetStringAsync("/sign-in")).ShouldContain("data-site=\"desk.example.org\"");
        (await SignIn(app.Browser(), phone)).ShouldBe(HttpStatusCode.NoContent);
        phone.Origin = "https://desk.example.org:8443";
        (await SignIn(app.Browser(), phone)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    /// <summary>A person adds the passkey of a device.</summary>
    internal static async Task<JsonObject> Add(HttpClient person, Authenticator device, string name)
    {
        var asked = await (await person.Post(Path + "/setup", Proof(ByPassword))).Json(200);
        var answer = Answer(asked["request"]!.GetValue<string>(), device.Make(asked["options"]!.GetValue<string>()));
        return await (await person.Post(Path, new JsonObject { ["passkey"] = answer, ["name"] = name })).Json(201);
    }

    internal static JsonObject Answer(string request, string credential) => new() { ["request"] = request, ["credential"] = credential };

    private static JsonObject Proof(JsonObject proof) => new() { ["proof"] = proof };

    private static JsonObject Named(JsonObject answer, string name)
    {
        var other = (JsonObject)answer.DeepClone();
        other["name"] = name;
        return other;
    }

    private static async Task<(string Request, string Options)> Ask(Browser browser)
    {
        var asked = await (await browser.Client.PostAsync("/sign-in/passkey/request", null)).Json(200);
        return (asked["request"]!.GetValue<string>(), asked["options"]!.GetValue<string>());
    }

    private static async Task<HttpStatusCode> SignIn(Browser browser, Authenticator device)
    {
        var (request, options) = await Ask(browser);
        return await Send(browser, request, device.Sign(options));
    }

    private static async Task<HttpStatusCode> Send(Browser browser, string request, string credential) =>
        (await browser.Send("/sign-in/passkey", ("request", request), ("credential", credential))).StatusCode;
}
