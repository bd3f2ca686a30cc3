using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bellhop.Features.Channels;
using Bellhop.Tests.Features.Channels;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.ChannelManagers;

/// <summary>What real messages of channel managers lead to, sent to the running app.</summary>
public class ReservationCaseTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Every_message_makes_its_bookings_and_guests_however_often_it_comes(string engine)
    {
        await using var app = await TestApp.Start(engine);
        foreach (var sample in ReservationCase.All())
        {
            // The samples share their ids: each goes to a house of its own.
            var house = await SendingHouse.Open(app);
            if (sample.IsRefused)
            {
                ((int)(await house.Send(sample)).StatusCode).ShouldBe(400, sample.File);
                (await house.Contacts()).ShouldBeEmpty(sample.File);
                continue;
            }

            var answer = await house.Take(sample);
            await Check(sample, house);
            (await house.Take(sample)).ShouldBe(answer, sample.File);

            // Twenty at a time, as senders repeat what they think was not taken.
            var again = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => house.Take(sample)));
            again.ShouldAllBe(a => a == answer);
            await Check(sample, house);

            var other = await SendingHouse.Open(app);
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => other.Take(sample)));
            await Check(sample, other);
        }
    }

    private static async Task Check(ReservationCase sample, SendingHouse house)
    {
        var (bookings, contacts, parked) = (await house.Bookings(), await house.Contacts(), await house.Parked());
        parked.ShouldBeEmpty(sample.File);
        await using var db = house.App.Open();
        if (sample.Expected.Count == 0 || sample.Expected[0].GetProperty("guest").ValueKind == JsonValueKind.Null)
        {
            bookings.ShouldBeEmpty(sample.File);
            contacts.ShouldBeEmpty(sample.File);
            return;
        }

        var expected = sample.Expected.ShouldHaveSingleItem();
        var guest = expected.GetProperty("guest");
        var contact = contacts.ShouldHaveSingleItem(sample.File);
        Text(contact["name"]).ShouldBe(ReservationCase.Text(guest, "name"), sample.File);
        Text(contact["phone"]).ShouldBe(ReservationCase.Text(guest, "best_phone_e164", "phone_e164") ?? Dialled(guest), sample.File);
        var isAlias = guest.TryGetProperty("email_is_ota_alias", out var alias) && alias.GetBoolean();
        Text(contact["email"]).ShouldBe(isAlias ? null : ReservationCase.Text(guest, "email"), sample.File);
        if (ReservationCase.StateOf(expected) == SentState.Requested)
        {
            bookings.ShouldBeEmpty(sample.File);
            (await db.Touches.CountAsync(t => t.OrganizationId == house.House.OrganizationId)).ShouldBe(1, sample.File);
            (await db.Enquiries.CountAsync(e => e.OrganizationId == house.House.OrganizationId)).ShouldBe(1, sample.File);
            return;
        }

        var booking = bookings.ShouldHaveSingleItem(sample.File);
        Text(booking["externalId"]).ShouldBe(ReservationCase.Text(expected, "external_key"), sample.File);
        // This sample says nothing of when the stay is: the booking waits for that, and counts nowhere.
        var waits = sample.File.StartsWith("apaleo", StringComparison.Ordinal);
        Text(booking["status"]).ShouldBe(waits ? "Pending" : ReservationCase.StateOf(expected).ToString(), sample.File);
        Text(booking["guest"]!["email"]).ShouldBe(ReservationCase.Text(guest, "email"), sample.File);
        if (ReservationCase.Text(expected, "amount") is { } amount)
        {
            booking["total"]!["amount"]!.GetValue<decimal>().ShouldBe(decimal.Parse(amount, CultureInfo.InvariantCulture), sample.File);
            Text(booking["total"]!["currency"]).ShouldBe(ReservationCase.Text(expected, "currency"), sample.File);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_reservation_without_days_waits_for_them_and_is_then_the_same_booking(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        var sample = ReservationCase.Of("apaleo_reservation_alias_email.json");
        await house.Take(sample);

        var waiting = (await house.Bookings()).ShouldHaveSingleItem();
        waiting["warnings"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldStartWith("stay: ");
        (await house.Contacts()).ShouldHaveSingleItem()["bookings"]!.GetValue<int>().ShouldBe(0);

        var message = JsonNode.Parse(sample.Bytes)!.AsObject();
        (message["arrival"], message["departure"]) = ("2026-12-01T15:00:00+01:00", "2026-12-04T11:00:00+01:00");
        await house.Send(message);

        var booking = (await house.Bookings()).ShouldHaveSingleItem();
        (Text(booking["id"]), Text(booking["status"]), Text(booking["arrival"]), Text(booking["departure"])).ShouldBe(
            (Text(waiting["id"]), "Confirmed", "2026-12-01", "2026-12-04")
        );
        (booking["warnings"] as JsonArray ?? []).ShouldBeEmpty();
        (await house.Contacts()).ShouldHaveSingleItem()["bookings"]!.GetValue<int>().ShouldBe(1);
    }

    private static string? Dialled(JsonElement guest) =>
        ReservationCase.Text(guest, "phone_raw") is { } raw && raw.StartsWith('+') ? raw.Replace(" ", "", StringComparison.Ordinal) : null;

    private static string? Text(JsonNode? node) => node?.GetValue<string>();

    private static ReservationCase Channex(string what) => ReservationCase.Of($"channex_bookingcom_{what}.json");

    [Theory, MemberData(nameof(Engines))]
    public async Task A_booking_made_changed_and_cancelled_is_one_booking_of_one_guest(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        foreach (var what in new[] { "new", "new", "modified" })
        {
            await house.Take(Channex(what));
        }

        Text((await house.Bookings()).ShouldHaveSingleItem()["guest"]!["name"]).ShouldBe("New Customer Name New Customer Surname");
        await house.Take(Channex("cancelled"));

        var booking = (await house.Bookings()).ShouldHaveSingleItem();
        (Text(booking["externalId"]), Text(booking["status"]), Text(booking["guest"]!["name"])).ShouldBe(
            ("BDC-3333333333", "Cancelled", "Name Surname")
        );
        (await house.Contacts()).ShouldHaveSingleItem()["bookings"]!.GetValue<int>().ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_cancelled_booking_stays_cancelled_whatever_arrives_later(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        foreach (var what in new[] { "cancelled", "new", "modified" })
        {
            await house.Take(Channex(what));
        }

        Text((await house.Bookings()).ShouldHaveSingleItem()["status"]).ShouldBe("Cancelled");
        (await house.Contacts()).ShouldHaveSingleItem();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_address_that_only_passes_mail_on_makes_nobody_the_same(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        await house.Send(Changed("BDC-1", "+4915112345678", "customer_email@guest.booking.com"));
        await house.Send(Changed("BDC-4444444444", "+4915112345678", "other@guest.booking.com"));

        var known = (await house.Contacts()).ShouldHaveSingleItem();
        known["bookings"]!.GetValue<int>().ShouldBe(2);
        Text(known["email"]).ShouldBeNull();
        await house.Send(Changed("BDC-5", "+4915112345679", "other@guest.booking.com"));

        (await house.Contacts()).Length.ShouldBe(2);
    }

    private static JsonObject Changed(string key, string phone, string mail)
    {
        var message = JsonNode.Parse(Channex("new").Bytes)!.AsObject();
        var booking = message["data"]!["attributes"]!;
        booking["unique_id"] = key;
        booking["customer"]!["phone"] = phone;
        booking["customer"]!["mail"] = mail;
        return message;
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_cancellation_that_names_only_the_id_leaves_the_guest(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await SendingHouse.Open(app);
        await house.Take(ReservationCase.Of("alpinebits_2020_10_GuestRequests-OTA_ResRetrieveRS-reservation.xml"));
        var cancellation = Encoding.UTF8.GetString(
            ReservationCase.Of("alpinebits_2020_10_GuestRequests-OTA_ResRetrieveRS-cancellation.xml").Bytes
        );

        var answer = await house.Take(cancellation.Replace("c24e8b15ca469388", "6b34fe24ac2ff810", StringComparison.Ordinal));

        answer.ShouldContain("<UniqueID Type=\"15\" ID=\"6b34fe24ac2ff810\" />");
        var booking = (await house.Bookings()).ShouldHaveSingleItem();
        (Text(booking["status"]), Text(booking["guest"]!["name"]), booking["total"]!["amount"]!.GetValue<decimal>()).ShouldBe(
            ("Cancelled", "Otto Mustermann", 299m)
        );
        Text((await house.Contacts()).ShouldHaveSingleItem()["phone"]).ShouldBe("+4934567893");
    }
}
