using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.ChannelManagers;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.ChannelManagers;

/// <summary>What staff see of a channel manager: what came, and how a message would be taken.</summary>
public class TrialTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_sample_of_each_form_is_answered_and_leaves_nothing(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        foreach (var form in SampleMessage.Forms)
        {
            var tried = await (await Try(house, new JsonObject { ["form"] = form })).Json(200);
            var item = tried["reservations"]!.AsArray().ShouldHaveSingleItem(form)!;
            item["error"].ShouldBeNull(form);
            item["state"]!.GetValue<string>().ShouldBe(form == "alpineBits" ? "Requested" : "Confirmed", form);
            tried["answer"]!.GetValue<string>().ShouldContain("SAMPLE");
        }

        await using var db = app.Open();
        var o = house.House.OrganizationId;
        (await db.Hooks.AnyAsync(h => h.OrganizationId == o)).ShouldBeFalse();
        (await db.Bookings.AnyAsync(b => b.OrganizationId == o)).ShouldBeFalse();
        (await db.Contacts.AnyAsync(c => c.OrganizationId == o)).ShouldBeFalse();
        (await db.Enquiries.AnyAsync(e => e.OrganizationId == o)).ShouldBeFalse();
        (await db.Events.AnyAsync(e => e.OrganizationId == o && e.Action.StartsWith("booking."))).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_message_of_ones_own_says_what_would_be_refused_and_shows_no_card(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        var message = SendingHouse.Ota(
            SendingHouse.Reservation("R-1"),
            SendingHouse
                .Reservation("R-2", name: null)
                .Replace("</HotelReservation>", "<PaymentCard CardNumber='5555555555554444'/></HotelReservation>", StringComparison.Ordinal)
        );

        var tried = await (await Try(house, new JsonObject { ["form"] = "ota", ["message"] = message })).Json(200);

        tried["reservations"]!.AsArray().Select(r => r!["error"]?["code"]?.GetValue<string>()).ShouldBe([null, "no-stay"]);
        tried.ToJsonString().ShouldNotContain("5555555555554444");
        (await house.Parked()).ShouldBeEmpty();
        (await Try(house, new JsonObject { ["form"] = "fax" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Try(house, new JsonObject { ["form"] = "ota", ["message"] = "<OTA_PingRQ/>" })).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest
        );
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_came_is_counted_by_day(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        (await house.Client.GetFromJson($"/api/v1/connections/{house.Connection}/traffic"))["items"]!.AsArray().ShouldBeEmpty();
        var first = SendingHouse.Ota(SendingHouse.Reservation("R-1"), SendingHouse.Reservation("R-2", name: null));
        await house.Take(first);
        await house.Take(first);
        await house.Take(SendingHouse.Ota(SendingHouse.Reservation("R-3")));

        var days = (await house.Client.GetFromJson($"/api/v1/connections/{house.Connection}/traffic"))["items"]!.AsArray();

        days.Sum(d => d!["messages"]!.GetValue<int>()).ShouldBe(2);
        days.Sum(d => d!["reservations"]!.GetValue<int>()).ShouldBe(3);
        days.Sum(d => d!["refused"]!.GetValue<int>()).ShouldBe(1);
    }

    private static Task<HttpResponseMessage> Try(SendingHouse house, JsonObject body) =>
        house.Client.Post($"/api/v1/connections/{house.Connection}/trials", body);
}
