using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.ChannelManagers;

/// <summary>Messages come in any order, twice, and in part; what stands at the end is the same.</summary>
public class ReservationOrderTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    private static string Revised(int number, string status = "Modify", string? amount = null) =>
        SendingHouse.Ota(
            SendingHouse.Reservation(
                "R-1",
                status,
                $"2026-09-01T10:00:0{number}Z",
                amount ?? $"{number}00",
                $"Guest {number}",
                "+34600111222"
            )
        );

    [Theory, MemberData(nameof(Engines))]
    public async Task The_revision_decides_and_not_the_arrival(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        foreach (var number in new[] { 3, 1, 2 })
        {
            await house.Take(Revised(number));
        }

        Shown((await house.Bookings()).ShouldHaveSingleItem()).ShouldBe(("Confirmed", "Guest 3", 300m));
        await house.Take(Revised(4, "Cancel"));
        await house.Take(Revised(4, "Cancel"));
        await house.Take(Revised(3));
        await house.Take(Revised(2, "Modify", "250"));

        Shown((await house.Bookings()).ShouldHaveSingleItem()).ShouldBe(("Cancelled", "Guest 4", 400m));
        (await house.Contacts()).ShouldHaveSingleItem()["bookings"]!.GetValue<int>().ShouldBe(0);
    }

    private static (string, string, decimal) Shown(JsonObject booking) =>
        (
            booking["status"]!.GetValue<string>(),
            booking["guest"]!["name"]!.GetValue<string>(),
            booking["total"]!["amount"]!.GetValue<decimal>()
        );

    [Theory, MemberData(nameof(Engines))]
    public async Task A_cancellation_of_what_is_not_known_makes_nobody_and_waits_for_its_reservation(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        var cancellation = SendingHouse.Ota(SendingHouse.Reservation("R-1", "Cancel", name: null));

        (await house.Take(cancellation)).ShouldContain("ID=\"R-1\"");
        (await house.Take(cancellation)).ShouldContain("ID=\"R-1\"");
        (await house.Contacts()).ShouldBeEmpty();
        await house.Take(SendingHouse.Ota(SendingHouse.Reservation("R-1")));

        (await house.Bookings()).ShouldHaveSingleItem()["status"]!.GetValue<string>().ShouldBe("Cancelled");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_a_change_does_not_say_stays(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        await house.Take(SendingHouse.Ota(SendingHouse.Reservation("R-1", name: "Ana Silva", phone: "+34600111222")));
        await house.Take(SendingHouse.Ota(SendingHouse.Reservation("R-1", "Modify", amount: null, name: "Ana Silva", end: "2026-10-09")));

        var booking = (await house.Bookings()).ShouldHaveSingleItem();
        (booking["nights"]!.GetValue<int>(), booking["total"]!["amount"]!.GetValue<decimal>()).ShouldBe((7, 100m));
        await house.Take(SendingHouse.Ota(SendingHouse.Reservation("R-1", "Modify", name: null)));
        (await house.Contacts()).ShouldHaveSingleItem()["phone"]!.GetValue<string>().ShouldBe("+34600111222");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_cannot_be_taken_is_parked_by_name_and_the_others_go_through(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        string[] ten =
        [
            .. Enumerable.Range(0, 9).Select(i => SendingHouse.Reservation($"R-{i}", name: $"Guest {i}", phone: $"+3460011122{i}")),
            SendingHouse.Reservation("R-9", "Modify", name: null),
        ];

        for (var times = 0; times < 2; times++)
        {
            var answer = await house.Take(SendingHouse.Ota(ten));
            answer.ShouldContain("Code=\"450\" RecordID=\"R-9\"");
            answer.ShouldContain("<UniqueID Type=\"14\" ID=\"R-8\" />");
        }

        (await house.Bookings()).Length.ShouldBe(9);
        var parked = (await house.Parked()).ShouldHaveSingleItem();
        parked["reason"]!["code"]!.GetValue<string>().ShouldBe("no-stay");

        // The reservation itself comes, and the change that came before it is read again.
        await house.Take(SendingHouse.Ota(SendingHouse.Reservation("R-9")));
        (await house.Client.PostAsync($"/api/v1/parked/{parked["id"]}/replays", null)).StatusCode.ShouldBe(
            System.Net.HttpStatusCode.Accepted
        );
        await Wait.Until(async () => !(await house.Parked()).Any() && !await Unread(house));
        (await house.Bookings()).Length.ShouldBe(10);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_repeated_message_takes_what_was_refused_when_that_is_possible_by_then(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        const string Change = """{"externalId":"A-1","status":"Confirmed","notes":"Comes late","revision":2}""";
        (await house.Take(Change)).ShouldContain("no-stay");

        await house.Take(
            """
            {"externalId":"A-1","status":"Confirmed","arrival":"2026-10-02","departure":"2026-10-04","revision":1,
            "total":{"amount":80,"currency":"EUR"},"guest":{"name":"Ana"}}
            """
        );
        (await house.Take(Change)).ShouldNotContain("no-stay");

        var booking = (await house.Bookings()).ShouldHaveSingleItem();
        (booking["notes"]!.GetValue<string>(), booking["total"]!["amount"]!.GetValue<decimal>()).ShouldBe(("Comes late", 80m));
        (await house.Parked()).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Of_two_equal_revisions_the_one_that_says_new_is_the_older(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        await house.Take(Channex("modified", "Changed", "2020-11-12T11:39:50.111087"));
        await house.Take(Channex("new", "First", "2020-11-12T11:39:50.111087"));
        (await house.Bookings()).ShouldHaveSingleItem()["guest"]!["name"]!.GetValue<string>().ShouldBe("Changed");

        await house.Take(Channex("modified", "Changed again", "2020-11-12T11:39:50.111087"));
        (await house.Bookings()).ShouldHaveSingleItem()["guest"]!["name"]!.GetValue<string>().ShouldBe("Changed again");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_reservation_that_does_not_say_when_it_was_booked_was_booked_when_it_was_first_written(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        await house.Take(Channex("new", "Ana", "2020-11-12T11:39:50.111087"));
        await house.Take(Channex("modified", "Ana Silva", "2020-11-14T08:00:00"));

        var booking = (await house.Bookings()).ShouldHaveSingleItem();
        booking["bookedAt"]!.GetValue<string>().ShouldBe("2020-11-12T11:39:50.111Z");
        (await house.Contacts()).ShouldHaveSingleItem()["customerSince"]!.GetValue<string>().ShouldBe("2020-11");
    }

    private static string Channex(string status, string name, string written) =>
        new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["attributes"] = new JsonObject
                {
                    ["unique_id"] = "BDC-1",
                    ["status"] = status,
                    ["inserted_at"] = written,
                    ["arrival_date"] = "2020-12-13",
                    ["departure_date"] = "2020-12-15",
                    ["amount"] = "153.00",
                    ["currency"] = "EUR",
                    ["customer"] = new JsonObject { ["name"] = name },
                },
            },
        }.ToJsonString();

    private static async Task<bool> Unread(SendingHouse house)
    {
        await using var db = house.App.Open();
        return await db.Hooks.AnyAsync(h => h.OrganizationId == house.House.OrganizationId && h.ReadAt == null);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task One_guest_in_several_reservations_of_a_message_is_one_contact(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);

        await house.Take(
            SendingHouse.Ota(
                SendingHouse.Reservation("R-1", phone: "+34600111222"),
                SendingHouse.Reservation("R-2", phone: "0034 600 111 222"),
                SendingHouse.Reservation("R-1", "Modify", amount: "120", phone: "+34600111222")
            )
        );

        (await house.Contacts()).ShouldHaveSingleItem()["totalSpent"]!["amount"]!.GetValue<decimal>().ShouldBe(220m);
        (await house.Bookings()).Length.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_question_becomes_the_booking_of_the_same_guest(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        await house.Take(SendingHouse.Ota(SendingHouse.Reservation("Q-1", "Requested", name: "Otto")));

        var contact = (await house.Contacts()).ShouldHaveSingleItem();
        (await house.Bookings()).ShouldBeEmpty();
        var timeline = (await house.Client.GetFromJson($"/api/v1/contacts/{contact["id"]}/timeline"))["items"]!.AsArray();
        timeline.ShouldHaveSingleItem()!["touch"]!["kind"]!.GetValue<string>().ShouldBe("Enquiry");

        var today = await house.Client.GetFromJson("/api/v1/today?date=2026-09-01&list=requests&limit=1");
        var request = today["requests"]!["items"]!.AsArray().ShouldHaveSingleItem()!;
        (request["enquiry"]!.GetValue<bool>(), request["contactId"]!.GetValue<string>(), request["arrival"]!.GetValue<string>()).ShouldBe(
            (true, contact["id"]!.GetValue<string>(), "2026-10-02")
        );
        today["properties"]!.AsArray().Sum(p => p!["requests"]!.GetValue<int>()).ShouldBe(1);

        await house.Take(SendingHouse.Ota(SendingHouse.Reservation("Q-1", "Reserved", name: "Otto")));
        today = await house.Client.GetFromJson("/api/v1/today?date=2026-09-01");
        today["requests"]!["items"]!.AsArray().ShouldBeEmpty();
        var booking = (await house.Bookings()).ShouldHaveSingleItem();
        booking["contactId"]!.GetValue<string>().ShouldBe(contact["id"]!.GetValue<string>());
        await using var db = app.Open();
        (await db.Enquiries.SingleAsync(e => e.OrganizationId == house.House.OrganizationId)).DoneAt.ShouldNotBeNull();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_deleted_guest_does_not_come_back_by_a_repeated_message(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        string[] messages =
        [
            SendingHouse.Ota(SendingHouse.Reservation("R-1", name: "Canary Guest", phone: "+34600111222")),
            SendingHouse.Ota(SendingHouse.Reservation("Q-1", "Requested", name: "Canary Asker")),
        ];
        foreach (var message in messages)
        {
            await house.Take(message);
        }

        foreach (var contact in await house.Contacts())
        {
            (await house.Client.DeleteAsync($"/api/v1/contacts/{contact["id"]}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NoContent);
        }

        foreach (var message in messages)
        {
            await house.Take(message);
        }

        (await house.Contacts()).ShouldBeEmpty();
        (await house.Bookings()).ShouldHaveSingleItem()["guest"].ShouldBeNull();
        await using var db = app.Open();
        foreach (var hook in await db.Hooks.Where(h => h.OrganizationId == house.House.OrganizationId).ToListAsync())
        {
            System.Text.Encoding.UTF8.GetString(hook.Body).ShouldNotContain("Canary");
        }
    }
}
