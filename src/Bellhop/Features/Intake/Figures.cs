using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>
/// The values of a guest that the list shows, sorts and counts, over all properties of the organisation (<see cref="Contact"/>) or over one
/// (<see cref="ContactAtProperty"/>). The save that changes their source writes them too; <c>doctor</c> recomputes them. Every nullable
/// sort key has an <c>…Empty</c> column (0 filled, 1 empty), so that one index serves both directions with the empty ones last.
/// </summary>
public abstract class Figures
{
    public int OrganizationId { get; init; }

    /// <summary>Where the first touch came from; never overwritten.</summary>
    public Source Source { get; init; }

    /// <summary>When the first touch arrived here, UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>The folded name, for search and sorting.</summary>
    public string? NameKey { get; set; }
    public short NameEmpty { get; set; } = 1;

    /// <summary>Number of counted bookings.</summary>
    public int Bookings { get; set; }

    /// <summary>Sum of the counted bookings' converted totals, in minor units of the organisation's currency.</summary>
    public long Spent { get; set; }

    /// <summary>
    /// First day of the month of the first touch or the earliest booking, whichever is earlier, in the assigned property's zone.
    /// </summary>
    public DateOnly CustomerSince { get; set; }

    /// <summary>
    /// The booking shown as last: the latest counted arrival that is not in the future. When there is none, the next arrival.
    /// </summary>
    public Guid? LastBookingId { get; set; }
    public DateOnly? LastArrival { get; set; }
    public short LastEmpty { get; set; } = 1;

    /// <summary>The first counted arrival. Reports count the guest as new on this day.</summary>
    public DateOnly? FirstArrival { get; set; }

    /// <summary>
    /// The nearest counted arrival in the future, at the time of computing. The midnight job recomputes it after that day has come.
    /// </summary>
    public DateOnly? NextArrival { get; set; }

    /// <summary>The instant when the guest stops being active: the end of the last counted departure day in that property's zone.</summary>
    public DateTime? ActiveUntil { get; set; }

    /// <summary>Stars of the latest review, 1 to 5.</summary>
    public short? Rating { get; set; }
    public short RatingEmpty { get; set; } = 1;

    /// <summary>The sort keys of lists. A nullable key has its <c>…Empty</c> column before it. Each has an index in both tables.</summary>
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

    /// <summary>The value of an <c>…Empty</c> column for a text.</summary>
    internal static short Empty(string? text) => (short)(text is null ? 1 : 0);

    /// <summary>Copies the guest's own values from the contact, because lists of one property are sorted by them too.</summary>
    internal void ShowAs(Contact contact)
    {
        (NameKey, NameEmpty) = (contact.NameKey, contact.NameEmpty);
    }
}
