using Bellhop.Data;

namespace Bellhop.Tests.Platform.Jobs;

public class WorkAfterStartTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private readonly TestClock _clock = new(new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Background_work_begins_when_the_first_pages_had_their_time()
    {
        using var host = new DbHost(_clock) { WorkAfter = Pause };
        var begins = host.WorkMayBegin(TestContext.Current.CancellationToken);
        _clock.Advance(Pause - TimeSpan.FromMilliseconds(1));
        begins.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await begins.WaitAsync(Wait.Most, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_job_that_is_queued_meanwhile_does_not_wait_for_that()
    {
        using var host = new DbHost(_clock) { WorkAfter = Pause };
        var begins = host.WorkMayBegin(TestContext.Current.CancellationToken, _ => host.Signal.NextJob);
        begins.IsCompleted.ShouldBeFalse();
        host.Signal.Tell(new(1, "job", null));
        await begins.WaitAsync(Wait.Most, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_stop_ends_the_wait()
    {
        using var host = new DbHost(_clock) { WorkAfter = Pause };
        using var stop = new CancellationTokenSource();
        var begins = host.WorkMayBegin(stop.Token);
        await stop.CancelAsync();
        await begins.WaitAsync(Wait.Most, TestContext.Current.CancellationToken);
    }
}
