using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Features.Bookings;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Bookings;

/// <summary>What a channel says of a booking's guest, however odd: the booking is taken, and says what of it could not be used.</summary>
public class BookedGuestTests
{
    private const string Path = "/api/v1/bookings";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_booking_is_never_lost_to_a_field_of_its_guest(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var odd = new (string Field, string Raw, string? Kept)[]
        {
            ("guest.name", new string('n', 300), new string('n', 200)),
            ("guest.name", "Ana\u0000Quin", "Ana Quin"),
            ("guest.name", string.Concat(Enumerable.Repeat("👨‍👩‍👧", 40)), string.Concat(Enumerable.Repeat("👨‍👩‍👧", 25))),
            ("guest.phone", new string('1', 300), new string('1', 250)),
            ("guest.phone", "+351 912\t000 001", "+351 912\t000 001"),
            ("guest.phone", "+351912000001\n+351913000001", "+351912000001\n+351913000001"),
            ("guest.email", "ana at example.org", "ana at example.org"),
            ("guest.email", new string('e', 300) + "@example.org", new string('e', 254)),
            ("guest.country", "Narnia", null),
            ("notes", new string('x', 5000), new string('x', 4000)),
        };
        foreach (var (i, (field, raw, kept)) in odd.Index())
        {
            var body = ReceiveBookingTests.Body(house.Lisbon, "ODD-" + i);
            body["guest"] = new JsonObject { ["name"] = "Guest " + i };
            (field == "notes" ? body : body["guest"]!.AsObject())[field.Split('.')[^1]] = raw;

            var booking = await (await owner.Post(Path, body)).Json(201);

            booking["warnings"]!
                .AsArray()
                .Select(w => w!.GetValue<string>())
                .ShouldContain(w => w.StartsWith(field + ":", StringComparison.Ordinal), $"{field} {i}");
            if (field != "guest.country")
            {
                (field == "notes" ? booking["notes"] : booking["guest"]![field.Split('.')[^1]])!
                    .GetValue<string>()
                    .ShouldBe(kept, $"{field} {i}");
            }

            (await (await owner.GetAsync(Path + "/" + booking["id"])).Json(200)).ToJsonString().ShouldBe(booking.ToJsonString());
            var listed = (await (await owner.GetAsync(Path + "?q=odd-" + i)).Json(200))["items"]!.AsArray().ShouldHaveSingleItem()!;
            listed.ToJsonString().ShouldBe(booking.ToJsonString(), "staff still read the warnings later");

            var answer = await owner.Post(Path, body);
            (await answer.Json(200)).ToJsonString().ShouldBe(booking.ToJsonString(), "the same again changes nothing");
        }

        await ReceiveBookingTests.Right(app, house);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_text_that_a_channel_cut_within_a_character_or_sent_in_another_charset_is_kept_without_what_is_broken(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        foreach (
            var (i, (field, sent, kept)) in new (string, byte[], string?)[]
            {
                ("name", """Ana \ud83d"""u8.ToArray(), "Ana"),
                ("name", """\udc00An\u00e1\t\"Q\" \ud83d\ude00"""u8.ToArray(), "Aná \"Q\" 😀"),
                ("name", [(byte)'J', (byte)'o', (byte)'s', 0xE9, (byte)' ', (byte)'Q'], "Jos Q"),
                ("email", """ana\ud800@example.org"""u8.ToArray(), "ana@example.org"),
                ("phone", """912 345 678\udfff"""u8.ToArray(), "912 345 678"),
                ("country", """Nar\ud800nia"""u8.ToArray(), null),
            }.Index()
        )
        {
            var body = ReceiveBookingTests.Body(house.Lisbon, "CUT-" + i);
            body["guest"] = new JsonObject { [field] = "@" };
            var parts = body.ToJsonString().Split('@');
            byte[] bytes = [.. Encoding.UTF8.GetBytes(parts[0]), .. sent, .. Encoding.UTF8.GetBytes(parts[1])];
            using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(bytes) };
            request.Content.Headers.ContentType = new("application/json");

            var booking = await (await app.As(house.Owner).SendAsync(request)).Json(201);

            booking["guest"]?[field]?.GetValue<string>().ShouldBe(kept, $"{field} {i}");
            booking["warnings"]!
                .AsArray()
                .Select(w => w!.GetValue<string>())
                .ShouldContain(w => w.StartsWith($"guest.{field}:", StringComparison.Ordinal), $"{field} {i}");
        }

        await ReceiveBookingTests.Right(app, house);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_phone_with_a_tab_in_it_leads_to_its_guest_and_of_two_lines_none(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        foreach (
            var (file, phone) in new[]
            {
                ("14-booking-phone-with-tab.json", "+351912000001"),
                ("14b-booking-two-phones-two-lines.json", null),
            }
        )
        {
            var body = JsonNode.Parse(
                (await File.ReadAllTextAsync(Cases.Path("h_reports/" + file))).Replace(
                    "<property>",
                    house.Lisbon.ToString(),
                    StringComparison.Ordinal
                )
            )!;
            var booking = await (await app.As(house.Owner).Post(Path, body)).Json(201);
            booking["guest"]!["phone"]!.GetValue<string>().ShouldBe(body["guest"]!["phone"]!.GetValue<string>());
            booking["warnings"]!.AsArray().Count.ShouldBeGreaterThan(0);
            await using var db = app.Open();
            var id = Guid.Parse(booking["contactId"]!.GetValue<string>());
            (await db.Contacts.SingleAsync(c => c.Id == id)).Phone.ShouldBe(phone, file);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_cancellation_without_the_guest_cancels_and_keeps_the_guest_shown(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var lines = (await File.ReadAllLinesAsync(Cases.Path("h_reports/15-cancel-without-guest.json")))
            .Select(l => JsonNode.Parse(l.Replace("<property>", house.Lisbon.ToString(), StringComparison.Ordinal))!)
            .ToList();
        await (await app.As(house.Owner).Post(Path, lines[0])).Json(201);

        var cancelled = await (await app.As(house.Owner).Post(Path, lines[1])).Json(200);

        cancelled["status"]!.GetValue<string>().ShouldBe("Cancelled");
        (cancelled["guest"]!["name"]!.GetValue<string>(), cancelled["guest"]!["phone"]!.GetValue<string>()).ShouldBe(
            ("Hanna Ypsil", "+351916000001")
        );
        cancelled["contactId"].ShouldNotBeNull();
        await ReceiveBookingTests.Right(app, house);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Cancelled_by_the_channel_confirmed_and_cancelled_by_staff_and_confirmed_by_the_channel_it_is_confirmed(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var id = (await house.Book("b", arrival: house.Day(5))).Id;
        await house.Book("b", "Cancelled", arrival: house.Day(5));
        foreach (var status in new[] { "Confirmed", "Cancelled" })
        {
            await using var db = house.Open();
            var changed = await ChangeBooking.Run(id, new(Status: status), house.Owner, db, IfMatch.Any, default);
            changed.Value.Status.ToString().ShouldBe(status);
        }

        (await house.Book("b", "Confirmed", arrival: house.Day(5))).Status.ShouldBe(BookingStatus.Confirmed);
        await using var now = house.Open();
        (await now.Events.Where(e => e.Action == "booking.updated").Select(e => e.Fields).Distinct().ToListAsync()).ShouldBe(["status"]);
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_guests_country_may_be_a_name_and_a_name_may_break_lines(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var body = ReceiveBookingTests.Body(house.Lisbon);
        body["guest"] = new JsonObject
        {
            ["name"] = "Ana\r\n\tQuin",
            ["phone"] = "0170 1234567",
            ["country"] = "Alemanha",
        };

        var booking = await (await app.As(house.Owner).Post(Path, body)).Json(201);

        (booking["guest"]!["name"]!.GetValue<string>(), booking["guest"]!["phone"]!.GetValue<string>()).ShouldBe(
            ("Ana Quin", "+491701234567")
        );
        booking.ContainsKey("warnings").ShouldBeFalse();
    }
}
