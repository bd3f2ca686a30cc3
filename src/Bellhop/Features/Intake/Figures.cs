using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>
/// What the list shows, sorts and counts of a guest, over one set of properties: all of the organisation's (<see cref="Contact"/>) or one
/// (<see cref="ContactAtProperty"/>). Changed in the save that changes its source; <c>doctor</c> recomputes it. Every nullable sort key has
/// an <c>…Empty</c> column beside it (0 filled, 1 empty), so that one index serves both directions with the empties last.
/// </summary>
public abstract class Figures
{
    public int OrganizationId { get; init; }

    /// <summary>Where the first touch came from; never overwritten.</summary>
    public Source Source { get; init; }

    /// <summary>When the first touch arrived here, UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>The folded name: search and sort go by it.</summary>
    public string? NameKey { get; set; }
    public short NameEmpty { get; set; } = 1;

    /// <summary>Number of counted bookings.</summary>
    public int Bookings { get; set; }

    /// <summary>Sum of the counted bookings' converted totals, in minor units of the organisation's currency.</summary>
    public long Spent { get; set; }

    /// <summary>First of the month of the earlier of first touch and earliest booking, in the assigned property's zone.</summary>
    public DateOnly CustomerSince { get; set; }

    /// <summary>The booking shown as last: the latest counted arrival that is not in the future, else the next one.</summary>
    public Guid? LastBookingId { get; set; }
    public DateOnly? LastArrival { get; set; }
    public short LastEmpty { get; set; } = 1;

    /// <summary>The first counted arrival there is: a new guest's day, in reports.</summary>
    public DateOnly? FirstArrival { get; set; }

    /// <summary>The nearest counted arrival still to come when this was computed; the midnight job rolls those that have come.</summary>
    public DateOnly? NextArrival { get; set; }

    /// <summary>
    /// The instant from which the guest is no longer active: the end of the last counted departure day where that property is.
    /// </summary>
    public DateTime? ActiveUntil { get; set; }

    /// <summary>Stars of the latest review, 1 to 5.</summary>
    public short? Rating { get; set; }
    public short RatingEmpty { get; set; } = 1;

    /// <summary>What lists are sorted by, with what says before it that it is empty: each has an index in both tables.</summary>
    internal static IReadOnlyList<string[]> Sorted { get; } =
    [
        [nameof(CreatedAt)],
        [nameof(NameEmpty), nameof(NameKey)],
        [nameof(Source)],
        [nameof(Bookings)],
        [nameof(Spent)],
        [nameof(CustomerSince)],
        [nameof(LastEmpty), nameof(LastArrival)],
        [nameof(RatingEmpty), nameof(Rating)],
    ];

    /// <summary>What stands in the column that says a text is empty.</summary>
    internal static short Empty(string? text) => (short)(text is null ? 1 : 0);

    /// <summary>Takes over what is the guest's own, wherever it is known: lists of one property are sorted by it too.</summary>
    internal void ShowAs(Contact contact)
    {
        (NameKey, NameEmpty) = (contact.NameKey, contact.NameEmpty);
    }
}
