using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Ui;

/// <summary>Takes back what was done. It gets a database of its own, so that it works when the page that did it has gone.</summary>
public delegate Task Undo(BellhopDb db, Actor who, CancellationToken cancel);

/// <summary>What is said in passing after something was done: shown in sight for a while, and told to screen readers once.</summary>
/// <param name="Text">What was done, as a whole sentence without a full stop.</param>
public sealed record Toast(string Text)
{
    /// <summary>The address of what was made; null if there is nothing to open.</summary>
    public string? Open { get; init; }

    /// <summary>Takes it back; null if it cannot be taken back.</summary>
    public Undo? Undo { get; init; }

    /// <summary>Reads again what the page shows, after it was taken back.</summary>
    public Func<Task>? Then { get; init; }

    /// <summary>It stays until somebody closes it: many guests were changed, or something went wrong.</summary>
    public bool Stays { get; init; }

    /// <summary>Something went wrong.</summary>
    public bool IsBad { get; init; }
}

/// <summary>
/// What an open page is saying. A modal dialog lets nobody press what is outside it, so the list that opened last shows everything: the
/// one of the newest dialog, or the page's own.
/// </summary>
public sealed class Toasts(TimeProvider clock)
{
    private const int Most = 3;

    // A panel often closes in the moment in which it says what it did: nobody has heard it then.
    private static readonly TimeSpan Unheard = TimeSpan.FromSeconds(1);

    private readonly List<ToastList> _lists = [];
    private readonly List<Said> _shown = [];

    /// <summary>What is shown, the oldest first.</summary>
    internal IReadOnlyList<Said> Shown => _shown;

    /// <summary>Raised when something else is shown, or another list shows it.</summary>
    internal event Action? Changed;

    /// <summary>Shows a toast.</summary>
    public void Say(Toast toast)
    {
        _shown.Add(new(toast, clock.GetUtcNow()) { By = Newest });
        if (_shown.Count > Most)
        {
            _shown.RemoveAt(0);
        }

        Changed?.Invoke();
    }

    internal bool IsNewest(ToastList list) => ReferenceEquals(Newest, list);

    internal void Enter(ToastList list)
    {
        _lists.Add(list);
        Changed?.Invoke();
    }

    internal void Leave(ToastList list)
    {
        _lists.Remove(list);
        foreach (var said in _shown.Where(s => ReferenceEquals(s.By, list) && clock.GetUtcNow() - s.At < Unheard))
        {
            said.By = Newest;
        }

        Changed?.Invoke();
    }

    internal void Drop(Said said)
    {
        if (_shown.Remove(said))
        {
            Changed?.Invoke();
        }
    }

    private ToastList? Newest => _lists.LastOrDefault();

    /// <summary>A toast that is shown.</summary>
    internal sealed class Said(Toast toast, DateTimeOffset at)
    {
        public Toast Toast => toast;

        public DateTimeOffset At => at;

        /// <summary>The list that tells it to screen readers.</summary>
        public ToastList? By { get; set; }

        /// <summary>Somebody waits for the server to take it back.</summary>
        public bool IsBusy { get; set; }
    }
}
