using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Team;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Team.Approving;

public class ApprovalTests
{
    private const string Pin = "482915";
    private const string Bulk = "/api/v1/contacts/bulk";
    private const string Export = "/api/v1/contacts/export";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_rule_asks_at_every_door_and_an_approval_counts_once_for_exactly_this(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var key = app.As(house.Owner);
        var (ana, anaId) = await Approver(app, house);
        var ids = await Guests(key, house, 3);
        await Rule(key, "contacts.bulkDelete", 1);
        await Rule(key, "contacts.export", 0);
        var before = await app.Snapshot();

        var refused = await (await key.Post(Bulk, Delete(ids[0], ids[1]))).Json(403);
        (Text(refused, "type"), Text(refused, "action")).ShouldBe(("approval-needed", "contacts.bulkDelete"));
        var all = new JsonObject { ["action"] = "delete", ["filter"] = new JsonObject() };
        Text(await (await key.Post(Bulk, all)).Json(403), "type").ShouldBe("approval-needed");
        var export = await (await key.GetAsync(Export)).Json(403);
        Text(export, "action").ShouldBe("contacts.export");
        Text(await (await key.Post("/api/v1/contacts/exports", new JsonObject())).Json(403), "type").ShouldBe("approval-needed");
        (await app.Snapshot()).ShouldBe(before, "a refusal changes nothing");

        var token = await Approved(ana, refused, anaId);
        Text(await (await With(key, HttpMethod.Post, Bulk, all, token)).Json(403), "type").ShouldBe("approval-needed", "not for these");
        Text(await (await With(key, HttpMethod.Get, Export, null, token)).Json(403), "type").ShouldBe("approval-needed", "not for this");
        (await (await With(key, HttpMethod.Post, Bulk, Delete(ids[1], ids[0]), token)).Json(200))["affected"]!.GetValue<int>().ShouldBe(2);
        var more = await Guests(key, house, 2, from: 3);
        Text(await (await With(key, HttpMethod.Post, Bulk, Delete(more[0], more[1]), token)).Json(403), "type").ShouldBe("approval-needed");
        (await (await key.Post(Bulk, Delete(more[0]))).Json(200))["affected"]!.GetValue<int>().ShouldBe(1, "one needs no approval");

        using var file = await With(key, HttpMethod.Get, Export, null, await Approved(ana, export, anaId));
        file.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await file.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
        await using var db = app.Open();
        (await db.Events.CountAsync(e => e.Action == "approval.used" && e.EntityId == anaId)).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_merge_needs_an_approval_of_these_two_in_this_order_where_the_organisation_says_so(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var key = app.As(house.Owner);
        var (ana, anaId) = await Approver(app, house);
        var ids = await Guests(key, house, 2);
        await Rule(key, "contacts.merge", 1);

        var refused = await (await key.Post(Merges(ids[0]), From(ids[1]))).Json(403);

        (Text(refused, "type"), Text(refused, "action")).ShouldBe(("approval-needed", "contacts.merge"));
        var token = await Approved(ana, refused, anaId);
        Text(await (await With(key, HttpMethod.Post, Merges(ids[1]), From(ids[0]), token)).Json(403), "type").ShouldBe("approval-needed");
        await (await With(key, HttpMethod.Post, Merges(ids[0]), From(ids[1]), token)).Json(201);
        await Rule(key, "contacts.merge", 2);
        var more = await Guests(key, house, 2, from: 2);
        await (await key.Post(Merges(more[0]), From(more[1]))).Json(201);

        static string Merges(Guid id) => $"/api/v1/contacts/{id}/merges";
        static JsonObject From(Guid id) => new() { ["from"] = id };
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Of_two_calls_with_one_approval_one_passes(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var key = app.As(house.Owner);
        var (ana, anaId) = await Approver(app, house);
        await Guests(key, house, 1);
        await Rule(key, "contacts.export", 0);
        var token = await Approved(ana, await (await key.GetAsync(Export)).Json(403), anaId);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => With(key, HttpMethod.Get, Export, null, token)));

        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.Forbidden).ShouldBe(5);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Only_who_is_entitled_approves_and_only_with_a_proof_of_theirs(string engine)
    {
        await using var app = await TestApp.StartNew(engine, new TestClock(DateTimeOffset.UtcNow));
        var house = await app.MakeHouse();
        var key = app.As(house.Owner);
        var (ana, anaId) = await Approver(app, house);
        var viewer = await app.MakePerson(house.OrganizationId, "vic@example.org", Roles.Viewer);
        var elsewhere = await app.MakePerson(house.OrganizationId, "lis@example.org", Roles.Manager, house.Lisbon);
        var stranger = await app.MakePerson((await app.MakeHouse()).OrganizationId, "str@example.org");
        await Guests(key, house, 1);
        await Rule(key, "contacts.export", 0);
        var refused = await (await key.GetAsync(Export)).Json(403);

        (await Approve(ana, refused, viewer, Pin)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "who may not export");
        (await Approve(ana, refused, elsewhere, Pin)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "who does not see every property");
        (await Approve(ana, refused, stranger, Pin)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Approve(key, refused, anaId, Pin)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "a key is no person");
        (await Approve(await app.Enter("vic@example.org"), refused, anaId, Pin)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Approve(ana, refused, anaId, null)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var bad = Body(refused, anaId, new JsonObject { ["pin"] = Pin });
        (bad["action"], bad["subject"]) = ("contacts.burn", "everything");
        (await (await ana.Post("/api/v1/approvals", bad)).Json(400)).Fields().ShouldBe(["action", "subject"], ignoreOrder: true);
        var byPassword = Body(refused, anaId, new JsonObject { ["password"] = People.Password });
        Text(await (await ana.Post("/api/v1/approvals", byPassword)).Json(201), "token").Length.ShouldBe(32);

        for (var tries = 0; tries < 5; tries++)
        {
            (await Approve(ana, refused, anaId, "000000")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        (await Approve(ana, refused, anaId, Pin)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests, "the right one cannot be guessed at");
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        (await Approve(ana, refused, anaId, Pin)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_approval_ends_with_five_minutes_and_with_what_made_its_approver_entitled(string engine)
    {
        await using var app = await TestApp.StartNew(engine, new TestClock(DateTimeOffset.UtcNow));
        var house = await app.MakeHouse();
        var key = app.As(house.Owner);
        var (ana, anaId) = await Approver(app, house);
        await app.MakePerson(house.OrganizationId, "rui@example.org");
        await Guests(key, house, 1);
        await Rule(key, "contacts.export", 0);
        var refused = await (await key.GetAsync(Export)).Json(403);
        var (late, stamped, lowered) = (
            await Approved(ana, refused, anaId),
            await Approved(ana, refused, anaId),
            await Approved(ana, refused, anaId)
        );
        await using var db = app.Open();
        (await db.Approvals.AsNoTracking().ToListAsync()).ShouldAllBe(a => a.Hash.Length == 32, "only hashes are stored");

        var stamp = await db.Users.Where(u => u.Id == anaId).Select(u => u.SecurityStamp).SingleAsync();
        await db.Arrange(() => db.Users.Where(u => u.Id == anaId).ExecuteUpdateAsync(s => s.SetProperty(u => u.SecurityStamp, "other")));
        (await With(key, HttpMethod.Get, Export, null, stamped)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await db.Arrange(() => db.Users.Where(u => u.Id == anaId).ExecuteUpdateAsync(s => s.SetProperty(u => u.SecurityStamp, stamp)));
        await db.Arrange(() =>
            db.Memberships.Where(m => m.UserId == anaId).ExecuteUpdateAsync(s => s.SetProperty(m => m.Role, Roles.Viewer))
        );
        (await With(key, HttpMethod.Get, Export, null, lowered)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await db.Arrange(() =>
            db.Memberships.Where(m => m.UserId == anaId).ExecuteUpdateAsync(s => s.SetProperty(m => m.Role, Roles.Owner))
        );
        (await With(key, HttpMethod.Get, Export, null, lowered)).StatusCode.ShouldBe(HttpStatusCode.OK);

        app.Clock.Advance(TimeSpan.FromMinutes(5));
        (await With(key, HttpMethod.Get, Export, null, late)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await Rule(key, "contacts.export", null);
        (await key.GetAsync(Export)).StatusCode.ShouldBe(HttpStatusCode.OK, "without a rule nothing is asked");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_pin_is_ones_own_not_easily_guessed_and_stored_as_a_hash(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var (ana, anaId) = await Approver(app, house);

        foreach (var weak in new[] { "12345", "1234567890123", "111111", "123456", "654321", "48a915" })
        {
            (await (await SetPin(ana, weak)).Json(400)).Fields().ShouldBe(["pin"], weak);
        }

        (await SetPin(ana, "739104", "not my password")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SetPin(app.As(house.Owner), "739104")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await using var db = app.Open();
        var hash = await db.Memberships.Where(m => m.UserId == anaId).Select(m => m.PinHash).SingleAsync();
        hash!.Length.ShouldBeGreaterThan(60);
        (await SetPin(ana, null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await db.Memberships.Where(m => m.UserId == anaId).Select(m => m.PinHash).SingleAsync()).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_approver_proves_it_by_a_code_or_a_passkey_too_and_nobody_else_by_theirs(string engine)
    {
        await using var app = await TestApp.StartNew(engine, new TestClock(DateTimeOffset.UtcNow));
        var house = await app.MakeHouse();
        var key = app.As(house.Owner);
        var (ana, anaId) = await Approver(app, house);
        await app.MakePerson(house.OrganizationId, "rui@example.org");
        var rui = await app.Enter("rui@example.org");
        await Guests(key, house, 1);
        await Rule(key, "contacts.export", 0);
        using var hers = new Authenticator();
        using var his = new Authenticator();
        await PasskeyTests.Add(ana, hers, "Phone");
        await PasskeyTests.Add(rui, his, "Phone");
        var byPassword = new JsonObject { ["proof"] = new JsonObject { ["password"] = People.Password } };
        var begun = await (await ana.Post("/api/v1/me/second-factor/setup", byPassword)).Json(200);
        var phone = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(Text(begun, "secret")));
        string Code() => phone.ComputeTotp(app.Clock.GetUtcNow().UtcDateTime);
        await (await ana.Post("/api/v1/me/second-factor", new JsonObject { ["code"] = Code() })).Json(200);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        var refused = await (await key.GetAsync(Export)).Json(403);

        // Rui is to export, at his own screen, and Ana stands beside him.
        async Task<HttpResponseMessage> Given(JsonObject proof) => await rui.Post("/api/v1/approvals", Body(refused, anaId, proof));
        async Task<JsonObject> By(Authenticator device)
        {
            var asked = await (await rui.Post("/api/v1/me/passkeys/requests", new JsonObject())).Json(200);
            return new() { ["passkey"] = PasskeyTests.Answer(Text(asked, "request"), device.Sign(Text(asked, "options"))) };
        }

        (await Given(new() { ["code"] = "000000" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Given(await By(his))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Given(new() { ["code"] = Code(), ["pin"] = Pin })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        foreach (
            var proof in new[]
            {
                new JsonObject { ["code"] = Code() },
                await By(hers),
            }
        )
        {
            var token = Text(await (await Given(proof)).Json(201), "token");
            (await With(rui, HttpMethod.Get, Export, null, token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    private static async Task<(HttpClient Browser, Guid Id)> Approver(TestApp app, House house)
    {
        var id = await app.MakePerson(house.OrganizationId, "ana@example.org");
        var ana = await app.Enter("ana@example.org");
        (await SetPin(ana, Pin)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return (ana, id);
    }

    private static Task<HttpResponseMessage> SetPin(HttpClient who, string? pin, string password = People.Password) =>
        who.Send(
            HttpMethod.Put,
            "/api/v1/me/pin",
            new JsonObject
            {
                ["pin"] = pin,
                ["proof"] = new JsonObject { ["password"] = password },
            }.ToJsonString()
        );

    private static async Task<Guid[]> Guests(HttpClient key, House house, int count, int from = 0)
    {
        var ids = new List<Guid>();
        for (var i = from; i < from + count; i++)
        {
            var guest = new JsonObject { ["phone"] = $"+35191234567{i}", ["propertyId"] = house.Lisbon };
            ids.Add((await (await key.Post("/api/v1/contacts", guest)).Json(201))["id"]!.GetValue<Guid>());
        }

        return [.. ids];
    }

    private static async Task Rule(HttpClient key, string action, int? over) =>
        await (await key.Send(HttpMethod.Put, "/api/v1/approvals/rules/" + action, new JsonObject { ["over"] = over }.ToJsonString())).Json(
            200
        );

    private static JsonObject Delete(params Guid[] ids) =>
        new() { ["action"] = "delete", ["ids"] = new JsonArray([.. ids.Select(i => JsonValue.Create(i))]) };

    private static JsonObject Body(JsonObject refused, Guid by, JsonObject proof) =>
        new()
        {
            ["action"] = Text(refused, "action"),
            ["subject"] = Text(refused, "subject"),
            ["by"] = by,
            ["proof"] = proof,
        };

    private static Task<HttpResponseMessage> Approve(HttpClient who, JsonObject refused, Guid by, string? pin) =>
        who.Post("/api/v1/approvals", Body(refused, by, pin is null ? [] : new JsonObject { ["pin"] = pin }));

    private static async Task<string> Approved(HttpClient who, JsonObject refused, Guid by) =>
        Text(await (await Approve(who, refused, by, Pin)).Json(201), "token");

    private static async Task<HttpResponseMessage> With(HttpClient who, HttpMethod method, string path, JsonNode? body, string token)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add(Approvals.Header, token);
        return await who.SendAsync(request);
    }

    private static string Text(JsonObject from, string name) => from[name]!.GetValue<string>();
}
