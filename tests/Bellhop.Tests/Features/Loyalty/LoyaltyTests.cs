using System.Text.Json.Nodes;
using Bellhop.Features.Loyalty;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Loyalty;

public class LoyaltyTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Points_follow_a_members_bookings_and_go_back_with_them(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        await Save(owner, house.Lisbon);
        var (first, guest) = await Book(owner, house.Lisbon, "one", "Completed", 120.90m);
        await (await owner.Post($"/api/v1/loyalty/{house.Lisbon}/members", new JsonObject { ["contactId"] = guest })).Json(201);
        (await Points(owner, guest)).ShouldBe(100, "what was completed before is not earned");

        var (second, _) = await Book(owner, house.Lisbon, "two", "Confirmed", 99.99m);
        (await Points(owner, guest)).ShouldBe(100);
        await Book(owner, house.Lisbon, "two", "Completed", 99.99m);
        (await Points(owner, guest)).ShouldBe(100 + 149, "floor(99.99 × 1.5)");
        await Book(owner, house.Lisbon, "two", "Completed", 10m);
        (await Points(owner, guest)).ShouldBe(100 + 15);
        await Book(owner, house.Lisbon, "two", "NoShow", 10m);
        (await Points(owner, guest)).ShouldBe(100);
        await Agrees(app);
        (first, second).ShouldNotBe(default);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_programme_can_be_put_back_as_it_is_shown(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        await Save(owner, house.Lisbon);
        var path = $"/api/v1/loyalty/{house.Lisbon}";
        var shown = await owner.GetFromJson(path);

        (await (await owner.Send(HttpMethod.Put, path, shown.ToJsonString())).Json(200)).ToJsonString().ShouldBe(shown.ToJsonString());

        shown["currency"] = "CZK";
        shown["tiers"]!.AsArray().Add(new JsonObject { ["name"] = "Diamond", ["from"] = 9000 });
        (await (await owner.Send(HttpMethod.Put, path, shown.ToJsonString())).Json(400))
            .Fields()
            .ShouldBe(["currency", "tiers"], ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_desks_that_redeem_at_once_cannot_overspend(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        await Save(owner, house.Lisbon);
        var (_, guest) = await Book(owner, house.Lisbon, "one", "Confirmed", 50m);
        await (await owner.Post($"/api/v1/loyalty/{house.Lisbon}/members", new JsonObject { ["contactId"] = guest })).Json(201);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Enter(owner, house.Lisbon, guest, "redemption", 60)));

        answers.Count(a => (int)a.StatusCode == 201).ShouldBe(1);
        answers.Count(a => (int)a.StatusCode == 409).ShouldBe(3);
        (await Points(owner, guest)).ShouldBe(40);
        await Agrees(app);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Points_pay_for_a_booking_up_to_its_part(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        await Save(owner, house.Lisbon);
        var (booking, guest) = await Book(owner, house.Lisbon, "one", "Confirmed", 1m);
        await (await owner.Post($"/api/v1/loyalty/{house.Lisbon}/members", new JsonObject { ["contactId"] = guest })).Json(201);

        var over = await (await Enter(owner, house.Lisbon, guest, "redemption", 51, booking)).Json(409);
        (over["type"]!.GetValue<string>(), over["maximum"]!.GetValue<long>()).ShouldBe(("over-maximum", 50));
        await (await Enter(owner, house.Lisbon, guest, "redemption", 50, booking)).Json(201);
        await (await Enter(owner, house.Lisbon, guest, "redemption", 1, booking)).Json(409);
        await (await Enter(owner, house.Lisbon, guest, "adjustment", -51)).Json(409);
        await (await Enter(owner, house.Lisbon, guest, "adjustment", 7)).Json(201);
        (await Points(owner, guest)).ShouldBe(57);
        await Agrees(app);
    }

    private static async Task Save(HttpClient owner, Guid property) =>
        await (
            await owner.PutAsync(
                $"/api/v1/loyalty/{property}",
                new StringContent(
                    """
                    {"enabled":true,"name":"Keepers","pointsPerUnit":1.5,"pointValue":{"amount":0.01,"currency":"EUR"},
                    "maxRedemptionPercent":50,"welcomeBonus":100,
                    "tiers":[{"name":"silver","from":400},{"name":"gold","from":1200},{"name":"platinum","from":4000}]}
                    """,
                    System.Text.Encoding.UTF8,
                    "application/json"
                )
            )
        ).Json(200);

    private static async Task<(string Booking, string Guest)> Book(
        HttpClient owner,
        Guid property,
        string key,
        string status,
        decimal total
    )
    {
        using var answer = await owner.Post(
            "/api/v1/bookings",
            new JsonObject
            {
                ["propertyId"] = property,
                ["source"] = "Website",
                ["externalId"] = key,
                ["status"] = status,
                ["arrival"] = "2026-03-01",
                ["departure"] = "2026-03-04",
                ["total"] = new JsonObject { ["amount"] = total, ["currency"] = "EUR" },
                ["guest"] = new JsonObject { ["name"] = "Ana", ["phone"] = "+351912345678" },
            }
        );
        var row = await answer.Json((int)answer.StatusCode);
        return (row["id"]!.GetValue<string>(), row["contactId"]!.GetValue<string>());
    }

    private static Task<HttpResponseMessage> Enter(
        HttpClient owner,
        Guid property,
        string guest,
        string kind,
        long points,
        string? booking = null
    ) =>
        owner.Post(
            $"/api/v1/contacts/{guest}/loyalty/entries",
            new JsonObject
            {
                ["propertyId"] = property,
                ["kind"] = kind,
                ["points"] = points,
                ["reason"] = "Cold shower",
                ["bookingId"] = booking,
            }
        );

    private static async Task<long> Points(HttpClient owner, string guest) =>
        (await (await owner.GetAsync($"/api/v1/contacts/{guest}/loyalty")).Json(200))["items"]![0]!["points"]!.GetValue<long>();

    private static async Task Agrees(TestApp app)
    {
        await using var db = app.Open();
        var sums = await db
            .LoyaltyEntries.GroupBy(e => new { e.ContactId, e.PropertyId })
            .Select(g => new { g.Key, Sum = g.Sum(e => e.Points) })
            .ToDictionaryAsync(g => (g.Key.ContactId, g.Key.PropertyId), g => g.Sum);
        foreach (var member in await db.LoyaltyMembers.ToListAsync())
        {
            member.Points.ShouldBe(sums.GetValueOrDefault((member.ContactId, member.PropertyId)));
        }
    }
}
