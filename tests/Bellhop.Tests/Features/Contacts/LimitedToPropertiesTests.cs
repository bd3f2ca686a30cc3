using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Platform;
using Bellhop.Tests.Features.Bookings;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Contacts;

/// <summary>Whoever sees only some properties changes nothing for the others, and learns nothing of them.</summary>
public class LimitedToPropertiesTests
{
    private const string Patch = "application/merge-patch+json";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_guest_becomes_known_by_a_booking_as_an_event_of_its_own_and_stays_assigned_where_they_were(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var (lisbon, berlin) = (await Limited(app, house, house.Lisbon), await Limited(app, house, house.Berlin));
        var guest = (await (await lisbon.Post("/api/v1/bookings", ReceiveBookingTests.Body(house.Lisbon, "one"))).Json(201))[
            "contactId"
        ]!.GetValue<string>();
        await (
            await lisbon.Post(
                "/api/v1/reviews",
                new JsonObject
                {
                    ["contactId"] = guest,
                    ["stars"] = 2,
                    ["comment"] = "Of Lisbon",
                }
            )
        ).Json(201);
        (await berlin.GetAsync($"/api/v1/contacts/{guest}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await (await berlin.Post("/api/v1/bookings", ReceiveBookingTests.Body(house.Berlin, "two"))).Json(201);

        (await Actions(owner, guest)).ShouldContain("contact.becameKnown");
        (await Actions(berlin, guest)).ShouldContain("contact.becameKnown");
        (await Actions(lisbon, guest)).ShouldNotContain("contact.becameKnown", "what happens at another property is none of theirs");
        var seen = await berlin.GetFromJson($"/api/v1/contacts/{guest}");
        (seen["property"], seen["bookings"]!.GetValue<int>()).ShouldBe((null, 1));
        foreach (
            var path in (string[])
                [$"/contacts/{guest}/bookings", $"/contacts/{guest}/timeline", $"/reviews?contactId={guest}", "/audit", "/bookings"]
        )
        {
            var text = await berlin.GetStringAsync("/api/v1" + path);
            text.ShouldNotContain("Of Lisbon", Case.Sensitive, path);
            text.ShouldNotContain(house.Lisbon.ToString(), Case.Sensitive, path);
        }

        var before = await app.Snapshot();
        var move = new JsonObject { ["propertyId"] = house.Berlin.ToString() }.ToJsonString();
        (await berlin.Send(HttpMethod.Patch, $"/api/v1/contacts/{guest}", move, type: Patch)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var many = new JsonObject
        {
            ["action"] = "assignProperty",
            ["ids"] = new JsonArray(guest),
            ["propertyId"] = house.Berlin.ToString(),
        };
        (await berlin.Post("/api/v1/contacts/bulk", many)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.Snapshot()).ShouldBe(before);
        (await app.Events("access.refused")).ShouldBe(3);
        (await owner.Send(HttpMethod.Patch, $"/api/v1/contacts/{guest}", move, type: Patch)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_tag_or_shared_segment_used_elsewhere_is_not_theirs_to_change(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var limited = await Limited(app, house, house.Berlin);
        var elsewhere = await Guest(owner, house.Lisbon, "+351912345678");
        var own = await Guest(owner, house.Berlin, "+351912345679");
        var (used, free) = (await Tag(owner, "Used"), await Tag(owner, "Free"));
        (await owner.PutAsync($"/api/v1/contacts/{elsewhere}/tags/Used", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await owner.PutAsync($"/api/v1/contacts/{own}/tags/Free", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var (theirs, everybodys) = (await Segment(owner, "Theirs", house.Lisbon), await Segment(owner, "Everybody's", house.Berlin));
        var before = await app.Snapshot();

        foreach (
            var (method, path, body) in new[]
            {
                (HttpMethod.Patch, $"/tags/{used}", """{"name":"Other"}"""),
                (HttpMethod.Delete, $"/tags/{used}", null),
                (HttpMethod.Post, $"/tags/{free}/merges", $$"""{"from":"{{used}}"}"""),
                (HttpMethod.Post, $"/tags/{used}/merges", $$"""{"from":"{{free}}"}"""),
                (HttpMethod.Patch, $"/segments/{theirs}", """{"name":"Other"}"""),
                (HttpMethod.Delete, $"/segments/{theirs}", null),
            }
        )
        {
            var refused = await app.Events("access.refused");
            using var answer = await limited.Send(
                method,
                "/api/v1" + path,
                body,
                type: method == HttpMethod.Patch ? Patch : "application/json"
            );
            var problem = await answer.Json(403);
            problem["type"]!.GetValue<string>().ShouldBe("used-elsewhere", $"{method} {path}");
            problem.ToJsonString().ShouldNotContain(house.Lisbon.ToString());
            (await app.Events("access.refused") - refused).ShouldBe(1);
        }

        (await app.Snapshot()).ShouldBe(before);
        await (await limited.Send(HttpMethod.Patch, $"/api/v1/tags/{used}", """{"color":"Red"}""", type: Patch)).Json(200);
        await (await limited.Send(HttpMethod.Patch, $"/api/v1/tags/{free}", """{"name":"Freer"}""", type: Patch)).Json(200);
        await (await limited.Send(HttpMethod.Patch, $"/api/v1/segments/{everybodys}", """{"name":"Renamed"}""", type: Patch)).Json(200);
        (await limited.DeleteAsync($"/api/v1/tags/{free}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await owner.DeleteAsync($"/api/v1/tags/{used}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_foreign_id_in_an_export_is_not_there(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var limited = await Limited(app, house, house.Berlin);
        var (elsewhere, own) = (await Guest(owner, house.Lisbon, "+351912345678"), await Guest(owner, house.Berlin, "+351912345679"));

        (await limited.GetAsync($"/api/v1/contacts/export?id={own}&id={elsewhere}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await limited.Post("/api/v1/contacts/exports", new JsonObject { ["ids"] = new JsonArray(own, elsewhere) })).StatusCode.ShouldBe(
            HttpStatusCode.NotFound
        );
        (await limited.GetAsync($"/api/v1/contacts/export?id={own}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_kept_answer_is_given_again_only_to_whoever_still_may(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var key = await app.MakeKey(house.OrganizationId, PermissionSet.Everything, house.Lisbon, house.Berlin);
        var client = app.As(key);
        var body = ReceiveBookingTests.Body(house.Lisbon, "one");
        await (await client.Post("/api/v1/bookings", body, "again")).Json(201);
        await (await client.Post("/api/v1/bookings", body, "again")).Json(201);
        await using var db = app.Open();

        await db
            .ApiKeys.Where(k => k.Properties != null)
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.Properties, new[] { house.Berlin }));
        await Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken); // rights are remembered for three seconds
        (await client.Post("/api/v1/bookings", body, "again")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await db
            .ApiKeys.Where(k => k.Properties != null)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(k => k.Permissions, "contacts.view").SetProperty(k => k.Properties, new[] { house.Berlin, house.Lisbon })
            );
        await Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);
        (await client.Post("/api/v1/bookings", body, "again")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<HttpClient> Limited(TestApp app, House house, Guid property) =>
        app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything, property));

    private static async Task<string> Guest(HttpClient owner, Guid property, string phone) =>
        (
            await (await owner.Post("/api/v1/contacts", new JsonObject { ["phone"] = phone, ["propertyId"] = property.ToString() })).Json(
                201
            )
        )["id"]!.GetValue<string>();

    private static async Task<string> Tag(HttpClient owner, string name) =>
        (await (await owner.Post("/api/v1/tags", new JsonObject { ["name"] = name })).Json(201))["id"]!.GetValue<string>();

    private static async Task<string> Segment(HttpClient owner, string name, Guid property) =>
        (
            await (
                await owner.Post(
                    "/api/v1/segments",
                    new JsonObject
                    {
                        ["name"] = name,
                        ["shared"] = true,
                        ["conditions"] = new JsonObject { ["propertyId"] = new JsonArray(property.ToString()) },
                    }
                )
            ).Json(201)
        )["id"]!.GetValue<string>();

    private static async Task<List<string?>> Actions(HttpClient client, string guest) =>
        [
            .. (await client.GetFromJson($"/api/v1/contacts/{guest}/timeline"))["items"]!
                .AsArray()
                .Select(r => r!["event"]?["action"]?.GetValue<string>()),
        ];
}
