using System.Text.Json.Nodes;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Bookings;

public class ReceiveBookingTests
{
    private const string Path = "/api/v1/bookings";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    internal static JsonObject Body(Guid property, string? externalId = "A-1") =>
        new()
        {
            ["propertyId"] = property.ToString(),
            ["source"] = "BookingCom",
            ["externalId"] = externalId,
            ["status"] = "Confirmed",
            ["arrival"] = "2026-03-01",
            ["departure"] = "2026-03-04",
            ["total"] = new JsonObject { ["amount"] = 120.50m, ["currency"] = "EUR" },
            ["guest"] = new JsonObject
            {
                ["name"] = "Ana Pires",
                ["phone"] = "+351 912 345 678",
                ["email"] = "ana@example.org",
            },
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

    [Theory, MemberData(nameof(Engines))]
    public async Task The_same_outside_key_updates_the_booking_and_equal_content_writes_nothing(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var body = Body(house.Lisbon);
        var made = await (await owner.Post(Path, body)).Json(201);
        var before = await app.Snapshot();
        var events = await app.Events();

        var same = await owner.Post(Path, body);
        (await same.Json(200)).ToJsonString().ShouldBe(made.ToJsonString());
        same.Headers.Location.ShouldBeNull();
        (await app.Snapshot()).ShouldBe(before);
        (await app.Events()).ShouldBe(events);

        body["total"]!["amount"] = 200;
        body["departure"] = "2026-03-06";
        var updated = await (await owner.Post(Path, body)).Json(200);
        updated["id"]!.GetValue<string>().ShouldBe(made["id"]!.GetValue<string>());
        updated["nights"]!.GetValue<int>().ShouldBe(5);
        string.CompareOrdinal(updated["updatedAt"]!.GetValue<string>(), made["updatedAt"]!.GetValue<string>()).ShouldBePositive();
        await using var db = app.Open();
        (await db.Contacts.SingleAsync()).Spent.ShouldBe(20000);
        (await db.Events.SingleAsync(e => e.Action == "booking.updated")).Fields.Split(',').Order().ShouldBe(["departure", "total"]);
        await Right(app, house);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_cancellation_takes_the_booking_out_of_the_figures_and_stays(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var body = Body(house.Lisbon);
        await (await owner.Post(Path, body)).Json(201);

        body["status"] = "Cancelled";
        (await (await owner.Post(Path, body)).Json(200))["status"]!.GetValue<string>().ShouldBe("Cancelled");
        body["status"] = "Confirmed";
        (await (await owner.Post(Path, body)).Json(200))["status"]!
            .GetValue<string>()
            .ShouldBe("Cancelled", "a late update without a revision brings nothing back");
        body["revision"] = 7;
        (await (await owner.Post(Path, body)).Json(200))["status"]!
            .GetValue<string>()
            .ShouldBe("Confirmed", "a revision says what is later");

        await using var db = app.Open();
        (await db.Contacts.SingleAsync()).Bookings.ShouldBe(1);
        await Right(app, house);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Of_revisions_3_1_2_the_third_stands(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        foreach (var revision in (int[])[3, 1, 2])
        {
            var body = Body(house.Lisbon);
            body["revision"] = revision;
            body["roomType"] = "Room " + revision;
            (await (await owner.Post(Path, body)).Json(revision == 3 ? 201 : 200))["roomType"]!.GetValue<string>().ShouldBe("Room 3");
        }

        (await app.Events("booking.updated")).ShouldBe(0);
        await Right(app, house);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_cannot_be_used_is_taken_with_a_warning(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var body = Body(house.Lisbon);
        body["guest"] = new JsonObject { ["name"] = "Ana", ["phone"] = "call me" };
        body["total"] = new JsonObject { ["amount"] = -5000, ["currency"] = "JPY" };
        body["departure"] = body["arrival"]!.GetValue<string>();
        body["adults"] = 0;

        var booking = await (await app.As(house.Owner).Post(Path, body)).Json(201);

        booking["warnings"]!.AsArray().Count.ShouldBe(2);
        booking["warnings"]![0]!.GetValue<string>().ShouldStartWith("guest.phone");
        booking["warnings"]![1]!.GetValue<string>().ShouldStartWith("total");
        booking["total"]!.ToJsonString().ShouldBe("""{"amount":-5000,"currency":"JPY"}""");
        booking["converted"].ShouldBeNull();
        booking["guest"]!["phone"]!.GetValue<string>().ShouldBe("call me");
        booking["contactId"].ShouldNotBeNull("a name alone makes a contact of its own");
        await Right(app, house);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Every_field_beyond_its_limits_is_listed_at_once(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var before = await app.Snapshot();
        var body = new JsonObject
        {
            ["propertyId"] = house.Lisbon.ToString(),
            ["source"] = "bookingcom",
            ["externalId"] = new string('x', 129),
            ["reference"] = "a\u0000b",
            ["status"] = "checked_out",
            ["arrival"] = "2026-02-30",
            ["departure"] = "01.03.2026",
            ["total"] = new JsonObject { ["amount"] = 1.234m, ["currency"] = "EUR" },
            ["guest"] = new JsonObject(),
            ["roomType"] = new string('r', 201),
            ["adults"] = -1,
            ["children"] = 10_000,
            ["bookedAt"] = "1850-01-01T00:00:00Z",
        };

        var problem = await (await app.As(house.Owner).Post(Path, body)).Json(400);

        problem
            .Fields()
            .ShouldBe([
                "adults",
                "arrival",
                "bookedAt",
                "children",
                "departure",
                "externalId",
                "reference",
                "roomType",
                "source",
                "status",
                "total.amount",
            ]);
        problem.ToJsonString().ShouldNotContain("ErrorText.");
        (await app.Snapshot()).ShouldBe(before);
        (await app.Events()).ShouldBe(0);
    }

    [Theory]
    [InlineData("total.currency", """{"total":{"amount":1,"currency":"EURO"}}""")]
    [InlineData("total.currency", """{"total":{"amount":1,"currency":"eur"}}""")]
    [InlineData("total.amount", """{"total":{"amount":1.5,"currency":"JPY"}}""")]
    [InlineData("total.amount", """{"total":{"amount":9999999999999999,"currency":"EUR"}}""")]
    [InlineData("departure", """{"departure":"2026-02-28"}""")]
    [InlineData("source", """{"source":"Facebok"}""")]
    [InlineData("source", """{"source":"3"}""")]
    public async Task One_wrong_value_is_named(string field, string change)
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var body = Body(house.Lisbon);
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            body[name] = value!.DeepClone();
        }

        (await (await app.As(house.Owner).Post(Path, body)).Json(400)).Fields().ShouldBe([field]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Forty_bookings_of_one_new_phone_at_once_make_one_contact(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(i => app.As(house.Owner).Post(Path, Body(i % 2 == 0 ? house.Lisbon : house.Berlin, "A-" + i)))
        );

        answers.ShouldAllBe(a => (int)a.StatusCode == 201);
        await using var db = app.Open();
        var contact = await db.Contacts.SingleAsync();
        (contact.Bookings, contact.Spent).ShouldBe((40, 40 * 12050));
        (await db.ContactsAtProperty.OrderBy(a => a.PropertyId).Select(a => a.Bookings).ToListAsync()).ShouldBe([20, 20]);
        (await db.Touches.CountAsync()).ShouldBe(40);
        await Right(app, house);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Twenty_of_one_outside_key_at_once_make_one_booking(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.As(house.Owner).Post(Path, Body(house.Lisbon))));

        answers.Count(a => (int)a.StatusCode == 201).ShouldBe(1);
        answers.Count(a => (int)a.StatusCode == 200).ShouldBe(19);
        await using var db = app.Open();
        (await db.Bookings.CountAsync()).ShouldBe(1);
        (await db.Contacts.SingleAsync()).Bookings.ShouldBe(1);
        await Right(app, house);
    }

    /// <summary>Figures and counters are what a count of their source rows gives.</summary>
    internal static async Task Right(TestApp app, House house)
    {
        await using var db = app.Open();
        var zones = await db.Properties.Where(p => p.OrganizationId == house.OrganizationId).ToDictionaryAsync(p => p.Id, p => p.Zone);
        var organization = await db.Organizations.SingleAsync(o => o.Id == house.OrganizationId);
        var stays = await db
            .Bookings.Where(b => b.OrganizationId == house.OrganizationId && b.ContactId != null)
            .Select(b => new
            {
                b.ContactId,
                Stay = new GuestFigures.Stay(
                    b.Id,
                    b.PropertyId,
                    b.Status,
                    b.Arrival,
                    b.Departure,
                    b.BookedAt,
                    b.Converted,
                    b.ConvertedCurrency
                ),
            })
            .ToListAsync();
        var contacts = await db.Contacts.Where(c => c.OrganizationId == house.OrganizationId).ToListAsync();
        var expected = new Dictionary<(Guid, Measure, long), long>();
        foreach (var contact in contacts)
        {
            Compare(contact, stays.FindAll(s => s.ContactId == contact.Id).ConvertAll(s => s.Stay), Guid.Empty);
        }

        foreach (var at in await db.ContactsAtProperty.Where(a => a.OrganizationId == house.OrganizationId).ToListAsync())
        {
            Compare(
                at,
                stays.FindAll(s => s.ContactId == at.ContactId && s.Stay.PropertyId == at.PropertyId).ConvertAll(s => s.Stay),
                at.PropertyId
            );
        }

        var counters = (await db.Counters.Where(t => t.OrganizationId == house.OrganizationId).ToListAsync())
            .GroupBy(t => (t.PropertyId, t.Measure, t.At))
            .ToDictionary(g => g.Key, g => g.Sum(t => t.Amount))
            .Where(t => t.Value != 0)
            .ToDictionary();
        counters.ShouldBe(expected.Where(e => e.Value != 0).ToDictionary(), ignoreOrder: true);

        void Compare(Figures figures, List<GuestFigures.Stay> own, Guid property)
        {
            var counted = GuestFigures.Count(own, organization.Currency, id => zones[id], zone => db.Now.DayIn(zone));
            (figures.Bookings, figures.Spent, figures.LastBookingId, figures.ActiveUntil).ShouldBe(
                (counted.Bookings, counted.Spent, counted.LastBookingId, counted.ActiveUntil)
            );
            foreach (
                var (measure, at, amount) in ContactFollower.Counted(
                    figures.CreatedAt,
                    counted.Bookings,
                    counted.Spent,
                    counted.ActiveUntil,
                    counted.FirstArrival,
                    Clock.Zone(organization.TimeZone)!
                )
            )
            {
                expected[(property, measure, at)] = expected.GetValueOrDefault((property, measure, at)) + amount;
            }
        }
    }
}
