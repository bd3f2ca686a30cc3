using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Tests.Features.Channels;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.ChannelManagers;

/// <summary>Who may send what to a channel manager's webhook.</summary>
public class ReservationDoorTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    private static readonly byte[] Good = Encoding.UTF8.GetBytes(SendingHouse.Ota(SendingHouse.Reservation("R-1")));

    [Theory, MemberData(nameof(Engines))]
    public async Task Only_who_knows_the_secret_is_heard(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        foreach (var wrong in new[] { null, "", "shared-secret_2", "SHARED-SECRET_1", house.House.Owner })
        {
            ((int)(await house.Send(Good, "application/xml", wrong)).StatusCode).ShouldBe(401);
            ((int)(await house.Send(Good, "application/xml", wrong, isBasic: true)).StatusCode).ShouldBe(401);
        }

        (await house.Nobody.PostAsync($"/webhooks/channel-manager/{Guid.CreateVersion7()}", null)).StatusCode.ShouldBe(
            HttpStatusCode.NotFound
        );
        (await house.Nobody.PostAsync($"/webhooks/telegram/{house.Connection}", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await DemandNothing(house);

        (await house.Send(Good, "application/xml", isBasic: true)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await house.Bookings()).ShouldHaveSingleItem();
        var open = await SendingHouse.Open(app, secret: null);
        ((int)(await open.Send(Good, "application/xml")).StatusCode).ShouldBe(503);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_cannot_be_read_is_refused_and_leaves_nothing(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        foreach (
            var (body, status) in new[]
            {
                ("<!DOCTYPE x [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><OTA_HotelResNotifRQ>&x;</OTA_HotelResNotifRQ>", 400),
                ("<OTA_PingRQ/>", 400),
                ("{\"a\":", 400),
                ("", 400),
                (new string(' ', 5 * 1024 * 1024), 413),
            }
        )
        {
            ((int)(await house.Send(Encoding.UTF8.GetBytes(body), "application/xml")).StatusCode).ShouldBe(status);
        }

        await DemandNothing(house);
    }

    private static async Task DemandNothing(SendingHouse house)
    {
        await using var db = house.App.Open();
        (await db.Hooks.AnyAsync(h => h.OrganizationId == house.House.OrganizationId)).ShouldBeFalse();
        (await house.Bookings()).ShouldBeEmpty();
        (await house.Contacts()).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_form_of_AlpineBits_is_answered_in_its_own_way(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        var request = ReservationCase.Of("alpinebits_2018_10_GuestRequests-OTA_ResRetrieveRS-reservation.xml").Bytes;

        var answer = await house.Send(Form("OTA_HotelResNotif:GuestRequests", request), "multipart/form-data; boundary=x", isBasic: true);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("<UniqueID Type=\"14\" ID=\"6b34fe24ac2ff810\" />");
        var hello = await house.Send(
            Form(
                "OTA_Ping:Handshaking",
                """
                <OTA_PingRQ xmlns="http://www.opentravel.org/OTA/2003/05" Version="8.000"><EchoData>{"versions":[
                {"version":"2020-10","actions":[{"action":"action_OTA_Ping"},{"action":"action_OTA_HotelAvailNotif"},
                {"action":"action_OTA_HotelResNotif_GuestRequests","supports":["x"]}]},
                {"version":"2017-10","actions":[]}]}</EchoData></OTA_PingRQ>
                """u8.ToArray()
            ),
            "multipart/form-data; boundary=x",
            isBasic: true
        );
        (await hello.Content.ReadAsStringAsync()).ShouldContain(
            """{"versions":[{"version":"2020-10","actions":[{"action":"action_OTA_Ping"},"""
                + """{"action":"action_OTA_HotelResNotif_GuestRequests"}]}]}"""
        );
        var other = await house.Send(Form("OTA_HotelAvailNotif:FreeRooms", request), "multipart/form-data; boundary=x", isBasic: true);
        ((int)other.StatusCode, await other.Content.ReadAsStringAsync()).ShouldBe((400, "ERROR:unknown or missing action"));
    }

    private static byte[] Form(string action, byte[] request) =>
        [
            .. Encoding.UTF8.GetBytes($"--x\r\nContent-Disposition: form-data; name=\"action\"\r\n\r\n{action}\r\n"),
            .. "--x\r\nContent-Disposition: form-data; name=\"request\"\r\n\r\n"u8,
            .. request,
            .. "\r\n--x--\r\n"u8,
        ];

    [Theory, MemberData(nameof(Engines))]
    public async Task Our_own_JSON_is_answered_as_JSON(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);

        var answer = JsonNode.Parse(
            await house.Take(
                """
                [{"externalId":"A-1","source":"Airbnb","status":"Confirmed","arrival":"2026-10-02","departure":"2026-10-04",
                  "total":{"amount":120.5,"currency":"EUR"},"guest":{"name":"Ana","phone":"912345678"},"revision":3},
                 {"externalId":"A-2","status":"Sold","arrival":"2026-10-02","departure":"2026-10-04"}]
                """
            )
        )!["reservations"]!.AsArray();

        (answer[0]!["id"]!.GetValue<string>(), answer[0]!["status"]!.GetValue<string>()).ShouldBe(("A-1", "taken"));
        (answer[1]!["status"]!.GetValue<string>(), answer[1]!["error"]!["code"]!.GetValue<string>()).ShouldBe(
            ("refused", "unknown-status")
        );
        var booking = (await house.Bookings()).ShouldHaveSingleItem();
        booking["id"]!.GetValue<string>().ShouldBe(answer[0]!["bookingId"]!.GetValue<string>());
        booking["guest"]!["phone"]!.GetValue<string>().ShouldBe("+351912345678");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_comes_during_a_pause_is_taken_when_it_ends(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        (await house.Client.SendAsync(Patch(house, paused: true))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await house.Take(Good);
        (await house.Bookings()).ShouldBeEmpty();

        (await house.Client.SendAsync(Patch(house, paused: false))).StatusCode.ShouldBe(HttpStatusCode.OK);
        for (var end = DateTime.UtcNow.AddMinutes(5); (await house.Bookings()).Length == 0; await Task.Delay(20))
        {
            DateTime.UtcNow.ShouldBeLessThan(end);
        }
    }

    private static HttpRequestMessage Patch(SendingHouse house, bool paused) =>
        new(HttpMethod.Patch, $"/api/v1/connections/{house.Connection}")
        {
            Content = new StringContent($$"""{"paused":{{(paused ? "true" : "false")}}}""", Encoding.UTF8, "application/merge-patch+json"),
        };

    [Theory, MemberData(nameof(Engines))]
    public async Task No_card_number_and_no_security_code_is_kept_or_answered(string engine)
    {
        await using var app = await TestApp.StartNew(engine);
        var house = await SendingHouse.Open(app);
        const string Card = "<PaymentCard CardNumber='5555555555554444' SeriesCode='7371'/>";
        var good = SendingHouse
            .Reservation("R-1")
            .Replace(
                "</RoomStay>",
                Card + "<Comments><Comment><Text>5555 5555 5555 4444 CVV 7371</Text></Comment></Comments></RoomStay>",
                StringComparison.Ordinal
            );
        var refused = SendingHouse
            .Reservation("R-2", name: null)
            .Replace("</HotelReservation>", Card + "</HotelReservation>", StringComparison.Ordinal);

        var answer = await house.Take(SendingHouse.Ota(good, refused));

        answer.ShouldNotContain("555555");
        (await house.Bookings()).ShouldHaveSingleItem()["notes"]!.GetValue<string>().ShouldBe("5555 55** **** 4444 CVV ***");
        await using var db = app.Open();
        string[] kept =
        [
            .. (await db.Hooks.Select(h => h.Body).ToListAsync()).Select(Encoding.UTF8.GetString),
            .. (await db.ParkedItems.Select(p => p.Body).ToListAsync()).Select(Encoding.UTF8.GetString),
        ];
        kept.Length.ShouldBe(2);
        kept.ShouldAllBe(k => !k.Contains("7371") && !k.Contains("55554444") && !k.Contains("5555 4444"));
        if (engine == "sqlite")
        {
            foreach (var file in Directory.EnumerateFiles(app.Database.Folder, "*.db*", SearchOption.AllDirectories))
            {
                await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var bytes = new MemoryStream();
                await open.CopyToAsync(bytes);
                bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf("5555555555554444"u8).ShouldBe(-1, file);
            }
        }
    }
}
