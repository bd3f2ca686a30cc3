using Microsoft.Extensions.Time.Testing;

namespace Bellhop.Tests;

/// <summary>A clock that stands still until it is told.</summary>
public sealed class TestClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private long _jumped;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _jumped));

    /// <summary>
    /// Goes on without running the timers on the way, which <see cref="FakeTimeProvider.Advance"/> does one by one: an app that looks for
    /// work every second would look 86,400 times for each day.
    /// </summary>
    public void Jump(TimeSpan by) => Interlocked.Add(ref _jumped, by.Ticks);
}
