using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bellhop.Tests.Platform.Jobs;

public class JobRunnerTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_runners_at_once_run_each_job_once(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var ran = 0;
        var work = new JobHandler("count", (_, _, _, _) => Task.FromResult(Interlocked.Increment(ref ran)));
        await Queue(house, "count", 20);

        await Task.WhenAll(house.Runner(work).RunDue(default), house.Runner(work).RunDue(default));
        ran.ShouldBe(20);
        await using var db = house.Open();
        (await db.Jobs.CountAsync(j => j.Kind == "count" && j.State == JobState.Done)).ShouldBe(20);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_runner_that_waits_takes_up_what_is_queued_without_its_clock_moving(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await using var db = house.Open();
        var (looked, ran) = (new TaskCompletionSource(), new TaskCompletionSource());
        JobHandler Handler(string kind, TaskCompletionSource done) =>
            new(
                kind,
                (_, _, _, _) =>
                {
                    done.TrySetResult();
                    return Task.CompletedTask;
                }
            );
        using var runner = new JobRunner(
            house,
            db.Host,
            [Handler("first", looked), Handler("second", ran)],
            (_, _, _, _, _) => Task.FromResult<Actor?>(house.Owner),
            NullLogger<JobRunner>.Instance
        );
        await db.Save(() => db.Queue(house.Owner, "first", "", cancel: default));
        await runner.StartAsync(default);
        await looked.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        await db.Save(() => db.Queue(house.Owner, "second", "", cancel: default));

        await ran.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await runner.StopAsync(default);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_running_job_ends_within_five_seconds_of_its_starters_losing_a_right_and_goes_on_as_whoever_takes_it_up(
        string engine
    )
    {
        await using var house = await TestHouse.Make(engine);
        await using var db = house.Open();
        var (began, doers) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new List<Guid>());
        Actor? rights = house.Owner;
        var work = new JobHandler(
            "long",
            async (_, who, _, cancel) =>
            {
                who.Demand(Permission.ContactsImportExport);
                doers.Add(who.Id);
                if (doers.Count == 1)
                {
                    began.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
                }
            }
        );
        await db.Save(() => db.Queue(house.Owner, "long", "", cancel: default));
        using var host = new DbHost(house.Clock);
        var runner = new JobRunner(
            house,
            host,
            [work],
            (_, id, _, _, _) => Task.FromResult<Actor?>(id == house.Owner.Id ? rights : house.At(house.Lisbon)),
            NullLogger<JobRunner>.Instance
        );

        var running = runner.RunDue(default);
        await Wait.For(began.Task);
        rights = null; // removed from the team
        for (var i = 0; i < 5 && !running.IsCompleted; i++)
        {
            house.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(running, Task.Delay(200, TestContext.Current.CancellationToken));
        }

        await running.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        var job = await db.Jobs.AsNoTracking().SingleAsync(j => j.Kind == "long");
        (job.State, job.LastError).ShouldBe((JobState.Parked, "no-longer-allowed"));

        await RetryJob.Run(job.Id, house.Owner with { Id = house.At(house.Lisbon).Id }, db, default);
        await runner.RunDue(default);
        doers.ShouldBe([house.Owner.Id, house.At(house.Lisbon).Id]);
        (await db.Jobs.AsNoTracking().SingleAsync(j => j.Kind == "long")).State.ShouldBe(JobState.Done);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_dead_runners_job_is_taken_over_when_its_lease_ends(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var ran = 0;
        await Queue(house, "count", 1);
        await using (var db = house.Open())
        {
            var until = db.Now + JobRunner.Lease;
            await db
                .Jobs.Where(j => j.Kind == "count")
                .ExecuteUpdateAsync(s =>
                    s.SetProperty(j => j.LeasedBy, "gone").SetProperty(j => j.LeasedUntil, until).SetProperty(j => j.Attempts, 1)
                );
        }

        var runner = house.Runner(new JobHandler("count", (_, _, _, _) => Task.FromResult(Interlocked.Increment(ref ran))));
        await runner.RunDue(default);
        ran.ShouldBe(0);
        house.Clock.Advance(JobRunner.Lease + TimeSpan.FromSeconds(1));
        await runner.RunDue(default);
        ran.ShouldBe(1);
    }

    [Fact]
    public async Task A_dead_servers_job_is_taken_up_at_the_next_start_and_a_commands_is_left_to_it()
    {
        await using var house = await TestHouse.Make("sqlite");
        var ran = new TaskCompletionSource<Guid>(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = new JobHandler("count", (job, _, _, _) => Task.FromResult(ran.TrySetResult(job.Id)));
        await Queue(house, "count", 2);
        await using var db = house.Open();
        var until = db.Now + JobRunner.Lease;
        var ids = await db.Jobs.Where(j => j.Kind == "count").OrderBy(j => j.Id).Select(j => j.Id).ToListAsync();
        foreach (var (id, by) in ids.Zip(["server/gone", "command"]))
        {
            await db
                .Jobs.Where(j => j.Id == id)
                .ExecuteUpdateAsync(s =>
                    s.SetProperty(j => j.LeasedBy, by).SetProperty(j => j.LeasedUntil, until).SetProperty(j => j.Attempts, 1)
                );
        }

        using var runner = house.ServersRunner(work);
        await runner.StartAsync(default);
        (await ran.Task.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(ids[0]);
        await runner.StopAsync(default);
        (await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == ids[1])).LeasedBy.ShouldBe("command");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_fails_waits_longer_each_time_and_is_parked_in_the_end_for_a_person(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var ran = 0;
        var broken = true;
        var runner = house.Runner(
            new JobHandler(
                "fragile",
                (_, _, _, _) =>
                {
                    Interlocked.Increment(ref ran);
                    return broken ? throw new InvalidOperationException("says a guest's name") : Task.CompletedTask;
                }
            )
        );
        await Queue(house, "fragile", 1);
        await runner.RunDue(default);
        await runner.RunDue(default);
        ran.ShouldBe(1, "the second look comes too early");
        for (var i = 1; i <= JobRunner.Tries; i++)
        {
            house.Clock.Advance(TimeSpan.FromSeconds((2 * i * i) + 1));
            await runner.RunDue(default);
        }

        ran.ShouldBe(JobRunner.Tries);
        await using var db = house.Open();
        var parked = await db.Jobs.AsNoTracking().SingleAsync(j => j.State == JobState.Parked);
        parked.LastError.ShouldBe(nameof(InvalidOperationException));

        broken = false;
        await RetryJob.Run(parked.Id, house.Owner, db, default);
        await runner.RunDue(default);
        (await GetJob.Run(parked.Id, house.Owner, db, default)).State.ShouldBe("done");
        (await Should.ThrowAsync<Refusal>(() => RetryJob.Run(parked.Id, house.Owner, db, default))).Status.ShouldBe(409);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_long_job_holds_the_others_up_no_more_than_its_place(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var (done, ran) = (new TaskCompletionSource(), 0);
        var runner = house.Runner(
            new JobHandler("long", (_, _, _, _) => done.Task),
            new JobHandler("count", (_, _, _, _) => Interlocked.Increment(ref ran) == 10 ? Task.Run(done.SetResult) : Task.CompletedTask)
        );
        await Queue(house, "long", 1);
        await Queue(house, "count", 10);
        await runner.RunDue(default).WaitAsync(TimeSpan.FromSeconds(30));
        ran.ShouldBe(10);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task At_midnight_where_the_property_is_an_arrival_becomes_the_last_booking(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await house.RunJobs();
        var past = await house.Book("past", arrival: house.Day(-40), inLisbon: false);
        var next = await house.Book("next", arrival: house.Day(2), inLisbon: false);
        house.Clock.Jump(TimeSpan.FromHours(35)); // 17 June 11:00 in Auckland
        await house.RunJobs();

        await using var db = house.Open();
        var guest = await db.Contacts.AsNoTracking().SingleAsync();
        (guest.LastBookingId, guest.NextArrival).ShouldBe((next.Id, null));
        past.Id.ShouldNotBe(next.Id);
        (await db.Jobs.CountAsync(j => j.Kind == "contacts.rollLast" && j.Once != null && j.RunAt > db.Now)).ShouldBe(2);
        (await house.Check(new())).ShouldBeEmpty();
    }

    private static async Task Queue(TestHouse house, string kind, int times)
    {
        await house.RunJobs();
        await using var db = house.Open();
        await db.Save(async () =>
        {
            for (var i = 0; i < times; i++)
            {
                await db.Queue(house.Owner, kind, "");
            }
        });
    }
}
