using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>Rules for every booking, whether staff or an outside system write it.</summary>
public static class BookingRules
{
    /// <summary>The statuses that a person may set after this one. An outside system may set any status.</summary>
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

    /// <summary>
    /// Those of <see cref="Possible"/> that a page offers on this day of the property: a check-in from the day of arrival on, a no-show
    /// from the midnight after it.
    /// </summary>
    public static IEnumerable<BookingStatus> Offered(BookingStatus from, DateOnly arrival, DateOnly today) =>
        Possible(from)
            .Where(to =>
                to switch
                {
                    BookingStatus.NoShow => arrival < today,
                    BookingStatus.InHouse => arrival <= today,
                    _ => true,
                }
            );

    /// <summary>
    /// Reads one of the enum's names, with exact case. Returns null for any other text and adds an error that lists the names.
    /// </summary>
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
    /// Converts the total to the organisation's currency, at the rate of the day of booking in the property's zone. Null when no rate is
    /// known. Call it inside a save that holds the settings lock.
    /// </summary>
    public static async Task Convert(Booking booking, Property property, BellhopDb db, CancellationToken cancel)
    {
        var currency = (await db.Organizations.FindAsync([booking.OrganizationId], cancel))!.Currency;
        var rate = await db.Rates.On(booking.OrganizationId, booking.Currency, currency, booking.BookedAt.DayIn(property.Zone), cancel);
        booking.Converted = rate is { } known ? Convert(booking, known, currency) : null;
        booking.ConvertedCurrency = booking.Converted is null ? null : currency;
    }

    /// <summary>Null when the result is too large: after an absurd rate, one booking is left out and the sums stay right.</summary>
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
