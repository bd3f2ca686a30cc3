using Bellhop.Data;
using Bellhop.Features.Duplicates;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bellhop.Tests.Features.Duplicates;

/// <summary>A sweep whose process ends on the way.</summary>
public class StoppedSweepTests
{
    private const int Guests = 2_400;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Stopped_while_it_writes_keys_and_while_it_compares_it_goes_on_and_ends_as_one_that_was_not(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await GuestCrowd.Add(house, Guests);
        await using var db = house.Open();
        var job = (await SweepDuplicates.Run(house.Owner, db, default)).Value.JobId;

        foreach (var part in new[] { "keys/", "pairs/" })
        {
            await StopIn(house, part, job);
            for (var i = 0; i < 600 && await db.Jobs.AnyAsync(j => j.Id == job && j.LeasedBy != null); i++)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            var stopped = await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == job);
            (stopped.State, stopped.LeasedBy).ShouldBe((JobState.Queued, null), "it was given back, and is no failure");
        }

        await Finish(house);

        var done = await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == job);
        (done.State, done.Progress).ShouldBe((JobState.Done, 2 * Guests));
        await FindDuplicatesTests.ShouldHaveRightKeys(db, house.OrganizationId);
        var found = await Pairs(house);
        found.Count.ShouldBeGreaterThan(Guests / 20);

        await db.Arrange(async () =>
        {
            await db.DuplicateKeys.ExecuteDeleteAsync();
            await db.LikelyDuplicates.ExecuteDeleteAsync();
            await db.DuplicateWeights.ExecuteDeleteAsync();
        });
        await SweepDuplicates.Run(house.Owner, db, default);
        await Finish(house);
        (await Pairs(house)).ShouldBe(found);
    }

    /// <summary>Runs the sweep until it is somewhere in this part, and ends it there as a process does that stops.</summary>
    private static async Task StopIn(TestHouse house, string part, Guid job)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromMinutes(3));
        await using var db = house.Open();
        var began = await Place(db, job);
        using var host = new DbHost(house.Clock);
        var running = Runner(house, host).RunDue(stop.Token);
        while (!running.IsCompleted)
        {
            if (
                await Place(db, job) is { } place
                && place != began
                && place.StartsWith(part, StringComparison.Ordinal)
                && IsOnTheWay(place)
            )
            {
                break;
            }

            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        running.IsCompleted.ShouldBeFalse("it was too quick to be stopped");
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static bool IsOnTheWay(string place) => place != new SweepPlace.Pairs(null).Write() && place != SweepPlace.Start.Write();

    private static Task<string?> Place(BellhopDb db, Guid job) =>
        db.DuplicateWeights.AsNoTracking().Where(w => w.SweepId == job).Select(w => w.SweepPlace).SingleOrDefaultAsync();

    private static async Task Finish(TestHouse house)
    {
        using var host = new DbHost(house.Clock);
        await Runner(house, host).RunDue(TestContext.Current.CancellationToken);
    }

    private static JobRunner Runner(TestHouse house, DbHost host) =>
        new(
            house,
            host,
            [SweepDuplicates.Handler, new(FindDuplicates.Kind, (_, _, _, _) => Task.CompletedTask)],
            (_, _, _, _, _) => Task.FromResult<Actor?>(house.Owner),
            NullLogger<JobRunner>.Instance
        );

    private static async Task<List<(Guid, Guid, string, int)>> Pairs(TestHouse house)
    {
        await using var db = house.Open();
        var pairs = await db.LikelyDuplicates.AsNoTracking().OrderBy(d => d.OlderId).ThenBy(d => d.NewerId).ToListAsync();
        return pairs.ConvertAll(d => (d.OlderId, d.NewerId, d.Reasons, d.Score));
    }
}
