using System.Text.Json.Nodes;
using Bellhop.Platform;
using Bellhop.Tests.Features.Bookings;

namespace Bellhop.Tests.Platform.Web;

public class ProblemsTests
{
    private const string Bookings = "/api/v1/bookings";

    /// <summary>Bodies of a wrong shape, and the member that the answer must name.</summary>
    public static TheoryData<string, string> Misshapen =>
        new()
        {
            { "", "body" },
            { "null", "body" },
            { "[]", "body" },
            { "{", "body" },
            { "{'a':1}", "body" },
            { """{"zzz":1}""", "zzz" },
            { """{"PropertyId":"x"}""", "PropertyId" },
            { """{"id":"x"}""", "id" },
            { """{"contactId":null}""", "contactId" },
            { "{}", "propertyId" },
            { """{"propertyId":"x"}""", "propertyId" },
            { """{"propertyId":{}}""", "propertyId" },
            { """{"propertyId":null}""", "propertyId" },
            { """{"source":"Agoda","source":"Agoda"}""", "source" },
            { """{"source":null}""", "source" },
            { """{"status":5}""", "status" },
            { """{"total":{"amount":"1","currency":"EUR"}}""", "total.amount" },
            { """{"total":{"amount":1e99,"currency":"EUR"}}""", "total.amount" },
            { """{"total":{"amount":1}}""", "total.currency" },
            { """{"total":{"amount":1,"currency":"EUR","x":1}}""", "total.x" },
            { """{"total":5}""", "total" },
            { """{"guest":{"phone":5}}""", "guest.phone" },
            { """{"reference":"\ud800"}""", "reference" },
            { """{"guest":{"phone":"\ud800"}}""", "propertyId" }, // a booking is not lost to its guest's phone
            { """{"guest":{"name":"a","name":"b"}}""", "guest.name" },
            { """{"guest":[]}""", "guest" },
            { """{"adults":"2"}""", "adults" },
            { """{"adults":2.5}""", "adults" },
            { """{"adults":99999999999}""", "adults" },
            { """{"bookedAt":"yesterday"}""", "bookedAt" },
            { """{"bookedAt":"2026-01-01T10:00:00"}""", "bookedAt" },
            { """{"revision":1.5}""", "revision" },
            { """{"revision":"2026-01-01T10:00:00"}""", "revision" },
        };

    [Fact]
    public async Task A_body_of_a_wrong_shape_names_the_first_such_member_and_echoes_nothing()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var before = await app.Snapshot();
        foreach (var (body, member) in Misshapen.Select(row => row.Data))
        {
            var answer = await app.As(house.Owner).Send(HttpMethod.Post, Bookings, body);
            var problem = await answer.Json(400);
            problem.Fields().ShouldBe([member], body);
            problem["type"]!.GetValue<string>().ShouldBe("invalid");
            problem.Select(p => p.Key).ShouldBe(["type", "title", "status", "errors"]);
            problem.ToJsonString().ShouldNotContain("System.");
            problem.ToJsonString().ShouldNotContain("Bellhop.");
            problem["errors"]![member]![0]!.GetValue<string>().ShouldNotContain("Json.", customMessage: "every key has a text");
        }

        (await app.Snapshot()).ShouldBe(before);
        (await app.Events()).ShouldBe(0);
    }

    /// <summary>Merge patches of a wrong shape, and the member that the answer must name.</summary>
    public static TheoryData<string, string, string> MisshapenPatches =>
        new()
        {
            { "properties", """{"name":5}""", "name" },
            { "properties", """{"name":"\ud800"}""", "name" },
            { "properties", """{"embedOrigins":5}""", "embedOrigins" },
            { "properties", """{"embedOrigins":["https://a.example",5]}""", "embedOrigins[1]" },
            { "properties", """{"embedOrigins":["https://a.example",null]}""", "embedOrigins[1]" },
            { "properties", """{"openingHours":[{"day":"monday","from":5}]}""", "openingHours[0].from" },
            { "properties", """{"openingHours":[{"x":"monday"}]}""", "openingHours[0].x" },
            { "properties", """{"openingHours":[null]}""", "openingHours[0]" },
            { "properties", """{"openingHours":[{"day":"monday",}]}""", "openingHours" },
            { "bookings", """{"total":5}""", "total" },
            { "bookings", """{"total":{"amount":"x","currency":"EUR"}}""", "total.amount" },
            { "bookings", """{"total":{"amount":1}}""", "total.currency" },
            { "bookings", """{"total":{"amount":1,"amount":2,"currency":"EUR"}}""", "total.amount" },
            { "bookings", """{"total":{"amount":1,"currency":"EUR","x":1}}""", "total.x" },
            { "bookings", """{"status":[]}""", "status" },
            { "contacts", """{"propertyId":"x"}""", "propertyId" },
            { "contacts", """{"phone":{}}""", "phone" },
            { "contacts", """{"phone":"1","phone":"2"}""", "phone" },
            { "contacts", """{"bookings":1}""", "bookings" },
        };

    [Fact]
    public async Task A_patch_of_a_wrong_shape_names_the_first_such_member_by_its_whole_path()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var booking = await (await owner.Post(Bookings, ReceiveBookingTests.Body(house.Lisbon, null))).Json(201);
        var ids = new Dictionary<string, string>
        {
            ["properties"] = house.Lisbon.ToString(),
            ["bookings"] = booking["id"]!.GetValue<string>(),
            ["contacts"] = booking["contactId"]!.GetValue<string>(),
        };
        var before = await app.Snapshot();
        foreach (var (list, body, member) in MisshapenPatches.Select(row => row.Data))
        {
            var problem = await (await owner.Send(HttpMethod.Patch, $"/api/v1/{list}/{ids[list]}", body)).Json(400);
            problem.Fields().ShouldBe([member], body);
        }

        (await app.Snapshot()).ShouldBe(before);
    }

    [Theory]
    [InlineData("/api/v1/roles", """{"name":"Night","permissions":["contacts.view",null]}""", "permissions[1]")]
    [InlineData("/api/v1/api-keys", """{"name":"Night","permissions":[null]}""", "permissions[0]")]
    [InlineData("/api/v1/webhook-endpoints", """{"url":"https://a.example","events":[null]}""", "events[0]")]
    [InlineData("/api/v1/contacts/exports", """{"columns":["name",null,"phone"]}""", "columns[1]")]
    [InlineData("/api/v1/connections", """{"kind":"meta","name":"x","accounts":[null]}""", "accounts[0]")]
    public async Task Null_among_the_items_of_a_list_is_refused_and_named(string path, string body, string member)
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var problem = await (await app.As(house.Owner).Send(HttpMethod.Post, path, body)).Json(400);
        problem.Fields().ShouldBe([member], problem.ToJsonString());
        problem["errors"]![member]![0]!.GetValue<string>().ShouldBe("null cannot stand here.");
    }

    [Fact]
    public async Task Whatever_is_not_there_or_not_yours_is_one_answer_byte_for_byte()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var stranger = await app.MakeHouse();
        var limited = await app.MakeKey(house.OrganizationId, PermissionSet.Everything, house.Lisbon);

        var answers = new[]
        {
            await app.As(house.Owner).Post(Bookings, ReceiveBookingTests.Body(Guid.CreateVersion7())),
            await app.As(house.Owner).Post(Bookings, ReceiveBookingTests.Body(stranger.Lisbon)),
            await app.As(limited).Post(Bookings, ReceiveBookingTests.Body(house.Berlin)),
            await app.As(house.Owner).GetAsync("/api/v1/nothing"),
            await app.Anonymous().GetAsync("/api/nothing/at/all"),
        };
        var texts = await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync()));

        answers.ShouldAllBe(a => (int)a.StatusCode == 404);
        texts.Distinct().ShouldHaveSingleItem();
        JsonNode.Parse(texts[0])!.AsObject().Select(p => p.Key).ShouldBe(["type", "title", "status"]);
        (await app.Events("access.refused")).ShouldBe(3, "the unseen ids leave a row, addresses that lead nowhere do not");
    }

    [Fact]
    public async Task Every_refusal_of_the_web_itself_is_a_problem()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var body = ReceiveBookingTests.Body(house.Lisbon).ToJsonString();

        (await (await app.Anonymous().Send(HttpMethod.Post, Bookings, body)).Json(401))["type"]!
            .GetValue<string>()
            .ShouldBe("not-signed-in");
        (await (await app.As("bh_nonsense").Send(HttpMethod.Post, Bookings, body)).Json(401))["type"]!
            .GetValue<string>()
            .ShouldBe("not-signed-in");
        (await (await owner.Send(HttpMethod.Post, Bookings, body, type: "text/plain")).Json(415))["type"]!
            .GetValue<string>()
            .ShouldBe("unsupported-media-type");
        (await (await owner.Send(HttpMethod.Delete, Bookings)).Json(405))["type"]!.GetValue<string>().ShouldBe("method-not-allowed");
        (await (await owner.Send(HttpMethod.Post, Bookings, new string(' ', 1024 * 1024) + body)).Json(413))["type"]!
            .GetValue<string>()
            .ShouldBe("too-large");
        (await (await owner.Send(HttpMethod.Post, Bookings + "?access_token=bh_x&q=1", body)).Json(400))
            .Fields()
            .ShouldBe(["access_token", "q"]);
        var viewer = await app.MakeKey(house.OrganizationId, new([Permission.BookingsView]));
        (await (await app.As(viewer).Send(HttpMethod.Post, Bookings, body)).Json(403))["permission"]!
            .GetValue<string>()
            .ShouldBe("bookings.manage");
        (await app.Events()).ShouldBe(1, "the missing right alone is written down");
    }

    [Fact]
    public async Task A_method_override_header_changes_nothing()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        owner.DefaultRequestHeaders.Add("X-HTTP-Method-Override", "DELETE");

        await (await owner.Post(Bookings, ReceiveBookingTests.Body(house.Lisbon))).Json(201);
    }

    [Fact]
    public async Task Too_many_calls_of_one_key_are_told_when_to_come_again()
    {
        var clock = new TestClock(DateTimeOffset.Parse("2026-05-01T00:00:00Z"));
        await using var app = await TestApp.StartNew("sqlite", clock, ("Limits:ApiPerSecond", "3"));
        var house = await app.MakeHouse();
        var other = await app.MakeKey(house.OrganizationId, PermissionSet.Everything);
        for (var i = 0; i < 3; i++)
        {
            (await app.As(house.Owner).GetAsync("/api/v1/contacts")).IsSuccessStatusCode.ShouldBeTrue();
        }

        var refused = await app.As(house.Owner).GetAsync("/api/v1/contacts");

        (await refused.Json(429))["type"]!.GetValue<string>().ShouldBe("too-many");
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await app.As(other).GetAsync("/api/v1/contacts")).IsSuccessStatusCode.ShouldBeTrue("each key has its own");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        (await app.As(house.Owner).GetAsync("/api/v1/contacts")).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_that_keep_a_browser_in_bounds()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();

        var answer = await app.As(house.Owner).GetAsync("/api/v1/contacts");
        var page = await app.Anonymous().GetAsync("/api");
        var again = await app.Anonymous().GetAsync("/api");

        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldMatch("script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}';");
        policy.ShouldMatch("style-src 'self' 'nonce-[A-Za-z0-9+/=]{24}';");
        policy.ShouldNotContain("unsafe");
        policy.ShouldNotBe(again.Headers.GetValues("Content-Security-Policy").Single(), "a nonce is used once");
    }
}
