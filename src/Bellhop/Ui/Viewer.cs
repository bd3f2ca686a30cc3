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

    /// <summary>The session has ended while the page was open: it must show nothing more.</summary>
    public event Action? SignedOut;

    /// <summary>The actor of now; <see cref="Actor.Nobody"/> where nobody is signed in, or no longer.</summary>
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
    /// Asks again as long as the page is open, so that whoever was taken off the team sees nothing more within five seconds.
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

    /// <summary>Looks who it is now.</summary>
    protected abstract ValueTask<Actor> Find(CancellationToken cancel);
}
