using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>
/// A guest leaves before the booked day. What becomes of the nights they do not stay, and of their price, is asked wherever a guest is
/// checked out.
/// </summary>
internal static class EarlyDeparture
{
    /// <param name="booking">The booking that is to be checked out.</param>
    /// <param name="today">Today at its property.</param>
    public static bool Is(BookingRow booking, DateOnly today) => booking.Arrival < today && today < booking.Departure;

    /// <summary>The total at the same price a night, for the nights they stayed.</summary>
    public static Money Until(BookingRow booking, DateOnly today) =>
        booking.Total with
        {
            Minor = (long)
                Math.Round(
                    (decimal)booking.Total.Minor * (today.DayNumber - booking.Arrival.DayNumber) / booking.Nights,
                    0,
                    MidpointRounding.AwayFromZero
                ),
        };

    /// <summary>The version that a step asks for: a price that was worked out is only written over the booking it came from.</summary>
    public static IfMatch Match(BookingRow seen, ChangeBooking.Input step) =>
        step.Total.IsGiven ? new(Versions.ETag(seen.UpdatedAt)) : IfMatch.Any;

    /// <summary>Checks the guest out today, for the nights they stayed.</summary>
    public static ChangeBooking.Input On(BookingRow booking, DateOnly today) =>
        new(
            Departure: today.Iso(),
            Status: nameof(BookingStatus.Completed),
            Total: new MoneyInput(Until(booking, today).Amount, booking.Total.Currency)
        );
}
