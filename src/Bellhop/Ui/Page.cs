using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Bellhop.Ui;

/// <summary>What every page has: who is looking, a database for one call, and a token that ends with the page.</summary>
public abstract class Page : ComponentBase, IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource _closed = new();

    protected Page() => Cancel = _closed.Token;

    [Inject]
    protected NavigationManager Nav { get; set; } = default!;

    [Inject]
    protected IStringLocalizerFactory Words { get; set; } = default!;

    [Inject]
    private IDbContextFactory<BellhopDb> Dbs { get; set; } = default!;

    [Inject]
    private DbHost Database { get; set; } = default!;

    [Inject]
    private Viewer Viewer { get; set; } = default!;

    [Inject]
    private RefusalCount Refused { get; set; } = default!;

    [Inject]
    private ILoggerFactory Logs { get; set; } = default!;

    [Inject]
    private Toasts Toasts { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    /// <summary>The request, while the page is made for it; null on a circuit.</summary>
    [CascadingParameter]
    protected HttpContext? Http { get; set; }

    /// <summary>The refusal that has its audit row already, carried from the request to the circuit.</summary>
    [PersistentState]
    public string? Recorded { get; set; }

    /// <summary>Who is looking, with the rights they had at the last call.</summary>
    protected Actor Who => Viewer.Last;

    /// <summary>Cancelled when the page ends. It can still be read after that.</summary>
    protected CancellationToken Cancel { get; }

    /// <summary>Why the page cannot be shown; null if it can.</summary>
    protected Problem? Problem { get; set; }

    /// <summary>Asks again who is looking, where no use case is called.</summary>
    protected async Task<Actor> Ask() => await Viewer.Get(Cancel);

    /// <summary>
    /// How far the viewer's organisation has been told of changes. A page asks before it reads, and <see cref="LiveUpdates"/> looks again
    /// if there was more until it listens.
    /// </summary>
    protected async Task<string> ToldSoFar() => Database.Told((await Ask()).OrganizationId);

    /// <summary>Calls a use case with a database of its own, after asking again who is looking.</summary>
    /// <exception cref="Refusal">As the use case says; a 403 or 404 has left its audit row.</exception>
    protected async Task<T> Run<T>(Func<BellhopDb, Task<T>> useCase)
    {
        await Viewer.Get(Cancel);
        await using var db = await Dbs.CreateDbContextAsync(Cancel);
        try
        {
            return await useCase(db);
        }
        catch (Refusal refusal) when (refusal.Status is 403 or 404 && Who.IsKnown)
        {
            await Record(refusal);
            throw;
        }
    }

    /// <inheritdoc cref="Run{T}"/>
    protected Task Run(Func<BellhopDb, Task> useCase) =>
        Run(async db =>
        {
            await useCase(db);
            return true;
        });

    /// <summary>
    /// Loads what the page shows: a refusal or a failure becomes its <see cref="Problem"/>, somebody not signed in goes to sign in.
    /// </summary>
    protected async Task Load(Func<Task> load)
    {
        try
        {
            Problem = null;
            await load();
        }
        catch (OperationCanceledException) when (Cancel.IsCancellationRequested)
        {
            // The page is gone; nobody waits for this.
        }
        catch (Refusal refusal) when (refusal.Status == 401)
        {
            ToSignIn();
        }
        catch (Refusal refusal)
        {
            Problem = Problem.Of(refusal, Words);
            Answer(refusal.Status);
        }
        catch (Exception error) when (error is not NavigationException)
        {
            Problem = Failed(error);
            Answer(StatusCodes.Status500InternalServerError);
        }
    }

    /// <summary>Follows background work to its end. It goes on when the page is closed.</summary>
    /// <param name="job">The job's id.</param>
    /// <param name="seen">Told how far it has got; the page is drawn after that.</param>
    protected async Task<JobRow> Follow(Guid job, Action<JobRow> seen)
    {
        while (true)
        {
            var now = await Run(db => GetJob.Run(job, Who, db, Cancel));
            seen(now);
            if (now.FinishedAt is not null)
            {
                return now;
            }

            StateHasChanged();
            await Task.Delay(Look, Time, Cancel);
        }
    }

    /// <summary>Does what a button asks. Returns the problem to show; null if there is none.</summary>
    protected async Task<Problem?> Try(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (OperationCanceledException) when (Cancel.IsCancellationRequested)
        {
            return null;
        }
        catch (Refusal refusal) when (refusal.Status == 401)
        {
            ToSignIn();
            return null;
        }
        catch (Refusal refusal)
        {
            return Problem.Of(refusal, Words);
        }
        catch (Exception error) when (error is not NavigationException)
        {
            return Failed(error);
        }
    }

    /// <summary>Says in passing what was done: in sight of everybody, and once to screen readers.</summary>
    /// <param name="toast">Its <see cref="Toast.Then"/> runs on this page, and only while the page is open.</param>
    protected void Say(Toast toast) =>
        Toasts.Say(
            toast.Then is { } then
                ? toast with
                {
                    Then = () => Cancel.IsCancellationRequested ? Task.CompletedTask : InvokeAsync(then),
                }
                : toast
        );

    /// <inheritdoc cref="Say(Toast)"/>
    protected void Say(string text) => Say(new Toast(text));

    /// <summary>Goes to the sign-in page, which leads back here.</summary>
    protected void ToSignIn() =>
        Nav.NavigateTo("/sign-in?return=" + Uri.EscapeDataString("/" + Nav.ToBaseRelativePath(Nav.Uri)), forceLoad: Http is null);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _closed.Cancel();
            _closed.Dispose();
        }
    }

    // A page is built twice, for the request and on its circuit, but its refusal is recorded once.
    private async Task Record(Refusal refusal)
    {
        var what = $"{refusal.Status} {refusal.About.Kind} {refusal.About.Id}";
        if (Http is null && Recorded == what)
        {
            Recorded = null;
            return;
        }

        Recorded = Http is null ? null : what;
        await using var db = await Dbs.CreateDbContextAsync(CancellationToken.None);
        await Refusals.Record(db, Refused, Who, refusal, CancellationToken.None);
    }

    private Problem Failed(Exception error)
    {
        var number = Guid.CreateVersion7().ToString("N")[^12..];
        Logs.CreateLogger(GetType()).LogError(error, "A page failed; its reader was given the number {Number}.", number);
        return Problem.Failed(number, Words);
    }

    /// <summary>The status of the answer that carries the page; once the page is on its circuit there is none.</summary>
    protected void Answer(int status)
    {
        // Set at the last moment: if the framework saw a 404 earlier, it would leave out the page.
        if (Http is { Response: { HasStarted: false } response })
        {
            response.OnStarting(() =>
            {
                response.StatusCode = status;
                return Task.CompletedTask;
            });
        }
    }
}
