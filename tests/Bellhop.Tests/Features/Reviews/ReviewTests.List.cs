using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Bookings;
using Bellhop.Platform;
using Bellhop.Tests.Features.Bookings;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Reviews;

public partial class ReviewTests
{
    [Theory, MemberData(nameof(Engines))]
    public async Task The_list_goes_page_by_page_by_stars_and_property_and_stays_within_ones_own(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var ((lisbon, guest), (berlin, _)) = (await Stay(owner, house.Lisbon, "one"), await Stay(owner, house.Berlin, "two"));
        for (var i = 0; i < 7; i++)
        {
            await (
                await owner.Post(
                    "/api/v1/reviews",
                    new JsonObject
                    {
                        ["bookingId"] = i % 2 == 0 ? lisbon : berlin,
                        ["stars"] = 1 + (i % 5),
                        ["at"] = $"2026-03-0{1 + (i / 2)}T00:00:00Z",
                    }
                )
            ).Json(201);
        }

        async Task<List<string>> All(HttpClient client, string query)
        {
            var (rows, cursor) = (new List<string>(), (string?)null);
            do
            {
                var page = await (
                    await client.GetAsync($"/api/v1/reviews?limit=2&{query}{(cursor is null ? "" : "&cursor=" + cursor)}")
                ).Json(200);
                rows.AddRange(page["items"]!.AsArray().Select(r => $"{r!["at"]!.GetValue<string>()[..10]} {r["stars"]}"));
                cursor = page["nextCursor"]?.GetValue<string>();
            } while (cursor is not null);
            return rows;
        }

        (await All(owner, "")).ShouldBe([
            "2026-03-04 2",
            "2026-03-03 1",
            "2026-03-03 5",
            "2026-03-02 4",
            "2026-03-02 3",
            "2026-03-01 2",
            "2026-03-01 1",
        ]);
        (await All(owner, "stars=1&stars=2")).ShouldBe(["2026-03-04 2", "2026-03-03 1", "2026-03-01 2", "2026-03-01 1"]);
        (await All(owner, $"propertyId={house.Berlin}")).ShouldBe(["2026-03-03 1", "2026-03-02 4", "2026-03-01 2"]);
        (await All(owner, $"contactId={guest}")).Count.ShouldBe(7);
        (await All(owner, $"bookingId={lisbon}")).Count.ShouldBe(4);
        var limited = app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything, house.Berlin));
        (await All(limited, "")).Count.ShouldBe(3);
        (await All(limited, $"contactId={guest}")).Count.ShouldBe(3);
        (await limited.GetAsync($"/api/v1/reviews?propertyId={house.Lisbon}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await limited.GetAsync($"/api/v1/reviews?bookingId={lisbon}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var first = await (await owner.GetAsync("/api/v1/reviews?limit=2")).Json(200);
        await (await owner.GetAsync($"/api/v1/reviews?limit=2&stars=1&cursor={first["nextCursor"]}")).Json(400);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task When_a_guest_is_deleted_the_stars_stay_and_nothing_of_the_person(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var (booking, guest) = await Stay(owner, house.Lisbon, "one");
        await (
            await owner.Post(
                "/api/v1/reviews",
                new JsonObject
                {
                    ["bookingId"] = booking,
                    ["stars"] = 4,
                    ["comment"] = "Zanzibara was here",
                    ["externalId"] = "B-1",
                },
                "key-1"
            )
        ).Json(201);
        (await owner.DeleteAsync($"/api/v1/contacts/{guest}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        string.Join('\n', (await app.Snapshot()).Values).ShouldNotContain("Zanzibara");
        var again = await (
            await owner.Post(
                "/api/v1/reviews",
                new JsonObject
                {
                    ["bookingId"] = booking,
                    ["stars"] = 3,
                    ["comment"] = "Zanzibara again",
                    ["externalId"] = "B-1",
                }
            )
        ).Json(200);
        (again["contactId"], again["comment"], again["stars"]!.GetValue<int>()).ShouldBe((null, null, 3));
        var more = await (
            await owner.Post(
                "/api/v1/reviews",
                new JsonObject
                {
                    ["bookingId"] = booking,
                    ["stars"] = 5,
                    ["comment"] = "Zanzibara once more",
                }
            )
        ).Json(201);
        (more["contactId"], more["comment"]).ShouldBe((null, null));
        (await (await owner.GetAsync($"/api/v1/reviews?propertyId={house.Lisbon}")).Json(200))["items"]!.AsArray().Count.ShouldBe(2);
        string.Join('\n', (await app.Snapshot()).Values).ShouldNotContain("Zanzibara");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Guests_are_found_by_their_stars_and_stand_in_their_order(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        for (var i = 0; i < 4; i++)
        {
            var (booking, _) = await Stay(owner, i == 3 ? house.Berlin : house.Lisbon, "stay " + i, $"+35191234567{i}");
            if (i > 0)
            {
                await (await owner.Post("/api/v1/reviews", new JsonObject { ["bookingId"] = booking, ["stars"] = 2 + i })).Json(201);
            }
        }

        async Task<string[]> Phones(string query) =>
            [
                .. (await (await owner.GetAsync($"/api/v1/contacts?{query}")).Json(200))["items"]!
                    .AsArray()
                    .Select(c => $"{c!["phone"]!.GetValue<string>()[^1]}:{c["rating"]}"),
            ];
        (await Phones("sort=-rating")).ShouldBe(["3:5", "2:4", "1:3", "0:"]);
        (await Phones("sort=rating")).ShouldBe(["1:3", "2:4", "3:5", "0:"]);
        (await Phones("minRating=4&sort=rating")).ShouldBe(["2:4", "3:5"]);
        (await Phones($"minRating=4&propertyId={house.Lisbon}")).ShouldBe(["2:4"]);
        (await Phones($"minRating=4&propertyId={house.Lisbon}&propertyId={house.Berlin}&sort=-rating")).ShouldBe(["3:5", "2:4"]);
        (await (await owner.GetAsync("/api/v1/contacts/summary?minRating=4")).Json(200))["totalContacts"]!.GetValue<int>().ShouldBe(2);
        await (await owner.GetAsync("/api/v1/contacts?minRating=6")).Json(400);
        await (await owner.GetAsync("/api/v1/contacts?minRating=0")).Json(400);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_review_of_a_stay_that_had_nobody_becomes_the_guests_once_the_booking_names_one(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var body = ReceiveBookingTests.Body(house.Lisbon, "nobody").AsObject();
        body["guest"] = new JsonObject();
        var booking = (await (await owner.Post("/api/v1/bookings", body)).Json(201))["id"]!.GetValue<string>();
        (await (await owner.Post("/api/v1/reviews", new JsonObject { ["bookingId"] = booking, ["stars"] = 4 })).Json(201))["contactId"]
            .ShouldBeNull();
        var named = ReceiveBookingTests.Body(house.Lisbon, "nobody").AsObject();
        named["guest"] = new JsonObject { ["phone"] = "+351912345678" };
        var guest = (await (await owner.Post("/api/v1/bookings", named)).Json(200))["contactId"]!.GetValue<string>();
        (await Rating(owner, guest)).ShouldBe(4);
    }
}
