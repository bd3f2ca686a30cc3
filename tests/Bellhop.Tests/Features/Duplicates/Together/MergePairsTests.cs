using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Contacts;
using Bellhop.Features.Duplicates;
using Bellhop.Features.Intake;
using Bellhop.Features.Notes;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Tests.Guards;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using static Bellhop.Tests.Features.Contacts.RefusalChecks;

namespace Bellhop.Tests.Features.Duplicates.Together;

public class MergePairsTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Several_pairs_are_merged_into_the_older_guests_and_all_taken_back(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var (one, two) = (await Make(house, 1), await Make(house, 2));
        await using var db = house.Open();

        var run = await MergePairs.Run(new([one.Id, two.Id], db.Now), house.Owner, db, default);
        var waiting = await GetJob.Run(run.JobId, house.Owner, db, default);
        (waiting.Total, waiting.Progress).ShouldBe((2, 0));
        await Work(house);

        (await Result(house, run.JobId)).ShouldBe("""{"merged":2}""");
        var left = await db.Contacts.AsNoTracking().OrderBy(c => c.Id).ToListAsync();
        left.Select(c => (c.Id, c.Name, c.Email))
            .ShouldBe([(one.Older, "Older 1", "both1@example.org"), (two.Older, "Older 2", "both2@example.org")]);
        (await house.Check(new())).ShouldBeEmpty();
        (await db.Events.CountAsync(e => e.Action == "contact.merged" && e.WhoId == house.Owner.Id)).ShouldBe(2);
        var seen = await SeePairRun.Run(true, house.Owner, db, default);
        (seen.Working, seen.Last!.Id, seen.Standing).ShouldBe((null, run.JobId, 2));

        var back = await SplitPairs.Run(run.JobId, house.Owner, db, default);
        await Work(house);

        (await Result(house, back.JobId)).ShouldBe("""{"split":2}""");
        (await db.Contacts.AsNoTracking().CountAsync()).ShouldBe(4);
        var pairs = await db.LikelyDuplicates.AsNoTracking().ToListAsync();
        pairs.Count.ShouldBe(2);
        pairs.ShouldAllBe(p => p.DismissedAt == null && p.SplitAt != null, "they are to be decided again, but not by the rule");
        (await Refused(409, () => SplitPairs.Run(run.JobId, house.Owner, db, default))).Type.ShouldBe("already-reversed");
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_not_as_it_was_seen_is_left_alone_and_counted(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var made = new List<(Guid Id, Guid Older, Guid Newer)>();
        for (var i = 1; i <= 6; i++)
        {
            made.Add(await Make(house, i));
        }

        await using var db = house.Open();
        var (seen, ids) = (db.Now, made.ConvertAll(m => m.Id));
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        var run = await MergePairs.Run(new([.. ids, Guid.CreateVersion7()], seen), house.Owner, db, default);
        await MergeContacts.Run(made[0].Older, new(made[0].Newer), house.Owner, db, IfMatch.Any, default);
        await DismissDuplicate.Run(made[1].Id, null, house.Owner, db, default);
        await EditContact.Run(made[2].Newer, new(Name: "Somebody else"), house.Owner, db, IfMatch.Any, default);
        await db.Arrange(async () => (await db.LikelyDuplicates.SingleAsync(d => d.Id == made[3].Id)).Score = 7_900);
        await DeleteContact.Run(made[4].Newer, house.Owner, db, IfMatch.Any, default);
        await Work(house);

        var result = JsonSerializer.Deserialize<Dictionary<string, int>>(await Result(house, run.JobId))!;
        result.ShouldBe(
            new Dictionary<string, int>
            {
                ["merged"] = 1,
                ["gone"] = 3,
                ["toldApart"] = 1,
                ["changed"] = 1,
                ["lessAlike"] = 1,
            },
            ignoreOrder: true
        );
        var job = await GetJob.Run(run.JobId, house.Owner, db, default);
        (job.State, job.Progress, job.Total).ShouldBe(("done", 7, 7));
        (await db.Contacts.AnyAsync(c => c.Id == made[5].Newer)).ShouldBeFalse();
        (await db.Contacts.CountAsync(c => c.Id == made[2].Older || c.Id == made[2].Newer)).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Three_records_of_one_guest_become_one_by_their_pairs_and_come_back(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var (first, a, b) = await Make(house, 1);
        var c = await Guest(house, 9, "Third");
        await using var db = house.Open();
        var more = await Likely(house, b, c, 9_000);
        var all = await Likely(house, a, c, 8_500);

        var run = await MergePairs.Run(new([first, more, all], db.Now), house.Owner, db, default);
        house.Clock.Advance(TimeSpan.FromSeconds(5)); // so that each merge is later than what was seen
        await Work(house);

        (await Result(house, run.JobId)).ShouldBe("""{"merged":2,"already":1}""");
        (await db.Contacts.AsNoTracking().Select(g => g.Id).ToListAsync()).ShouldBe([a]);
        await SplitPairs.Run(run.JobId, house.Owner, db, default);
        await Work(house);
        (await db.Contacts.AsNoTracking().Select(g => g.Id).ToListAsync()).ShouldBe([a, b, c], ignoreOrder: true);
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_merge_after_which_something_undecided_came_stays_when_the_run_is_taken_back(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var (one, two) = (await Make(house, 1), await Make(house, 2));
        await using var db = house.Open();
        var run = await MergePairs.Run(new([one.Id, two.Id], db.Now), house.Owner, db, default);
        await Refused(409, () => SplitPairs.Run(run.JobId, house.Owner, db, default)); // it has not run yet
        await Work(house);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await AddNote.Run(one.Older, new("Whose is it?"), house.Owner, db, default);

        await Refused(404, () => SplitPairs.Run(run.JobId, house.At(house.Lisbon), db, default)); // another's run
        var back = await SplitPairs.Run(run.JobId, house.Owner, db, default);
        await Work(house);

        var result = JsonSerializer.Deserialize<Dictionary<string, int>>(await Result(house, back.JobId))!;
        result.ShouldBe(new Dictionary<string, int> { ["split"] = 1, ["undecided"] = 1 }, ignoreOrder: true);
        (await db.Contacts.AsNoTracking().AnyAsync(g => g.Id == one.Newer)).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Who_sees_one_property_merges_only_guests_known_nowhere_else(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var (here, elsewhere, hidden) = (await Make(house, 1), await Make(house, 2), await Make(house, 3, inLisbon: false));
        await house.Book("auckland", phone: Phone(2, 1), inLisbon: false);
        await using var db = house.Open();
        var who = house.At(house.Lisbon);

        var run = await MergePairs.Run(new([here.Id, elsewhere.Id, hidden.Id], db.Now), who, db, default);
        await Work(house, who);

        var result = JsonSerializer.Deserialize<Dictionary<string, int>>(await Result(house, run.JobId))!;
        result.ShouldBe(
            new Dictionary<string, int>
            {
                ["merged"] = 1,
                ["elsewhere"] = 1,
                ["gone"] = 1,
            },
            ignoreOrder: true
        );
        (await db.Merges.AsNoTracking().Select(m => m.FromId).SingleAsync()).ShouldBe(here.Newer);
        var viewer = house.Owner with { Permissions = new([Permission.ContactsView]) };
        await Refused(403, () => MergePairs.Run(new([elsewhere.Id], db.Now), viewer, db, default));
        await Refused(403, () => SplitPairs.Run(run.JobId, viewer, db, default));
        await Refused(403, () => SeePairRun.Run(true, viewer, db, default));
        await Refused(400, () => MergePairs.Run(new([], db.Now), who, db, default));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task One_approval_is_asked_for_the_whole_run(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var (one, two) = (await Make(house, 1), await Make(house, 2));
        await using var db = house.Open();
        await ChangeApprovalRule.Run("contacts.merge", new(3), house.Owner, db, default);

        var refused = await Refused(403, () => MergePairs.Run(new([one.Id, two.Id], db.Now), house.Owner, db, default));
        refused.Type.ShouldBe("approval-needed");
        (await db.Jobs.AnyAsync(j => j.Kind == MergePairs.Kind)).ShouldBeFalse();

        var run = await MergePairs.Run(new([one.Id], db.Now), house.Owner, db, default); // two guests
        await ChangeApprovalRule.Run("contacts.merge", new(0), house.Owner, db, default); // it was allowed when it was asked for
        await Work(house);
        (await Result(house, run.JobId)).ShouldBe("""{"merged":1}""");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_run_whose_starter_lost_the_right_is_parked_and_goes_on_where_it_stopped(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var (one, two) = (await Make(house, 1), await Make(house, 2));
        await using var db = house.Open();
        var run = await MergePairs.Run(new([one.Id, two.Id], db.Now), house.Owner, db, default);

        await Work(house, Actor.Nobody);

        var parked = await GetJob.Run(run.JobId, house.Owner, db, default);
        (parked.State, parked.Error, parked.Progress).ShouldBe(("parked", Job.NoLongerAllowed, 0));
        (await db.Merges.AnyAsync()).ShouldBeFalse();
        await RetryJob.Run(run.JobId, house.Owner, db, default);
        await Work(house);
        (await Result(house, run.JobId)).ShouldBe("""{"merged":2}""");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_list_of_merges_and_of_pairs_goes_page_by_page_and_by_property(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var made = new[] { await Make(house, 1), await Make(house, 2), await Make(house, 3), await Make(house, 4, inLisbon: false) };
        await using var db = house.Open();
        var cursors = new Cursors(new Microsoft.AspNetCore.DataProtection.EphemeralDataProtectionProvider(), house.Clock);
        (await CountPairs.Run(null, house.Owner, db, default)).ShouldBe(new(4, 0, 0));
        (await CountPairs.Run(house.Auckland, house.Owner, db, default)).ShouldBe(new(1, 0, 0));
        var there = await ListDuplicates.Run(new(new(), PropertyId: house.Auckland), house.Owner, db, cursors, default);
        there.Items.Select(p => p.Id).ShouldBe([made[3].Id]);

        await DismissDuplicate.Run(made[2].Id, null, house.Owner, db, default);
        foreach (var (_, older, newer) in new[] { made[0], made[1], made[3] })
        {
            await MergeContacts.Run(older, new(newer), house.Owner, db, IfMatch.Any, default);
            await Task.Delay(2, TestContext.Current.CancellationToken); // ids of one millisecond are in no order
        }

        (await CountPairs.Run(null, house.Owner, db, default)).ShouldBe(new(0, 1, 3));
        var seen = new List<ListMerged.Row>();
        for (string? cursor = null; ; )
        {
            var page = await ListMerged.Run(new(new(1, cursor)), house.Owner, db, cursors, default);
            seen.Add(page.Items.ShouldHaveSingleItem());
            if ((cursor = page.NextCursor) is null)
            {
                break;
            }
        }

        seen.Select(r => (r.Kept.Id, r.Joined.Name))
            .ShouldBe([(made[3].Older, "Newer 4"), (made[1].Older, "Newer 2"), (made[0].Older, "Newer 1")]);
        seen[0].Merge.Who.Name.ShouldBe("Owner");
        (await ListMerged.Run(new(new()), house.At(house.Lisbon), db, cursors, default)).Items.Count.ShouldBe(2);
        var query = new ListMerged.Query(new(), house.Auckland);
        (await ListMerged.Run(query, house.Owner, db, cursors, default)).Items.ShouldHaveSingleItem().Kept.Id.ShouldBe(made[3].Older);
        await Refused(404, () => ListMerged.Run(query, house.At(house.Lisbon), db, cursors, default));
        await Refused(404, () => CountPairs.Run(house.Auckland, house.At(house.Lisbon), db, default));
        var unseen = new ListDuplicates.Query(new(), PropertyId: house.Auckland);
        await Refused(404, () => ListDuplicates.Run(unseen, house.At(house.Lisbon), db, cursors, default));
    }

    /// <summary>Runs what is due as if this actor had asked for it.</summary>
    private static async Task Work(TestHouse house, Actor? who = null)
    {
        using var host = new DbHost(house.Clock);
        var runner = new JobRunner(
            house,
            host,
            [MergePairs.Handler, SplitPairs.Handler, new(FindDuplicates.Kind, (_, _, _, _) => Task.CompletedTask)],
            (_, _, _, _, _) => Task.FromResult<Actor?>(who ?? house.Owner),
            NullLogger<JobRunner>.Instance
        );
        await runner.RunDue(TestContext.Current.CancellationToken);
    }

    private static async Task<string> Result(TestHouse house, Guid job)
    {
        await using var db = house.Open();
        return (await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == job)).Result ?? "";
    }

    private static string Phone(int number, int which) => $"+35191{which}34{number:0000}";

    private static async Task<Guid> Guest(TestHouse house, int number, string name, int which = 1, bool inLisbon = true)
    {
        await using var db = house.Open();
        var property = inLisbon ? house.Lisbon : house.Auckland;
        var email = which == 2 ? $"both{number}@example.org" : null;
        return (await AddContact.Run(new(Phone(number, which), property, name, email), house.Owner, db, default)).Value.Id;
    }

    private static async Task<(Guid Id, Guid Older, Guid Newer)> Make(TestHouse house, int number, bool inLisbon = true)
    {
        var older = await Guest(house, number, $"Older {number}", inLisbon: inLisbon);
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        var newer = await Guest(house, number, $"Newer {number}", which: 2, inLisbon);
        return (await Likely(house, older, newer, 9_700 - number), older, newer);
    }

    private static async Task<Guid> Likely(TestHouse house, Guid one, Guid other, int score)
    {
        await using var db = house.Open();
        return await db.Arrange(async () =>
        {
            var pair = await MergeWorld.Listed(one, other, house.OrganizationId, db);
            (pair.Reasons, pair.Score) = ("same-name", score);
            return pair.Id;
        });
    }
}
