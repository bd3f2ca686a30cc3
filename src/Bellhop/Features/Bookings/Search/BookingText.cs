using Bellhop.Data;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>
/// The text that a search of bookings looks in, beside the guest's own. Most bookings need none, because the guest's text has all that the
/// booking says of the guest.
/// </summary>
internal static class BookingText
{
    /// <summary>The booking's text; null when it says nothing, or when the guest's text covers it.</summary>
    /// <param name="guest">The search text of the booking's contact; null for none.</param>
    public static string? Of(Booking booking, string? guest) =>
        SearchText.OfBooked(booking.GuestName, booking.GuestPhone, booking.GuestEmail) is { } text
        && (guest is null || !SearchText.Covers(guest, text))
            ? text
            : null;

    /// <summary>
    /// Whether a search finds the stored booking by all that it says of its guest. A text that the guest's text covers by now may stay.
    /// </summary>
    /// <inheritdoc cref="Of"/>
    public static bool IsRight(Booking booking, string? guest) =>
        booking.Search is null ? Of(booking, guest) is null : booking.Search == Of(booking, guest: null);

    /// <summary>Writes the texts of some stored bookings anew, inside a save.</summary>
    public static async Task Rewrite(int organizationId, IReadOnlyCollection<Guid> ids, BellhopDb db, CancellationToken cancel)
    {
        foreach (var id in ids)
        {
            await db.LockBooking(organizationId, id, cancel);
            if (await db.Bookings.SingleOrDefaultAsync(b => b.OrganizationId == organizationId && b.Id == id, cancel) is not { } booking)
            {
                continue;
            }

            var contact = booking.ContactId is { } guest ? await ResolveContact.ForChange(db, organizationId, guest, cancel) : null;
            booking.Search = Of(booking, contact?.Search);
            RoomType.Note(booking, db.SaveContext);
        }
    }
}
