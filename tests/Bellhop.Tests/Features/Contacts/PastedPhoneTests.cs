using System.Text.Json.Nodes;
using Bellhop.Features.Bookings;

namespace Bellhop.Tests.Features.Contacts;

/// <summary>Phones are pasted from sheets and web pages, with a tab or a line end in them.</summary>
public class PastedPhoneTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_pasted_phone_is_read_wherever_staff_type_one(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var client = app.As(house.Owner);

        var added = await client.Post(
            "/api/v1/contacts",
            new JsonObject { ["phone"] = "+351\t912 000\r\n001", ["propertyId"] = house.Lisbon.ToString() }
        );
        var guest = await added.Json(201);
        guest["phone"]!.GetValue<string>().ShouldBe("+351912000001");

        var changed = await client.Send(HttpMethod.Patch, $"/api/v1/contacts/{guest["id"]}", """{"phone":"912\t000 002"}""");
        (await changed.Json(200))["phone"]!.GetValue<string>().ShouldBe("+351912000002");

        await using var db = app.Open();
        var input = new AddBooking.Input(
            house.Lisbon,
            "Phone",
            "Confirmed",
            "2026-07-01",
            "2026-07-03",
            100,
            Name: "Ana Silva",
            Phone: "912\t000\u2028003"
        );
        var booked = (await AddBooking.Run(input, TestApp.Everything(house), db, default)).Value;
        booked.Guest!.Phone.ShouldBe("+351912000003");

        var two = await client.Post(
            "/api/v1/contacts",
            new JsonObject { ["phone"] = "+351912000004\n+351912000005", ["propertyId"] = house.Lisbon.ToString() }
        );
        (await two.Json(400)).Fields().ShouldBe(["phone"], "two numbers are not made one");
    }
}
