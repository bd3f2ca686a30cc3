using Bellhop.Features.Bookings;
using Bellhop.Features.Loyalty;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Tests.Features.Duplicates.Merging;
using Bellhop.Tests.Guards;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Loyalty;

public class LedgerTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Points_equal_the_ledger_and_the_bookings_after_anything_in_any_order(string engine)
    {
        for (var seed = 0; seed < TestSize.Of(20); seed++)
        {
            await using var app = await TestApp.Start(engine);
            var ledger = await PointLedger.Begin(await Pair.Make(app), new Random(seed));
            for (var step = 0; step < 16; step++)
            {
                await ledger.Step();
                await ledger.Check($"seed {seed}, step {step}");
            }
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_merge_shows_the_others_points_as_merged_and_a_split_gives_every_row_back(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        var at = pair.House.Lisbon;
        await LoyaltyWorld.Make(at, pair.Ana, pair.Who, app.Open());
        await LoyaltyWorld.Make(at, pair.Annie, pair.Who, app.Open());
        await Adjust(pair, pair.Annie, 400);
        await using var db = app.Open();
        await ChangeMembership.Run(at, pair.Ana, new(LoyaltyTier.Platinum), pair.Who, db, IfMatch.Any, default);
        await ChangeMembership.Run(at, pair.Ana, new(TierKept: false), pair.Who, db, IfMatch.Any, default);
        var since = await db.LoyaltyMembers.Where(m => m.ContactId == pair.Ana).Select(m => m.Since).SingleAsync();
        var before = await pair.Rows();

        var merge = await pair.Merge(pair.Annie, pair.Ana);

        var membership = (await SeeGuestPoints.Run(pair.Annie, null, pair.Who, db, default)).Memberships.ShouldHaveSingleItem();
        (membership.Of.Points, membership.Of.Tier, membership.Of.Since).ShouldBe((600, LoyaltyTier.Silver, since), "the earlier since");
        membership.Of.Entries.Select(e => (e.Kind, e.Points)).ShouldBe([("adjustment", 400), ("welcome", 100), ("merged", 100)]);

        await pair.Split(merge);
        await pair.ShouldHave(before);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Points_that_came_since_a_merge_are_dealt_by_hand(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        await LoyaltyWorld.Make(pair.House.Lisbon, pair.Ana, pair.Who, app.Open());
        var merge = await pair.Merge();
        await Adjust(pair, pair.Ana, 30);

        var undecided = (await pair.See(merge)).Undecided.ShouldHaveSingleItem();
        undecided.Kind.ShouldBe("points");
        (await Should.ThrowAsync<Refusal>(() => pair.Split(merge))).Type.ShouldBe("undecided");
        await pair.Split(merge, (undecided.ItemId, "other"));

        await using var db = app.Open();
        var points = await db.LoyaltyMembers.ToDictionaryAsync(m => m.ContactId, m => m.Points);
        (points[pair.Ana], points[pair.Annie]).ShouldBe((100, 30));
        (await SeeGuestPoints.Run(pair.Annie, null, pair.Who, db, default))
            .Memberships.Single()
            .Of.Entries.Single()
            .Kind.ShouldBe("adjustment", "it is her own");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Who_has_left_is_a_member_through_a_merge_and_leaves_for_both(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        await using var db = app.Open();
        var at = pair.House.Lisbon;
        await LoyaltyWorld.Make(at, pair.Ana, pair.Who, db);
        await LoyaltyWorld.Make(at, pair.Annie, pair.Who, db);
        await LeaveProgramme.Run(at, pair.Ana, pair.Who, db, IfMatch.Any, default);
        var before = await pair.Rows();

        var merge = await pair.Merge();
        (await Left()).ShouldBe([false], "Annie is a member, and so the two are");
        await pair.Split(merge);
        await pair.ShouldHave(before);

        merge = await pair.Merge();
        await LeaveProgramme.Run(at, pair.Ana, pair.Who, app.Open(), IfMatch.Any, default);
        await pair.Split(merge);
        (await Left()).ShouldBe([true, true]);

        async Task<List<bool>> Left()
        {
            await using var read = app.Open();
            return await read.LoyaltyMembers.OrderBy(m => m.ContactId).Select(m => m.LeftAt != null).ToListAsync();
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Points_follow_the_rate_to_the_programmes_currency_which_may_be_another_than_the_organisations(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        await using var db = app.Open();
        await ChangeOrganization.Run(new(Currency: "USD"), pair.Who, db, default);
        await LoyaltyWorld.Make(pair.House.Lisbon, pair.Ana, pair.Who, db);
        var stay = new ReceiveBooking.Input(
            pair.House.Lisbon,
            "Website",
            "Completed",
            "2026-03-01",
            "2026-03-04",
            new(100, "NZD"),
            new(null, Pair.AnasPhone, null),
            "one"
        );
        await ReceiveBooking.Run(stay, pair.Who, db, default);
        await app.RunJobs();
        (await Points()).ShouldBe(100, "no rate is known");

        foreach (var (rate, points) in new[] { (0.5m, 75), (0.4m, 60) })
        {
            await SetRate.Run("2020-01-01", "NZD", "EUR", new(rate), pair.Who, db, default);
            await app.RunJobs();
            (await Points()).ShouldBe(100 + points);
        }

        await DeleteRate.Run("2020-01-01", "NZD", "EUR", pair.Who, db, default);
        await app.RunJobs();
        (await Points()).ShouldBe(100);
        (await pair.Check()).ShouldBeEmpty();

        async Task<long> Points()
        {
            await using var read = app.Open();
            var points = await read.LoyaltyMembers.Where(m => m.ContactId == pair.Ana).Select(m => m.Points).SingleAsync();
            (await read.LoyaltyEntries.SumAsync(e => e.Points)).ShouldBe(points);
            return points;
        }
    }

    private static async Task Adjust(Pair pair, Guid guest, long points)
    {
        await using var db = pair.App.Open();
        var input = new AddLoyaltyEntry.Input(pair.House.Lisbon, AddLoyaltyEntry.Adjustment, points, "Two cold showers");
        await AddLoyaltyEntry.Run(guest, input, pair.Who, db, default);
    }
}
