using Bellhop.Platform;

namespace Bellhop.Ui;

/// <summary>
/// Who sits before an open page, with the rights they have now. A page asks before every use case it calls; the answer is at most a few
/// seconds old.
/// </summary>
public abstract class Viewer
{
    private static readonly TimeSpan AskedAgain = TimeSpan.FromSeconds(4);

    /// <summary>The answer of the last <see cref="Get"/>.</summary>
    public Actor Last { get; protected set; } = Actor.Nobody;

    /// <summary>Raised when the session ends while the page is open. The page must then show nothing more.</summary>
    public event Action? SignedOut;

    /// <summary>The current actor; <see cref="Actor.Nobody"/> if nobody is signed in any more.</summary>
    public async ValueTask<Actor> Get(CancellationToken cancel = default)
    {
        var before = Last;
        Last = await Find(cancel);
        if (before.IsKnown && !Last.IsKnown)
        {
            SignedOut?.Invoke();
        }

        return Last;
    }

    /// <summary>
    /// Asks again while the page is open, so that a person removed from the team sees nothing more within five seconds.
    /// </summary>
    internal async Task Watch(TimeProvider clock, Func<Func<Task>, Task> onPage, CancellationToken closed)
    {
        using var timer = new PeriodicTimer(AskedAgain, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(closed))
            {
                await onPage(async () => await Get(closed));
            }
        }
        catch (OperationCanceledException)
        {
            // The page is closed.
        }
    }

    /// <summary>Reads who is signed in now.</summary>
    protected abstract ValueTask<Actor> Find(CancellationToken cancel);
}
