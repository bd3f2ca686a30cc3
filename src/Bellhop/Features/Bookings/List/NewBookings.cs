namespace Bellhop.Features.Bookings;

/// <summary>Counts the bookings that arrived after an open list was read.</summary>
public sealed class NewBookings
{
    private HashSet<Guid> _known = [];

    /// <summary>The value to pass to the next look.</summary>
    public Guid Since { get; private set; }

    /// <summary>How many bookings are new.</summary>
    public int Number { get; private set; }

    /// <summary>The number as text, with a plus sign when the count stopped at its limit.</summary>
    public string Text => Number >= SeeNewBookings.Most ? Ui.Show.Number(SeeNewBookings.Most - 1) + "+" : Ui.Show.Number(Number);

    /// <summary>The list was just read; the number is zero again.</summary>
    public void Begin(SeeNewBookings.Row look) => (Since, _known, Number) = (look.Since, [.. look.Ids], 0);

    /// <param name="look">A later look.</param>
    /// <param name="shown">The bookings that the list already shows.</param>
    public void Hear(SeeNewBookings.Row look, IReadOnlySet<Guid> shown) =>
        Number = look.Ids.Count(id => !_known.Contains(id) && !shown.Contains(id));
}
