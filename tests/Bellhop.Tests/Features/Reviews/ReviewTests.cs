using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Bookings;
using Bellhop.Platform;
using Bellhop.Tests.Features.Bookings;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Reviews;

public class ReviewTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_review_comes_by_the_api_is_brought_up_to_date_by_its_key_and_rates_the_guest(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var (booking, guest) = await Stay(owner, house.Lisbon, "one");
        using var made = await owner.Post(
            "/api/v1/reviews",
            new JsonObject
            {
                ["bookingId"] = booking,
                ["stars"] = 4,
                ["comment"] = " Lovely\r\nplace ",
                ["externalId"] = "B-1",
                ["at"] = "2026-03-05T10:00:00Z",
            }
        );
        var review = await made.Json(201);
        review.Select(m => m.Key).ShouldBe(["id", "contactId", "bookingId", "stars", "comment", "at"]);
        (
            review["contactId"]!.GetValue<string>(),
            review["bookingId"]!.GetValue<string>(),
            review["stars"]!.GetValue<int>(),
            review["comment"]!.GetValue<string>(),
            review["at"]!.GetValue<string>()
        ).ShouldBe((guest, booking, 4, "Lovely\nplace", "2026-03-05T10:00:00.000Z"));
        made.Headers.Location!.ToString().ShouldBe($"/api/v1/reviews/{review["id"]}");
        (await (await owner.GetAsync(made.Headers.Location)).Json(200)).ToJsonString().ShouldBe(review.ToJsonString());
        (await Rating(owner, guest)).ShouldBe(4);

        // The same again is no change; other words are; an older review does not rate the guest.
        var (before, events) = (await app.Snapshot(), await app.Events());
        await (
            await owner.Post(
                "/api/v1/reviews",
                new JsonObject
                {
                    ["contactId"] = guest,
                    ["stars"] = 4,
                    ["comment"] = "Lovely\nplace",
                    ["externalId"] = "B-1",
                }
            )
        ).Json(200);
        (await app.Snapshot()).ShouldBe(before);
        (await app.Events()).ShouldBe(events);
        var again = await (
            await owner.Post(
                "/api/v1/reviews",
                new JsonObject
                {
                    ["bookingId"] = booking,
                    ["stars"] = 2,
                    ["externalId"] = "B-1",
                }
            )
        ).Json(200);
        (again["id"]!.GetValue<string>(), again["stars"]!.GetValue<int>(), again["comment"]).ShouldBe(
            (review["id"]!.GetValue<string>(), 2, null)
        );
        (await Rating(owner, guest)).ShouldBe(2);
        await (
            await owner.Post(
                "/api/v1/reviews",
                new JsonObject
                {
                    ["contactId"] = guest,
                    ["stars"] = 5,
                    ["at"] = "2026-01-01T00:00:00Z",
                }
            )
        ).Json(201);
        (await Rating(owner, guest)).ShouldBe(2);
        await (
            await owner.Post(
                "/api/v1/reviews",
                new JsonObject
                {
                    ["contactId"] = guest,
                    ["stars"] = 5,
                    ["at"] = "2026-04-01T00:00:00Z",
                }
            )
        ).Json(201);
        (await Rating(owner, guest)).ShouldBe(5);
        await using var db = app.Open();
        (
            await db
                .Events.Where(e => e.Action.StartsWith("review."))
                .OrderBy(e => e.Id)
                .Select(e => e.Action + "/" + e.EntityKind)
                .ToListAsync()
        ).ShouldBe(["review.created/review", "review.updated/review", "review.created/review", "review.created/review"]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_outside_key_of_a_review_at_a_property_one_does_not_see_is_no_way_to_it(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var (lisbon, guest) = await Stay(owner, house.Lisbon, "one");
        var (berlin, same) = await Stay(owner, house.Berlin, "two");
        same.ShouldBe(guest);
        var theirs = await (
            await owner.Post(
                "/api/v1/reviews",
                new JsonObject
                {
                    ["bookingId"] = lisbon,
                    ["stars"] = 5,
                    ["comment"] = "Theirs",
                    ["externalId"] = "B-1",
                }
            )
        ).Json(201);
        var limited = app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything, house.Berlin));

        // By the stay, and by the guest who is known at both.
        var mine = await (
            await limited.Post(
                "/api/v1/reviews",
                new JsonObject
                {
                    ["bookingId"] = berlin,
                    ["stars"] = 1,
                    ["externalId"] = "B-1",
                }
            )
        ).Json(201);
        mine["id"]!.GetValue<string>().ShouldNotBe(theirs["id"]!.GetValue<string>());
        var again = await (
            await limited.Post(
                "/api/v1/reviews",
                new JsonObject
                {
                    ["contactId"] = guest,
                    ["stars"] = 2,
                    ["externalId"] = "B-1",
                }
            )
        ).Json(200);
        again["id"]!.GetValue<string>().ShouldBe(mine["id"]!.GetValue<string>());
        again["bookingId"]!.GetValue<string>().ShouldBe(berlin);
        (await (await owner.GetAsync($"/api/v1/reviews/{theirs["id"]}")).Json(200)).ToJsonString().ShouldBe(theirs.ToJsonString());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_deleted_review_is_gone_and_the_one_before_it_rates_the_guest(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var (booking, guest) = await Stay(owner, house.Lisbon, "one");
        var earlier = await (
            await owner.Post(
                "/api/v1/reviews",
                new JsonObject
                {
                    ["contactId"] = guest,
                    ["stars"] = 2,
                    ["at"] = "2026-02-05T10:00:00Z",
                }
            )
        ).Json(201);
        using var made = await owner.Post(
            "/api/v1/reviews",
            new JsonObject
            {
                ["bookingId"] = booking,
                ["stars"] = 5,
                ["comment"] = "Lovely",
                ["externalId"] = "B-1",
                ["at"] = "2026-03-05T10:00:00Z",
            }
        );
        var latest = await made.Json(201);
        (await Rating(owner, guest)).ShouldBe(5);

        // Who may not, and who cannot see it, delete nothing.
        var viewer = app.As(await app.MakeKey(house.OrganizationId, new([Permission.BookingsView, Permission.ContactsView])));
        var elsewhere = app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything, house.Berlin));
        var before = await app.Snapshot();
        (await viewer.DeleteAsync($"/api/v1/reviews/{latest["id"]}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await elsewhere.DeleteAsync($"/api/v1/reviews/{latest["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await app.Snapshot()).ShouldBe(before);
        (await app.Events("access.refused")).ShouldBe(2);

        (await owner.DeleteAsync($"/api/v1/reviews/{latest["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Rating(owner, guest)).ShouldBe(2);
        (await owner.GetAsync($"/api/v1/reviews/{latest["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await owner.DeleteAsync($"/api/v1/reviews/{latest["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await owner.DeleteAsync($"/api/v1/reviews/{earlier["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Rating(owner, guest)).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_cannot_be_taken_is_refused_and_changes_nothing(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var ((booking, guest), (other, stranger)) = (
            await Stay(owner, house.Lisbon, "one"),
            await Stay(owner, house.Lisbon, "two", "+351912345679")
        );
        await (
            await owner.Post(
                "/api/v1/reviews",
                new JsonObject
                {
                    ["bookingId"] = booking,
                    ["stars"] = 3,
                    ["externalId"] = "B-1",
                }
            )
        ).Json(201);
        var elsewhere = app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything, house.Berlin));
        var before = await app.Snapshot();

        (
            await (
                await owner.Post(
                    "/api/v1/reviews",
                    new JsonObject
                    {
                        ["stars"] = 0,
                        ["comment"] = new string('x', 4001),
                        ["externalId"] = "\u0000",
                        ["at"] = "2999-01-01T00:00:00Z",
                    }
                )
            ).Json(400)
        ).Fields().ShouldBe(["at", "bookingId", "comment", "externalId", "stars"]);
        (await (await owner.Post("/api/v1/reviews", new JsonObject { ["bookingId"] = booking, ["stars"] = 6 })).Json(400))
            .Fields()
            .ShouldBe(["stars"]);
        await (await owner.Post("/api/v1/reviews", new JsonObject { ["bookingId"] = booking })).Json(400);
        await (await owner.Post("/api/v1/reviews", new JsonObject { ["bookingId"] = booking, ["stars"] = 4.5 })).Json(400);
        await (
            await owner.Post(
                "/api/v1/reviews",
                new JsonObject
                {
                    ["bookingId"] = booking,
                    ["stars"] = 4,
                    ["propertyId"] = house.Lisbon.ToString(),
                }
            )
        ).Json(400);
        (
            await (
                await owner.Post(
                    "/api/v1/reviews",
                    new JsonObject
                    {
                        ["bookingId"] = booking,
                        ["contactId"] = stranger,
                        ["stars"] = 4,
                    }
                )
            ).Json(400)
        ).Fields().ShouldBe(["contactId"]);
        (
            await (
                await owner.Post(
                    "/api/v1/reviews",
                    new JsonObject
                    {
                        ["bookingId"] = other,
                        ["stars"] = 4,
                        ["externalId"] = "B-1",
                    }
                )
            ).Json(409)
        )["type"]!.GetValue<string>().ShouldContain("other-guest");
        await (
            await owner.Post("/api/v1/reviews", new JsonObject { ["contactId"] = Guid.CreateVersion7().ToString(), ["stars"] = 4 })
        ).Json(404);
        await (await elsewhere.Post("/api/v1/reviews", new JsonObject { ["contactId"] = guest, ["stars"] = 4 })).Json(404);
        foreach (var query in (string[])["stars=6", "stars=x", "limit=0", "q=a", "propertyId=x", "contactId=x&contactId=y", "cursor=abc"])
        {
            await (await owner.GetAsync("/api/v1/reviews?" + query)).Json(400);
        }

        (await app.Snapshot()).ShouldBe(before);
    }

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

    internal static async Task<(string Booking, string Guest)> Stay(
        HttpClient owner,
        Guid property,
        string key,
        string phone = "+351912345678",
        BookingStatus status = BookingStatus.Completed
    )
    {
        var body = ReceiveBookingTests.Body(property, key).AsObject();
        body["status"] = status.ToString();
        body["guest"] = new JsonObject { ["name"] = "Zanzibara Quim", ["phone"] = phone };
        var made = await (await owner.Post("/api/v1/bookings", body)).Json(201);
        return (made["id"]!.GetValue<string>(), made["contactId"]!.GetValue<string>());
    }

    private static async Task<int?> Rating(HttpClient owner, string guest) =>
        (await (await owner.GetAsync($"/api/v1/contacts/{guest}")).Json(200))["rating"]?.GetValue<int>();
}
