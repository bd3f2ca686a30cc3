using System.Globalization;
using System.Runtime.CompilerServices;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Doctor;

/// <summary>
/// Counts the sums by day of arrival again from the stored bookings. Memory grows with days, properties and sources, not with bookings.
/// </summary>
internal sealed class ArrivalCheck
{
    private readonly Dictionary<SaveContext.ArrivalKey, SaveContext.ArrivalSum> _right = [];

    /// <summary>
    /// What to add to each stored sum to make it right. A difference, because a booking and its sums may change before the repair.
    /// </summary>
    public Dictionary<SaveContext.ArrivalKey, SaveContext.ArrivalSum> Missing { get; } = [];

    public void Add(Booking booking)
    {
        if (ArrivalDay.Of(booking) is var (key, sum))
        {
            _right[key] = _right.GetValueOrDefault(key) + sum;
        }
    }

    /// <summary>Compares with the stored sums and returns each difference.</summary>
    public async IAsyncEnumerable<CheckFigures.Difference> Compare(
        int organizationId,
        BellhopDb db,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var stored = await db
            .ArrivalDays.AsNoTracking()
            .Where(d => d.OrganizationId == organizationId)
            .ToDictionaryAsync(
                d => new SaveContext.ArrivalKey(
                    d.OrganizationId,
                    d.PropertyId,
                    d.Arrival,
                    d.Source.ToString(),
                    d.Currency,
                    d.ConvertedCurrency
                ),
                d => new SaveContext.ArrivalSum(d.Bookings, d.Nights, d.Total, d.Converted, d.GuestBookings, d.GuestConverted),
                cancel
            );
        foreach (var key in _right.Keys.Union(stored.Keys).Order())
        {
            var (right, now) = (_right.GetValueOrDefault(key), stored.GetValueOrDefault(key));
            if (right != now)
            {
                Missing[key] = right + -now;
                yield return new(
                    "arrivalDay",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{key.PropertyId}/{key.Arrival:yyyy-MM-dd}/{key.Source}/{key.Currency}/{key.ConvertedCurrency}"
                    ),
                    "sums",
                    Said(now),
                    Said(right)
                );
            }
        }
    }

    private static string Said(SaveContext.ArrivalSum sum) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{sum.Bookings} {sum.Nights} {sum.Total} {sum.Converted} {sum.GuestBookings} {sum.GuestConverted}"
        );
}
