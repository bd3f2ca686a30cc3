using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Bookings;
using Bellhop.Platform;
using Bellhop.Tests.Features.Bookings;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Reviews;

public partial class ReviewTests
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
}
