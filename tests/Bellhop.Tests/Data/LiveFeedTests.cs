using System.Threading.Channels;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Data;

/// <summary>Open pages of one process hear what another commits.</summary>
public class LiveFeedTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task On_PostgreSQL_two_servers_tell_each_other_what_changed_and_where()
    {
        await using var one = await TestApp.StartNew("postgres");
        await using var other = TestApp.Beside(one);
        var house = await one.MakeHouse();
        await using var heard = Ear.Of(other);
        await using var own = Ear.Of(one);
        var id = await UntilHeard(one, house, heard);

        (await heard.Next(c => c.Id == id)).ShouldBe(new Changed(house.OrganizationId, "property", id));
        (await own.Next(c => c.Id == id)).Kind.ShouldBe("property");
        (await own.Count(c => c.Id == id, TimeSpan.FromSeconds(1))).ShouldBe(0, "one's own commit is heard once");
    }

    [Fact]
    public async Task On_SQLite_a_server_hears_that_another_process_wrote_and_does_not_take_its_own_commits_for_anothers()
    {
        var clock = new TestClock(new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero));
        await using var app = await TestApp.StartNew("sqlite", clock);
        var house = await app.MakeHouse();
        await using var heard = Ear.Of(app);
        await using var running = new RunningClock(clock);
        for (var i = 0; await heard.Count(c => c == Changed.Anything, TimeSpan.FromSeconds(2), clock) == 0; i++)
        {
            await Add(app.Database.OpenElsewhere(), house, "Warm " + i); // the listener has its first look a moment after the start
        }

        var id = await Add(app.Open(), house, "Own");
        (await heard.Next(c => c.Id == id)).Kind.ShouldBe("property");
        (await heard.Count(c => c == Changed.Anything, TimeSpan.FromSeconds(3), clock)).ShouldBe(0);

        await using (var elsewhere = app.Database.OpenElsewhere())
        {
            await AddTag.Run(new("Another's"), TestApp.Everything(house), elsewhere, default); // one commit; a property takes two
        }

        (await heard.Next(c => c == Changed.Anything)).ShouldBe(Changed.Anything);
        (await heard.Count(c => c == Changed.Anything, TimeSpan.FromSeconds(3), clock)).ShouldBe(0, "one change is told once");

        await Add(app.Open(), house, "Own again");
        await Add(app.Database.OpenElsewhere(), house, "Another's in the same second");
        (await heard.Next(c => c == Changed.Anything)).ShouldBe(Changed.Anything);
    }

    /// <summary>The other server listens a moment after it starts: something is written until it hears.</summary>
    private static async Task<Guid> UntilHeard(TestApp app, House house, Ear ear)
    {
        var i = 0;
        await Wait.Until(async () =>
        {
            await Add(app.Open(), house, "Warm " + i++);
            return await ear.Count(c => c.Kind == "property", TimeSpan.FromMilliseconds(500)) > 0;
        });
        return await Add(app.Open(), house, "Porto");
    }

    private static async Task<Guid> Add(BellhopDb db, House house, string name)
    {
        await using (db)
        {
            return (await AddProperty.Run(new(name, "EUR", "Europe/Lisbon", "PT"), TestApp.Everything(house), db, default)).Value.Id;
        }
    }

    /// <summary>Lets a clock run ten times as fast as the machine's.</summary>
    private sealed class RunningClock : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly Task _running;

        public RunningClock(TestClock clock) => _running = Run(clock);

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _running;
            _end.Dispose();
        }

        private async Task Run(TestClock clock)
        {
            while (!_end.IsCancellationRequested)
            {
                clock.Advance(TimeSpan.FromSeconds(0.5));
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }

    /// <summary>What an open page of an app hears.</summary>
    private sealed class Ear : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly Channel<Changed> _heard = Channel.CreateUnbounded<Changed>();
        private readonly Task _listening;

        private Ear(TestApp app) => _listening = Listen(app.Services.GetRequiredService<DbHost>());

        public static Ear Of(TestApp app) => new(app);

        public async Task<Changed> Next(Func<Changed, bool> which)
        {
            using var late = new CancellationTokenSource(Patience);
            await foreach (var changed in _heard.Reader.ReadAllAsync(late.Token))
            {
                if (which(changed))
                {
                    return changed;
                }
            }

            throw new InvalidOperationException("The listener ended.");
        }

        public async Task<int> Count(Func<Changed, bool> which, TimeSpan within, TimeProvider? clock = null)
        {
            await Task.Delay(within, clock ?? TimeProvider.System);
            var count = 0;
            while (_heard.Reader.TryRead(out var changed))
            {
                count += which(changed) ? 1 : 0;
            }

            return count;
        }

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _listening;
            _end.Dispose();
        }

        private async Task Listen(DbHost host)
        {
            try
            {
                await foreach (var changed in host.Signal.Listen(_end.Token))
                {
                    _heard.Writer.TryWrite(changed);
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }
    }
}
