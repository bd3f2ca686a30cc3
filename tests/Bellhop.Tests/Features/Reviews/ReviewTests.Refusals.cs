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
