using Bellhop.Data;
using Bellhop.Features.Duplicates;
using Bellhop.Features.Duplicates.Scoring;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Duplicates;

public class SweepTests
{
    private const int Guests = 300;

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_sweep_lists_what_comparing_all_candidates_finds(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await GuestCrowd.Add(house, Guests);
        await using var db = house.Open();
        await Sweep(house, db);

        var guests = await All(house, db);
        var some = guests.Values.OrderBy(g => g.Id).ToList();
        var candidates = CandidatePairs.Of(GuestRecords.Kinds, some.ConvertAll(g => g.All));
        var weights = await PairWeights.Of(house.OrganizationId, db, default);
        some.SelectMany(g => g.Keys).Distinct().Any(weights.IsCommon).ShouldBeTrue("else the crowd is too small to show it");
        var found = await ComparePairs.Judge(
            candidates.Select(c => ComparePairs.Two.Of(some[c.One].Id, some[c.Other].Id)),
            guests,
            weights,
            new Dictionary<long, long>(),
            new HashSet<ComparePairs.Two>(),
            house.OrganizationId,
            db,
            default
        );

        var listed = await db.LikelyDuplicates.AsNoTracking().ToListAsync();
        listed.Count.ShouldBeGreaterThanOrEqualTo(Guests / 10);
        listed
            .Select(d => (d.OlderId, d.NewerId, d.Score))
            .ShouldBe(found.Select(f => (f.Pair.Older, f.Pair.Newer, (int)Math.Round(f.Probability * 10_000))), ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_later_sweep_writes_keys_again_only_when_they_are_made_in_another_way(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await GuestCrowd.Add(house, 30);
        await using var db = house.Open();
        await Sweep(house, db);
        await FindDuplicatesTests.ShouldHaveRightKeys(db, house.OrganizationId);

        await db.Arrange(() => db.DuplicateKeys.ExecuteDeleteAsync());
        await Sweep(house, db);
        (await db.DuplicateKeys.AnyAsync()).ShouldBeFalse("a sweep had written them all, and guests write their own since");

        await db.Arrange(async () =>
        {
            var row = await db.DuplicateWeights.SingleAsync();
            row.Weights = row.Weights!.Replace(DuplicateKeys.Mark, "another", StringComparison.Ordinal);
        });
        await Sweep(house, db);
        await FindDuplicatesTests.ShouldHaveRightKeys(db, house.OrganizationId);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Keys_are_read_whole_and_in_order_however_few_at_a_time(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await GuestCrowd.Add(house, 60);
        await using var db = house.Open();
        await Sweep(house, db);
        var shared = (await db.DuplicateKeys.AsNoTracking().ToListAsync())
            .GroupBy(k => k.Key)
            .Where(g => g.Count() is > 1 and <= CandidatePairs.MostGuestsOfKey)
            .OrderBy(g => g.Key)
            .Select(g => (g.Key, string.Join(' ', g.Select(k => k.ContactId).Order())))
            .ToList();

        foreach (var parts in new[] { 1, 7, 1000 })
        {
            (await Read(after => SweepKeys.Next(after, parts, house.OrganizationId, db, default))).ShouldBe(shared);
            await using var ahead = new KeysAhead(1000 * parts, house.OrganizationId, db);
            (await Read(after => ahead.Next(after, default))).ShouldBe(shared);
            await ahead.Next(shared[0].Key, default); // from another place than the one that was read ahead, and not to the end
        }

        static async Task<List<(long, string)>> Read(Func<long?, Task<SweepKeys.Some>> next)
        {
            var read = new List<(long, string)>();
            long? after = null;
            do
            {
                var (groups, last) = await next(after);
                read.AddRange(groups.Select(g => (g.Key, string.Join(' ', g.Guests))));
                (last is { } key && after is { } before && key <= before).ShouldBeFalse("it goes on");
                after = last;
            } while (after is not null);

            return read;
        }
    }

    [Fact]
    public async Task After_all_keys_are_written_PostgreSQL_finds_who_shares_one_without_reading_the_table()
    {
        TestPostgres.Demand();
        await using var house = await TestHouse.Make("postgres");
        await GuestCrowd.Add(house, 60);
        await using var db = house.Open();
        await Sweep(house, db);

        var pages = await db.Read(
            $"SELECT relpages, relallvisible FROM pg_class WHERE oid = 'duplicate_keys'::regclass",
            row => (All: row.Number(), Visible: row.Number()),
            default
        );

        pages.Single().All.ShouldBePositive();
        pages.Single().Visible.ShouldBe(pages.Single().All);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Weights_are_kept_until_they_are_learned_anew(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await GuestCrowd.Add(house, 30);
        await using var db = house.Open();
        await Sweep(house, db);

        var weights = await PairWeights.Of(house.OrganizationId, db, default);
        (await PairWeights.Of(house.OrganizationId, db, default)).ShouldBeSameAs(weights);
        await Sweep(house, db);
        (await PairWeights.Of(house.OrganizationId, db, default)).ShouldNotBeSameAs(weights);

        weights = await PairWeights.Of(house.OrganizationId, db, default);
        await GuestCrowd.Add(house, 10);
        (await PairWeights.Of(house.OrganizationId, db, default)).Guests.ShouldBe(
            weights.Guests + 10,
            "many more guests than were counted"
        );
    }

    private static async Task Sweep(TestHouse house, BellhopDb db)
    {
        var id = (await SweepDuplicates.Run(house.Owner, db, default)).Value.JobId;
        var job = await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == id);
        await SweepDuplicates.Handler.Run(job, house.Owner, db, default);
        await db.Arrange(() => db.Jobs.ExecuteDeleteAsync());
    }

    private static async Task<Dictionary<Guid, GuestRecords.Guest>> All(TestHouse house, BellhopDb db) =>
        await GuestRecords.Of(
            await db.Contacts.Where(c => c.OrganizationId == house.OrganizationId).Select(c => c.Id).ToListAsync(),
            house.OrganizationId,
            db,
            default
        );
}
