using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>The booking that a guest is here for now, or the next one.</summary>
/// <param name="InHouse">True: the guest is in house. False: the guest arrives later.</param>
public sealed record ActiveBooking(BookingRow Booking, bool InHouse)
{
    /// <summary>Chooses from the latest bookings, by each property's own day. Null when none is active.</summary>
    public static ActiveBooking? Of(IReadOnlyList<BookingRow> latest, SeeOrganization.Row house, TimeProvider clock)
    {
        var zones = house.Places.ToDictionary(p => p.Id, p => Clock.Zone(p.TimeZone) ?? TimeZoneInfo.Utc);
        var active = latest
            .Where(b => zones.ContainsKey(b.Property.Id))
            .Select(b => (Booking: b, Today: clock.Today(zones[b.Property.Id])))
            .Where(b => Bookings.InHouse.IsActive(b.Booking.Status, b.Booking.Departure, b.Today))
            .ToList();
        var here = active
            .Where(b => Bookings.InHouse.Is(b.Booking.Status, b.Booking.Arrival, b.Booking.Departure, b.Today))
            .Select(b => b.Booking)
            .MaxBy(b => b.Arrival);
        if (here is not null)
        {
            return new(here, true);
        }

        var next = active.Select(b => b.Booking).MinBy(b => b.Arrival);
        return next is null ? null : new(next, false);
    }
}
