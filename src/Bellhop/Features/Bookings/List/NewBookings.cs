namespace Bellhop.Features.Bookings;

/// <summary>What came since an open list was read.</summary>
public sealed class NewBookings
{
    private HashSet<Guid> _known = [];

    /// <summary>From where to look.</summary>
    public Guid Since { get; private set; }

    /// <summary>How many came.</summary>
    public int Number { get; private set; }

    /// <summary>Their number; past what is counted, a plus behind.</summary>
    public string Text => Number >= SeeNewBookings.Most ? Ui.Show.Number(SeeNewBookings.Most - 1) + "+" : Ui.Show.Number(Number);

    /// <summary>The list is read, and nothing is new.</summary>
    public void Begin(SeeNewBookings.Row look) => (Since, _known, Number) = (look.Since, [.. look.Ids], 0);

    /// <param name="look">A later look.</param>
    /// <param name="shown">What stands in the list already.</param>
    public void Hear(SeeNewBookings.Row look, IReadOnlySet<Guid> shown) =>
        Number = look.Ids.Count(id => !_known.Contains(id) && !shown.Contains(id));
}
