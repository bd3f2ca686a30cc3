using System.Linq.Expressions;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>
/// Counts a guest's figures from the bookings, for all properties or for one. It reads no database, so that the save, <c>doctor</c> and
/// tests share it.
/// </summary>
public static class GuestFigures
{
    /// <summary>The values of a booking that counting needs.</summary>
    public sealed record Stay(
        Guid Id,
        Guid PropertyId,
        BookingStatus Status,
        DateOnly Arrival,
        DateOnly Departure,
        DateTime BookedAt,
        long? Converted,
        string? ConvertedCurrency
    )
    {
        /// <summary>Makes a stay from a booking, in queries.</summary>
        public static readonly Expression<Func<Booking, Stay>> Read = b =>
            new(b.Id, b.PropertyId, b.Status, b.Arrival, b.Departure, b.BookedAt, b.Converted, b.ConvertedCurrency);

        /// <summary>Makes a stay from a booking in memory.</summary>
        public static readonly Func<Booking, Stay> Of = Read.Compile();
    }

    /// <summary>The figures that follow from bookings.</summary>
    public sealed record Counted(
        int Bookings,
        long Spent,
        Guid? LastBookingId,
        DateOnly? LastArrival,
        DateOnly? NextArrival,
        DateTime? ActiveUntil,
        DateTime? FirstBookedAt,
        DateOnly? FirstArrival
    );

    /// <param name="stays">All bookings of the guest, with any status.</param>
    /// <param name="currency">The organisation's currency. Totals that are still converted to a former currency are left out.</param>
    /// <param name="zoneOf">Gives a property's zone, because days begin and end in that zone.</param>
    /// <param name="today">Gives the present day in a zone.</param>
    public static Counted Count(
        IReadOnlyCollection<Stay> stays,
        string currency,
        Func<Guid, TimeZoneInfo> zoneOf,
        Func<TimeZoneInfo, DateOnly> today
    )
    {
        var (bookings, spent) = (0, 0L);
        Stay? last = null,
            next = null;
        DateTime? activeUntil = null,
            firstBookedAt = null;
        DateOnly? firstArrival = null;
        foreach (var stay in stays)
        {
            firstBookedAt = firstBookedAt is null || stay.BookedAt < firstBookedAt ? stay.BookedAt : firstBookedAt;
            if (!Booking.Counts(stay.Status))
            {
                continue;
            }

            bookings++;
            firstArrival = firstArrival is null || stay.Arrival < firstArrival ? stay.Arrival : firstArrival;
            spent += stay.ConvertedCurrency == currency ? stay.Converted ?? 0 : 0;
            var zone = zoneOf(stay.PropertyId);
            var until = InHouse.ActiveUntil(stay.Status, stay.Departure, zone);
            activeUntil = activeUntil is null || until > activeUntil ? until ?? activeUntil : activeUntil;
            if (stay.Arrival <= today(zone))
            {
                last = last is null || Later(stay, last) ? stay : last;
            }
            else
            {
                next = next is null || stay.Arrival < next.Arrival || (stay.Arrival == next.Arrival && Later(stay, next)) ? stay : next;
            }
        }

        return new(bookings, spent, (last ?? next)?.Id, (last ?? next)?.Arrival, next?.Arrival, activeUntil, firstBookedAt, firstArrival);
    }

    /// <summary>Compares by arrival, then by time of booking, then by id.</summary>
    private static bool Later(Stay a, Stay b) => (a.Arrival, a.BookedAt, a.Id).CompareTo((b.Arrival, b.BookedAt, b.Id)) > 0;
}
