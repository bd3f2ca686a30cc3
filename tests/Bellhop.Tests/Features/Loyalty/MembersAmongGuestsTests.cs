using System.Text.Json.Nodes;
using Bellhop.Features.Doctor;
using Bellhop.Features.Loyalty;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Tests.Features.Duplicates.Merging;
using Bellhop.Tests.Guards;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Loyalty;

public class MembersAmongGuestsTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task The_list_shows_the_picked_propertys_tier_else_the_highest_and_the_filter_agrees(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var (pair, owner) = await Make(app);
        var (lisbon, berlin) = (pair.House.Lisbon, pair.House.Berlin);

        (await Standing(owner, "")).ShouldBe(("Gold", 50));
        (await Standing(owner, $"propertyId={lisbon}")).ShouldBe(("Silver", 600));
        (await Standing(owner, $"propertyId={berlin}")).ShouldBe(("Gold", 50));
        (await Standing(owner, $"propertyId={lisbon}&propertyId={berlin}")).ShouldBe(("Gold", 50));
        var limited = await app.SignedIn(pair.House.OrganizationId, Roles.Owner, lisbon);
        (await Standing(limited, "")).ShouldBe(("Silver", 600));

        (await Found(owner, "tier=Gold")).ShouldBe(1);
        (await Found(owner, "tier=Silver")).ShouldBe(0, "she is shown as Gold");
        (await Found(owner, "tier=Silver&tier=Platinum&tier=Gold")).ShouldBe(1);
        (await Found(owner, $"tier=Silver&propertyId={lisbon}")).ShouldBe(1);
        (await Found(limited, "tier=Silver")).ShouldBe(1);
        (await Found(limited, "tier=Gold")).ShouldBe(0, "what happened elsewhere is not theirs to know");
        (await (await owner.GetAsync("/api/v1/contacts?tier=gold")).Json(400))["errors"]!["tier"].ShouldNotBeNull();
        var one = await owner.GetFromJson($"/api/v1/contacts/{pair.Annie}");
        one["loyalty"]!.ToJsonString().ShouldBe("""{"tier":"Gold","points":50}""");

        var csv = await owner.GetStringAsync("/api/v1/contacts/export?columns=name&columns=loyalty tier&columns=loyalty points&tier=Gold");
        csv.Split("\r\n")[..2].ShouldBe(["name,loyalty tier,loyalty points", "Annie Sousa,Gold,50"]);
        var segment = """{"all":[{"tier":["Gold"]}]}""";
        var saved = await owner.Post("/api/v1/segments", new JsonObject { ["name"] = "Gold", ["conditions"] = JsonNode.Parse(segment) });
        var id = (await saved.Json(201))["id"]!.GetValue<string>();
        (await Found(owner, "segmentId=" + id)).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Many_guests_join_at_once_and_who_is_a_member_gets_no_second_bonus(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        var owner = app.As(pair.House.Owner);
        var lisbon = pair.House.Lisbon;
        await LoyaltyWorld.Make(lisbon, pair.Ana, pair.Who, app.Open());

        var body = new JsonObject
        {
            ["action"] = "enrol",
            ["propertyId"] = lisbon,
            ["ids"] = new JsonArray(pair.Ana.ToString(), pair.Annie.ToString()),
        };
        var answer = await (await owner.Post("/api/v1/contacts/bulk", body)).Json(200);
        answer.ToJsonString().ShouldBe("""{"affected":1}""");
        body["propertyId"] = pair.House.Berlin;
        await (await owner.Post("/api/v1/contacts/bulk", body)).Json(404);
        body["propertyId"] = null;
        await (await owner.Post("/api/v1/contacts/bulk", body)).Json(400);
        var desk = app.As(await app.MakeKey(pair.House.OrganizationId, new([Permission.ContactsEdit])));
        body["propertyId"] = lisbon;
        await (await desk.Post("/api/v1/contacts/bulk", body)).Json(403);

        await using var db = app.Open();
        (await db.LoyaltyMembers.Select(m => m.Points).ToListAsync()).ShouldBe([100, 100]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_doctor_finds_a_wrong_balance_and_mends_it(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        await LoyaltyWorld.Make(pair.House.Lisbon, pair.Ana, pair.Who, app.Open());
        await using var db = app.Open();
        await db.LoyaltyMembers.ExecuteUpdateAsync(s => s.SetProperty(m => m.Points, 7).SetProperty(m => m.Tier, LoyaltyTier.Gold));

        var found = (await pair.Check()).ShouldHaveSingleItem();
        (found.Entity, found.Id, found.Right).ShouldBe(("loyaltyMember", $"{pair.House.Lisbon}/{pair.Ana}", "100 100"));
        await CheckFigures.Run(new(Fix: true), pair.Who, db, default).ToListAsync();

        (await pair.Check()).ShouldBeEmpty();
        db.ChangeTracker.Clear();
        (await db.LoyaltyMembers.SingleAsync()).Tier.ShouldBe(LoyaltyTier.Bronze);
    }

    private static async Task<(Pair Pair, HttpClient Owner)> Make(TestApp app)
    {
        var pair = await Pair.Make(app);
        await pair.Book(pair.House.Berlin, Pair.AnniesPhone);
        await LoyaltyWorld.Make(pair.House.Lisbon, pair.Annie, pair.Who, app.Open());
        await LoyaltyWorld.Make(pair.House.Berlin, pair.Annie, pair.Who, app.Open());
        await using var db = app.Open();
        await AddLoyaltyEntry.Run(pair.Annie, new(pair.House.Lisbon, "adjustment", 500, "Kind"), pair.Who, db, default);
        await AddLoyaltyEntry.Run(pair.Annie, new(pair.House.Berlin, "redemption", 50), pair.Who, db, default);
        await ChangeMembership.Run(pair.House.Berlin, pair.Annie, new(LoyaltyTier.Gold), pair.Who, db, IfMatch.Any, default);
        return (pair, app.As(pair.House.Owner));
    }

    private static async Task<(string Tier, long Points)> Standing(HttpClient client, string query)
    {
        var items = (await client.GetFromJson("/api/v1/contacts?" + query))["items"]!.AsArray();
        var standing = items.Single(i => i!["name"]!.GetValue<string>() == "Annie Sousa")!["loyalty"]!;
        return (standing["tier"]!.GetValue<string>(), standing["points"]!.GetValue<long>());
    }

    private static async Task<int> Found(HttpClient client, string query) =>
        (await client.GetFromJson("/api/v1/contacts?" + query))["items"]!.AsArray().Count;
}
