using Bellhop.Features.Bookings;

namespace Bellhop.Features.Today;

/// <summary>What the desk may do with a booking on its row.</summary>
public static class DeskSteps
{
    /// <summary>The statuses offered, the usual one first.</summary>
    /// <param name="booking">The booking of the row.</param>
    /// <param name="today">Today at its property.</param>
    public static IEnumerable<BookingStatus> Of(BookingRow booking, DateOnly today) =>
        BookingRules
            .Offered(booking.Status, booking.Arrival, today)
            .Where(to =>
                (booking.Status, to)
                    is
                        (BookingStatus.Pending, BookingStatus.Confirmed)
                        or
                        (BookingStatus.Confirmed, BookingStatus.InHouse or BookingStatus.NoShow)
                        or
                        (BookingStatus.InHouse, BookingStatus.Completed)
            );

    /// <summary>The total of a stay that is one night longer, at the same price a night, in minor units.</summary>
    public static long WithOneNight(BookingRow booking) =>
        booking.Nights == 0
            ? booking.Total.Minor
            : booking.Total.Minor + (long)Math.Round((decimal)booking.Total.Minor / booking.Nights, 0, MidpointRounding.AwayFromZero);
}
