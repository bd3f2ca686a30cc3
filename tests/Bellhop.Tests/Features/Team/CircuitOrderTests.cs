using System.Security.Claims;
using Bellhop.Features.Team;
using Microsoft.AspNetCore.Components.Authorization;

namespace Bellhop.Tests.Features.Team;

public sealed class CircuitOrderTests
{
    [Fact]
    public async Task What_a_page_sends_is_done_in_the_order_it_was_sent_however_long_it_takes_to_read_who_asks()
    {
        var session = new SlowAtFirst();
        var done = new List<string>();
        var sent = new Queue<string>(["a field is left", "the form is sent"]);
        var circuit = new CircuitActor(new CurrentActor(session, null!)).CreateInboundActivityHandler(_ =>
        {
            done.Add(sent.Dequeue());
            return Task.CompletedTask;
        });

        var first = circuit(null!);
        var second = circuit(null!);
        second.IsCompleted.ShouldBeFalse();
        session.Answer.SetResult(Nobody);
        await Task.WhenAll(first, second).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        done.ShouldBe(["a field is left", "the form is sent"]);
    }

    [Fact]
    public async Task What_could_not_be_read_or_done_does_not_hold_up_what_is_sent_after_it()
    {
        var session = new SlowAtFirst();
        var done = 0;
        var circuit = new CircuitActor(new CurrentActor(session, null!)).CreateInboundActivityHandler(_ =>
            ++done == 1 ? throw new InvalidOperationException("This one fails.") : Task.CompletedTask
        );

        var (unread, failed, last) = (circuit(null!), circuit(null!), circuit(null!));
        session.Answer.SetException(new TimeoutException("The database is away."));

        await Should.ThrowAsync<TimeoutException>(unread);
        await Should.ThrowAsync<InvalidOperationException>(failed);
        await last.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        done.ShouldBe(2);
    }

    private static AuthenticationState Nobody => new(new ClaimsPrincipal());

    /// <summary>The first question waits for its answer, as it does where the database is busy; all others have theirs at once.</summary>
    private sealed class SlowAtFirst : AuthenticationStateProvider
    {
        private int _asked;

        public TaskCompletionSource<AuthenticationState> Answer { get; } = new();

        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Interlocked.Increment(ref _asked) == 1 ? Answer.Task : Task.FromResult(Nobody);
    }
}
