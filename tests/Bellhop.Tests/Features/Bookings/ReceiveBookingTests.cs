using System.Text.Json.Nodes;
using Bellhop.Features.Bookings;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Bookings;

public class ReceiveBookingTests
{
    private const string Path = "/api/v1/bookings";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    internal static JsonObject Body(Guid property, string? externalId = "A-1") => new()
    {
        ["propertyId"] = property.ToString(),
        ["source"] = "BookingCom",
        ["externalId"] = externalId,
        ["status"] = "Confirmed",
        ["arrival"] = "2026-03-01",
        ["departure"] = "2026-03-04",
        ["total"] = new JsonObject { ["amount"] = 120.50m, ["currency"] = "EUR" },
        ["guest"] = new JsonObject { ["name"] = "Ana Pires", ["phone"] = "+351 912 345 678", ["email"] = "ana@example.org" },
    };

    [Theory, MemberData(nameof(Engines))]
    public async Task A_booking_makes_its_guest_and_is_answered_as_it_is_stored(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();

        var answer = await app.As(house.Owner).Post(Path, Body(house.Lisbon));
        var booking = await answer.Json(201);

        answer.Headers.Location!.ToString().ShouldBe("/api/v1/bookings/" + booking["id"]);
        answer.Headers.ETag.ShouldNotBeNull();
        booking["property"]!["name"]!.GetValue<string>().ShouldBe("Lisbon");
        booking["nights"]!.GetValue<int>().ShouldBe(3);
        booking["total"]!.ToJsonString().ShouldBe("""{"amount":120.50,"currency":"EUR"}""");
        booking["converted"]!.ToJsonString().ShouldBe("""{"amount":120.50,"currency":"EUR"}""");
        booking["guest"]!["phone"]!.GetValue<string>().ShouldBe("+351912345678");
        booking["createdAt"]!.GetValue<string>().ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
        booking.ContainsKey("warnings").ShouldBeFalse();
        await using var db = app.Open();
        var contact = await db.Contacts.SingleAsync();
        (contact.Bookings, contact.Spent, contact.Source).ShouldBe((1, 12050, Source.BookingCom));
        booking["contactId"]!.GetValue<string>().ShouldBe(contact.Id.ToString());
    }
}
