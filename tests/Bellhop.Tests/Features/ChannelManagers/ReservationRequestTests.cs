using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.ChannelManagers;

/// <summary>Systems that ask to book or to cancel (<c>OTA_HotelResRQ</c>, <c>OTA_CancelRQ</c>) where others tell of it.</summary>
public class ReservationRequestTests
{
    private const string OpenTravel = "xmlns=\"http://www.opentravel.org/OTA/2003/05\"";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_request_to_book_and_one_to_cancel_are_taken_as_what_they_mean(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);

        var booked = XElement.Parse(await house.Take(Booking(SendingHouse.Reservation("R-1", phone: "+351912000001"))));
        (booked.Name.LocalName, Ids(booked)).ShouldBe(("OTA_HotelResRS", "14 R-1"));
        booked.Elements().Select(e => e.Name.LocalName).ShouldBe(["Success", "HotelReservations"]);
        var booking = (await house.Bookings()).ShouldHaveSingleItem();
        (booking["status"]!.GetValue<string>(), booking["externalId"]!.GetValue<string>()).ShouldBe(("Confirmed", "R-1"));

        var cancelled = XElement.Parse(await house.Take(Cancel("<UniqueID Type='10' ID='77'/><UniqueID Type='14' ID='R-1'/>")));
        (cancelled.Name.LocalName, cancelled.Attribute("Status")!.Value, Ids(cancelled)).ShouldBe(("OTA_CancelRS", "Cancelled", "15 R-1"));
        var after = (await house.Bookings()).ShouldHaveSingleItem();
        (after["status"]!.GetValue<string>(), after["arrival"]!.GetValue<string>()).ShouldBe(("Cancelled", "2026-10-02"));
        after["guest"]!["name"]!.GetValue<string>().ShouldBe("Ana Silva", "a request to cancel names no guest, who stays");

        // In an envelope, about a reservation that never came: it is acknowledged, and makes no guest.
        var answer = await house.Take(
            "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                + Cancel("<UniqueID Type='14' ID='R-2'/>", "CancelType='Commit'")
                + "</s:Body></s:Envelope>"
        );
        var wrapped = XElement.Parse(answer).Descendants().First(e => e.Name.LocalName == "OTA_CancelRS");
        (wrapped.Attribute("Status")!.Value, Ids(wrapped)).ShouldBe(("Cancelled", "15 R-2"));
        (await house.Contacts()).ShouldHaveSingleItem();
        (await house.Parked()).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_request_that_is_not_taken_is_answered_with_errors_and_changes_nothing(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        await house.Take(SendingHouse.Ota(SendingHouse.Reservation("R-1")));

        foreach (var kind in (string[])["Initiate", "Ignore", "Modify", "Quote"])
        {
            var answer = XElement.Parse(await house.Take(Cancel("<UniqueID Type='14' ID='R-1'/>", $"CancelType='{kind}'")));
            answer.Attribute("Status")!.Value.ShouldBe("Unsuccessful", kind);
            answer.Elements().Select(e => e.Name.LocalName).ShouldBe(["Errors"], kind);
        }

        var nameless = XElement.Parse(await house.Take(Cancel("")));
        nameless.Attribute("Status")!.Value.ShouldBe("Unsuccessful");
        var unread = XElement.Parse(await house.Take(Booking(SendingHouse.Reservation("R-3", amount: "1,234"))));
        unread.Elements().Select(e => e.Name.LocalName).ShouldBe(["Errors"]);

        (await house.Bookings()).ShouldHaveSingleItem()["status"]!.GetValue<string>().ShouldBe("Confirmed");
        (await house.Parked())
            .Select(p => p["reason"]!["code"]!.GetValue<string>())
            .Order(StringComparer.Ordinal)
            .ShouldBe(["bad-total", "no-id", "unknown-status", "unknown-status", "unknown-status", "unknown-status"]);
        foreach (var parked in await house.Parked())
        {
            var again = await house.Client.Post($"/api/v1/parked/{parked["id"]}/replays", new System.Text.Json.Nodes.JsonObject());
            ((int)again.StatusCode).ShouldBeLessThan(500, "what is parked is read again as it was");
        }

        await using var db = app.Open();
        (await db.Bookings.CountAsync()).ShouldBe(1);
    }

    private static string Booking(params string[] reservations) =>
        SendingHouse.Ota(reservations).Replace("OTA_HotelResNotifRQ", "OTA_HotelResRQ", StringComparison.Ordinal);

    private static string Cancel(string ids, string said = "") => $"<OTA_CancelRQ {OpenTravel} Version='1.0' {said}>{ids}</OTA_CancelRQ>";

    private static string Ids(XElement answer) =>
        string.Join(
            ", ",
            answer
                .Descendants()
                .Where(e => e.Name.LocalName == "UniqueID")
                .Select(e => e.Attribute("Type")!.Value + " " + e.Attribute("ID")!.Value)
        );
}
