using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Loyalty;

/// <summary>What bookings are worth in points, and points in bookings.</summary>
internal static class LoyaltyMath
{
    /// <summary>Thousandths of a point in a point.</summary>
    public const int Thousandths = 1000;

    /// <summary>The points of a booking that was completed on a day. None when its currency has no rate.</summary>
    public static async Task<long> Earned(Booking booking, Programme programme, DateOnly day, BellhopDb db, CancellationToken cancel)
    {
        if (await Total(booking, programme, db, cancel) is not (> 0 and { } total))
        {
            return 0;
        }

        var perUnit = await PointRate
            .LatestFirst(programme.OrganizationId, programme.PropertyId, db)
            .Where(r => r.Day <= day)
            .Select(r => r.PerUnit)
            .FirstOrDefaultAsync(cancel);
        var points = decimal.Floor(Currency.ToAmount(total, programme.Currency) * perUnit / Thousandths);
        return (long)decimal.Min(points, Programme.PointsMost);
    }

    /// <summary>How many points may still be redeemed for a booking.</summary>
    /// <param name="redeemed">Those that were redeemed for it already.</param>
    public static async Task<long> Left(Booking booking, long redeemed, Programme programme, BellhopDb db, CancellationToken cancel)
    {
        var most = await Total(booking, programme, db, cancel) is > 0 and { } total
            ? (long)decimal.Floor((decimal)total * programme.MaxRedemption / 100 / programme.PointValue)
            : 0;
        return long.Max(0, most - redeemed);
    }

    /// <summary>What points are worth; nothing below 0, and never more than money can say.</summary>
    public static Money Worth(long points, Money pointValue) =>
        new((long)decimal.Min((decimal)long.Max(points, 0) * pointValue.Minor, MoneyInput.Most), pointValue.Currency);

    /// <summary>The total in the programme's currency at the rate of the day of booking, as the spent amount is converted.</summary>
    private static async Task<long?> Total(Booking booking, Programme programme, BellhopDb db, CancellationToken cancel)
    {
        var property = (await db.Properties.FindAsync([booking.OrganizationId, booking.PropertyId], cancel))!;
        var day = booking.BookedAt.DayIn(property.Zone);
        return await db.Rates.On(booking.OrganizationId, booking.Currency, programme.Currency, day, cancel) is { } rate
            ? BookingRules.Convert(booking, rate, programme.Currency)
            : null;
    }
}
