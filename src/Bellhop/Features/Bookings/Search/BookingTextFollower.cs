using Bellhop.Data;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>
/// Writes what the search of bookings reads: a booking's own text when its guest's text lacks words of it, and the list of room types. The
/// text changes with the booking, and when the guest's text loses words.
/// </summary>
internal sealed class BookingTextFollower : Follower
{
    private static readonly string[] Said =
    [
        nameof(Booking.GuestName),
        nameof(Booking.GuestPhone),
        nameof(Booking.GuestEmail),
        nameof(Booking.ContactId),
    ];

    public override IReadOnlyList<Type> Tables { get; } = [typeof(Booking), typeof(RoomType)];

    /// <summary>The guests' texts of this save are complete, because their follower comes first.</summary>
    public override async Task Writing(BellhopDb db, CancellationToken cancel)
    {
        foreach (var entry in db.ChangeTracker.Entries<Booking>().Where(e => e.State is EntityState.Added or EntityState.Modified).ToList())
        {
            var (booking, isNew) = (entry.Entity, entry.State == EntityState.Added);
            if (isNew || entry.Property(b => b.RoomType).IsModified)
            {
                RoomType.Note(booking, db.SaveContext);
            }

            if (isNew || Said.Any(name => entry.Property(name).IsModified))
            {
                // The use case holds the guest's row, so nobody else changes the guest's text meanwhile.
                var guest = booking.ContactId is { } id ? await db.Contacts.FindAsync([booking.OrganizationId, id], cancel) : null;
                entry.Property(nameof(Booking.Search)).CurrentValue = BookingText.Of(booking, guest?.Search);
            }
        }

        foreach (var entry in db.ChangeTracker.Entries<Contact>().Where(e => e.State == EntityState.Modified).ToList())
        {
            var text = entry.Property(c => c.Search);
            if (text.IsModified && !SearchText.Covers(text.CurrentValue, text.OriginalValue))
            {
                await Complete(entry.Entity, db, cancel);
            }
        }
    }

    public override async Task BulkInserted(BellhopDb db, IReadOnlyCollection<object> rows, CancellationToken cancel)
    {
        // With a contact of the same save the caller has made the text, as the figures.
        var bookings = (rows as IEnumerable<Booking> ?? []).ToLookup(b =>
            b.ContactId is { } guest && db.SaveContext.CountedContacts.Contains(guest)
        );
        foreach (var booking in bookings[true])
        {
            RoomType.Note(booking, db.SaveContext);
        }

        foreach (var some in bookings[false].GroupBy(b => b.OrganizationId))
        {
            await BookingText.Rewrite(some.Key, [.. some.Select(b => b.Id)], db, cancel);
        }
    }

    /// <summary>Gives a text to the guest's bookings that say something the guest's text has lost.</summary>
    private static async Task Complete(Contact contact, BellhopDb db, CancellationToken cancel)
    {
        var bookings = await db
            .Bookings.Where(b => b.OrganizationId == contact.OrganizationId && b.ContactId == contact.Id && b.Search == null)
            .ToListAsync(cancel);
        foreach (var booking in bookings.Where(b => b.ContactId == contact.Id))
        {
            db.Entry(booking).Property(b => b.Search).CurrentValue = BookingText.Of(booking, contact.Search);
        }
    }
}
