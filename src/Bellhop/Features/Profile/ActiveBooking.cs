using Bellhop.Features.Bookings;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Profile;

/// <summary>The booking that a guest is here for now, or the next one.</summary>
/// <param name="InHouse">True: the guest is in house. False: the guest arrives later.</param>
public sealed record ActiveBooking(BookingRow Booking, bool InHouse)
{
    /// <summary>Chooses from the latest bookings, by each property's own day. Null when none is active.</summary>
    public static ActiveBooking? Of(IReadOnlyList<BookingRow> latest, SeeOrganization.Row house, TimeProvider clock)
    {
        var zones = house.Places.ToDictionary(p => p.Id, p => Clock.Zone(p.TimeZone) ?? TimeZoneInfo.Utc);
        var counted = latest
            .Where(b => Bookings.Booking.Counts(b.Status) && zones.ContainsKey(b.Property.Id))
            .Select(b => (Booking: b, Today: clock.Today(zones[b.Property.Id])))
            .ToList();
        var here = counted
            .Where(b => b.Booking.Status == BookingStatus.InHouse || (b.Booking.Arrival <= b.Today && b.Today < b.Booking.Departure))
            .Select(b => b.Booking)
            .MaxBy(b => b.Arrival);
        if (here is not null)
        {
            return new(here, true);
        }

        var next = counted.Where(b => b.Booking.Arrival > b.Today).Select(b => b.Booking).MinBy(b => b.Arrival);
        return next is null ? null : new(next, false);
    }
}
