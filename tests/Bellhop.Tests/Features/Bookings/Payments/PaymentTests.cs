using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Contacts;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Bookings;

public class PaymentTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_booking_says_what_is_paid_and_what_is_left_after_every_payment_and_refund(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var booking = await Booked(owner, house, 120.50m);
        (await Money(owner, booking)).ShouldBe((120.50m, 0m, 120.50m));

        var answer = await owner.Post(Path(booking), Payment(100, note: "  Envelope in the safe "));
        var first = await answer.Json(201);
        (
            first["kind"]!.GetValue<string>(),
            first["amount"]!.ToJsonString(),
            first["method"]!.GetValue<string>(),
            first["on"]!.GetValue<string>(),
            first["note"]!.GetValue<string>(),
            first["author"]!["name"]!.GetValue<string>()
        ).ShouldBe(("payment", """{"amount":100.00,"currency":"EUR"}""", "cash", "2026-03-01", "Envelope in the safe", "test"));
        answer.Headers.Location!.ToString().ShouldEndWith($"/bookings/{booking}/payments/{first["id"]}");
        (await owner.GetFromJson(answer.Headers.Location.ToString())).ToJsonString().ShouldBe(first.ToJsonString());
        (await Money(owner, booking)).ShouldBe((120.50m, 100m, 20.50m));
        await (await owner.Post(Path(booking), Payment(30, method: "card", on: "2026-03-04"))).Json(201);
        (await Money(owner, booking)).ShouldBe((120.50m, 130m, -9.50m));
        var refund = await (await owner.Post(Path(booking), Payment(9.50m, "refund", "transfer", "2026-03-05"))).Json(201);
        (await Money(owner, booking)).ShouldBe((120.50m, 120.50m, 0m));

        var page = await owner.GetFromJson(Path(booking) + "?limit=2");
        page["items"]!.AsArray().Select(p => p!["on"]!.GetValue<string>()).ShouldBe(["2026-03-05", "2026-03-04"]);
        var rest = await owner.GetFromJson(Path(booking) + $"?limit=2&cursor={page["nextCursor"]}");
        rest["items"]!.AsArray().Select(p => p!["on"]!.GetValue<string>()).ShouldBe(["2026-03-01"]);
        rest["nextCursor"].ShouldBeNull();

        var version = (await owner.GetAsync($"/api/v1/bookings/{booking}")).Headers.ETag;
        (await owner.DeleteAsync($"{Path(booking)}/{refund["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await owner.DeleteAsync($"{Path(booking)}/{refund["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Money(owner, booking)).ShouldBe((120.50m, 130m, -9.50m));
        (await owner.GetAsync($"/api/v1/bookings/{booking}")).Headers.ETag.ShouldNotBe(version);

        var listed = await owner.GetFromJson("/api/v1/bookings");
        listed["items"]![0]!["balance"]!["amount"]!.GetValue<decimal>().ShouldBe(-9.50m);
        await using var db = app.Open();
        (await db.Events.Where(e => e.Action.StartsWith("payment.")).OrderBy(e => e.Id).Select(e => e.Action).ToListAsync()).ShouldBe([
            "payment.created",
            "payment.created",
            "payment.created",
            "payment.deleted",
        ]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_cannot_be_a_payment_is_named_and_changes_nothing(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var booking = await Booked(owner, house, 100);
        var paid = await (await owner.Post(Path(booking), Payment(50))).Json(201);
        var before = await app.Snapshot();

        (await Refused(Payment(50.01m, "refund"))).ShouldBe(["amount.amount"]);
        (await Refused(Payment(0))).ShouldBe(["amount.amount"]);
        (await Refused(Payment(-5))).ShouldBe(["amount.amount"]);
        (await Refused(Payment(1.005m))).ShouldBe(["amount.amount"]);
        (await Refused(Payment(5, currency: "USD"))).ShouldBe(["amount.currency"]);
        (await Refused(Payment(0, "gift", "barter", "1.3.2026", new string('x', 501)))).ShouldBe([
            "amount.amount",
            "kind",
            "method",
            "note",
            "on",
        ]);
        await (await owner.Post(Path(Guid.CreateVersion7()), Payment(5))).Json(404);
        (await app.Snapshot()).ShouldBe(before);

        // What was given back already cannot be taken back as if it had never been paid.
        var back = await (await owner.Post(Path(booking), Payment(20, "refund"))).Json(201);
        (await (await owner.DeleteAsync($"{Path(booking)}/{paid["id"]}")).Json(409))["type"]!.GetValue<string>().ShouldBe("refunded");
        (await owner.DeleteAsync($"{Path(booking)}/{back["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await owner.DeleteAsync($"{Path(booking)}/{paid["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Money(owner, booking)).ShouldBe((100m, 0m, 100m));

        async Task<string[]> Refused(JsonObject body) => (await (await owner.Post(Path(booking), body)).Json(400)).Fields();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Refunds_at_the_same_time_never_give_back_more_than_was_paid(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var booking = await Booked(owner, house, 100);
        await (await owner.Post(Path(booking), Payment(100))).Json(201);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => owner.Post(Path(booking), Payment(40, "refund"))));

        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(2);
        answers.Count(a => a.StatusCode == HttpStatusCode.BadRequest).ShouldBe(6);
        (await Money(owner, booking)).ShouldBe((100m, 20m, 80m));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_payment_sent_again_with_its_key_is_one_payment(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var booking = await Booked(owner, house, 100);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => owner.Post(Path(booking), Payment(40), "once")));

        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBeGreaterThan(0);
        var again = await (await owner.Post(Path(booking), Payment(40), "once")).Json(201);
        (await owner.GetFromJson(Path(booking)))["items"]!.AsArray().Single()!.ToJsonString().ShouldBe(again.ToJsonString());
        (await Money(owner, booking)).ShouldBe((100m, 40m, 60m));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task When_the_bookings_currency_changes_payments_in_the_old_one_count_only_while_it_is_the_bookings(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var booking = await Booked(owner, house, 100);
        await (await owner.Post(Path(booking), Payment(40))).Json(201);

        var changed = await (
            await owner.Send(HttpMethod.Patch, $"/api/v1/bookings/{booking}", """{"total":{"amount":110,"currency":"USD"}}""")
        ).Json(200);
        changed["paid"]!.ToJsonString().ShouldBe("""{"amount":0.00,"currency":"USD"}""");
        changed["balance"]!.ToJsonString().ShouldBe("""{"amount":110.00,"currency":"USD"}""");
        (await (await owner.Post(Path(booking), Payment(10, "refund"))).Json(400)).Fields().ShouldBe(["amount.currency"]);

        // The outside system knows the booking in its old currency.
        (await Booked(owner, house, 100, 200)).ShouldBe(booking);
        (await Money(owner, booking)).ShouldBe((100m, 40m, 60m));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task With_the_guest_goes_what_staff_wrote_beside_a_payment_and_the_money_stays(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var booking = await Booked(owner, house, 100);
        await (await owner.Post(Path(booking), Payment(40, note: "From Ana's brother"), "kept")).Json(201);
        await using var db = app.Open();
        var guest = (await db.Bookings.AsNoTracking().SingleAsync()).ContactId!.Value;

        await DeleteContact.Run(guest, TestApp.Everything(house), db, IfMatch.Any, default);

        var left = (await owner.GetFromJson(Path(booking)))["items"]![0]!;
        (left["note"], left["amount"]!["amount"]!.GetValue<decimal>()).ShouldBe((null, 40m));
        (await Money(owner, booking)).ShouldBe((100m, 40m, 60m));
        (await db.IdempotentResponses.CountAsync(a => a.ContactId == guest)).ShouldBe(0);
        (await db.EventDetails.CountAsync()).ShouldBe(0);
    }

    private static string Path(object booking) => $"/api/v1/bookings/{booking}/payments";

    private static JsonObject Payment(
        decimal amount,
        string kind = "payment",
        string method = "cash",
        string on = "2026-03-01",
        string? note = null,
        string currency = "EUR"
    ) =>
        new()
        {
            ["kind"] = kind,
            ["amount"] = new JsonObject { ["amount"] = amount, ["currency"] = currency },
            ["method"] = method,
            ["on"] = on,
            ["note"] = note,
        };

    private static async Task<Guid> Booked(HttpClient owner, House house, decimal total, int status = 201)
    {
        var body = ReceiveBookingTests.Body(house.Lisbon);
        body["total"] = new JsonObject { ["amount"] = total, ["currency"] = "EUR" };
        return Guid.Parse((await (await owner.Post("/api/v1/bookings", body)).Json(status))["id"]!.GetValue<string>());
    }

    private static async Task<(decimal Total, decimal Paid, decimal Balance)> Money(HttpClient owner, Guid booking)
    {
        var row = await owner.GetFromJson($"/api/v1/bookings/{booking}");
        return (Of("total"), Of("paid"), Of("balance"));

        decimal Of(string name) => row[name]!["amount"]!.GetValue<decimal>();
    }
}
