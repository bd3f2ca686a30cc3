using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;

namespace Bellhop.Data;

/// <summary>The sums by day of arrival that reports read, written at a save's end.</summary>
public abstract partial class BellhopDb
{
    private const int ArrivalsAtOnce = 16;

    private static readonly string[] ArrivalKeys =
    [
        "organization_id",
        "property_id",
        "arrival",
        "source",
        "currency",
        "converted_currency",
    ];
    private static readonly string[] ArrivalSums = ["bookings", "nights", "total", "converted", "guest_bookings", "guest_converted"];
    private static readonly ConcurrentDictionary<int, string> ArrivalTexts = [];
    private static readonly ParameterNames ValueNames = new("v");

    private IEnumerable<LastWrite> ArrivalWrites()
    {
        // All writers use the order of the key, so that they never deadlock.
        var days = SaveContext.Arrivals.Where(d => d.Value != default).OrderBy(d => d.Key).ToList();
        return days.Chunk(ArrivalsAtOnce)
            .Select(some => new LastWrite("arrivals", ArrivalTexts.GetOrAdd(some.Length, AddArrivals), c => Fill(c, some)));
    }

    private void Fill(DbCommand command, IEnumerable<KeyValuePair<SaveContext.ArrivalKey, SaveContext.ArrivalSum>> days)
    {
        var at = 0;
        foreach (var (key, sum) in days)
        {
            foreach (
                var value in new[]
                {
                    key.OrganizationId,
                    Stored(key.PropertyId),
                    Stored(key.Arrival),
                    key.Source,
                    key.Currency,
                    key.ConvertedCurrency,
                    sum.Bookings,
                    sum.Nights,
                    sum.Total,
                    sum.Converted,
                    sum.GuestBookings,
                    sum.GuestConverted,
                }
            )
            {
                command.With(ValueNames[at++], value);
            }
        }
    }

    private static string AddArrivals(int count)
    {
        var width = ArrivalKeys.Length + ArrivalSums.Length;
        var rows = Enumerable
            .Range(0, count)
            .Select(row => $"({string.Join(", ", Enumerable.Range(row * width, width).Select(i => "@" + ValueNames[i]))})");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"INSERT INTO arrival_days ({string.Join(", ", ArrivalKeys)}, {string.Join(", ", ArrivalSums)}) "
                + $"VALUES {string.Join(", ", rows)} ON CONFLICT ({string.Join(", ", ArrivalKeys)}) "
                + $"DO UPDATE SET {string.Join(", ", ArrivalSums.Select(s => $"{s} = arrival_days.{s} + excluded.{s}"))}"
        );
    }
}
