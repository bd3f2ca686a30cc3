using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>One booking.</summary>
public static class GetBooking
{
    /// <exception cref="Refusal">404 when the booking does not exist, belongs to another organisation or is at a property that the actor
    /// does not see.</exception>
    public static async Task<Saved<BookingRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsView);
        var found =
            await db
                .Bookings.AsNoTracking()
                .VisibleTo(who)
                .Where(b => b.Id == id)
                .Join(
                    db.Properties,
                    b => new { b.OrganizationId, Id = b.PropertyId },
                    p => new { p.OrganizationId, p.Id },
                    (b, p) => new { Booking = b, p.Name }
                )
                .SingleOrDefaultAsync(cancel)
            ?? throw Refusal.NotThere("booking", id);
        return new(BookingRow.Of(found.Booking, found.Name), found.Booking.UpdatedAt, ContactId: found.Booking.ContactId);
    }

    /// <summary>One booking to change, locked for the current save before it is read.</summary>
    /// <exception cref="Refusal">404 as above.</exception>
    internal static async Task<Booking> ForChange(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        await db.LockBooking(who.OrganizationId, id, cancel);
        return await db.Bookings.VisibleTo(who).SingleOrDefaultAsync(b => b.Id == id, cancel) ?? throw Refusal.NotThere("booking", id);
    }
}
