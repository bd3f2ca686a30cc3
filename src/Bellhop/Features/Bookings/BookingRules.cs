using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>Rules that hold for a booking whoever writes it.</summary>
public static class BookingRules
{
    /// <summary>Which statuses a person may set from which; an outside system may set any.</summary>
    public static IReadOnlyList<BookingStatus> Possible(BookingStatus from) =>
        from switch
        {
            BookingStatus.Pending => [BookingStatus.Hold, BookingStatus.Confirmed, BookingStatus.Cancelled],
            BookingStatus.Hold => [BookingStatus.Pending, BookingStatus.Confirmed, BookingStatus.Cancelled],
            BookingStatus.Confirmed => [BookingStatus.InHouse, BookingStatus.Cancelled, BookingStatus.NoShow],
            BookingStatus.InHouse => [BookingStatus.Confirmed, BookingStatus.Completed],
            BookingStatus.Completed => [BookingStatus.InHouse],
            BookingStatus.Cancelled => [BookingStatus.Confirmed],
            BookingStatus.NoShow => [BookingStatus.Confirmed, BookingStatus.InHouse],
            _ => [],
        };

    /// <summary>One of an enum's names, exactly; else null with the error that lists them.</summary>
    public static T? Name<T>(string field, string? raw, ValidationErrors errors)
        where T : struct, Enum
    {
        if (Enum.GetNames<T>().Contains(raw, StringComparer.Ordinal))
        {
            return Enum.Parse<T>(raw!);
        }

        errors.Add(field, "OneOf", string.Join(", ", Enum.GetNames<T>()));
        return null;
    }

    /// <summary>
    /// Inside a save that holds the settings: the total in the organisation's currency at the rate of the day it was booked where the
    /// property is; null while there is none.
    /// </summary>
    public static async Task Convert(Booking booking, Property property, BellhopDb db, CancellationToken cancel)
    {
        var currency = (await db.Organizations.FindAsync([booking.OrganizationId], cancel))!.Currency;
        var rate = await db.Rates.On(booking.OrganizationId, booking.Currency, currency, booking.BookedAt.DayIn(property.Zone), cancel);
        booking.Converted = rate is { } known ? Convert(booking, known, currency) : null;
        booking.ConvertedCurrency = booking.Converted is null ? null : currency;
    }

    /// <summary>Null where the result would not fit: an absurd rate leaves a booking out rather than every figure wrong.</summary>
    internal static long? Convert(Booking booking, decimal rate, string currency)
    {
        try
        {
            return
                new Money(booking.Total, booking.Currency).Convert(rate, currency).Minor is var minor && Math.Abs(minor) <= MoneyInput.Most
                ? minor
                : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
