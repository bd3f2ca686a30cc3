using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts;

/// <summary>Who is in house and who is to come, from the bookings that say so or have not ended: few, however many guests there are.</summary>
internal static class ContactStays
{
    public static async Task<(int InHouse, int Upcoming)> Count(ContactScope scope, BellhopDb db, CancellationToken cancel)
    {
        var places = await db.Properties.AsNoTracking().Where(p => p.OrganizationId == scope.OrganizationId).ToListAsync(cancel);
        var (inHouse, upcoming) = (new HashSet<Guid>(), new HashSet<Guid>());
        foreach (var place in places.Where(p => scope.Properties?.Contains(p.Id) ?? true))
        {
            var today = db.Now.DayIn(place.Zone);
            var stays = db.Bookings.AsNoTracking().Where(b => b.OrganizationId == scope.OrganizationId && b.PropertyId == place.Id && b.ContactId != null);

            // By status alone for as long as it says so: whoever overstays, or was never checked out, is in house.
            await foreach (var guest in stays.Where(b => b.Status == BookingStatus.InHouse).Select(b => b.ContactId!.Value).AsAsyncEnumerable().WithCancellation(cancel))
            {
                inHouse.Add(guest);
            }

            await foreach (var stay in stays.Where(b => b.Departure > today).Select(b => new { b.ContactId, b.Status, b.Arrival }).AsAsyncEnumerable().WithCancellation(cancel))
            {
                if (Booking.Counts(stay.Status))
                {
                    (stay.Arrival <= today ? inHouse : upcoming).Add(stay.ContactId!.Value);
                }
            }
        }

        upcoming.ExceptWith(inHouse);
        return (inHouse.Count, upcoming.Count);
    }
}
