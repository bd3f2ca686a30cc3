using System.Diagnostics;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>The slowest of many searches, each with other conditions and orders beside it.</summary>
internal static class WorstSearch
{
    private const int Fewest = 5;

    // What looks slow is tried again: other work may have been in between.
    private const int Most = 25;
    private const double Goal = 15_000;

    /// <param name="get">Asks the program for an address.</param>
    public static async Task<(double Micros, string What, int Searches)> Find(BenchDatabase town, Func<string, Task> get)
    {
        var (worst, searches) = ((Micros: 0d, What: ""), 0);
        foreach (
            var term in new[]
            {
                "maria",
                "an",
                "com",
                "examp",
                "351",
                "zq",
                "xq",
                "xzqyk",
                "silva ma",
                "a",
                "mail1",
                "halloran",
                "иван",
                "王伟",
                "ferreira olga",
                "o'brien",
                "00351 91",
            }
        )
        {
            foreach (
                var rest in new[]
                {
                    "",
                    "&sort=name",
                    "&sort=-name",
                    "&sort=source",
                    "&sort=-bookings",
                    "&sort=-totalSpent",
                    "&sort=customerSince",
                    "&sort=-lastBooking",
                    "&sort=rating",
                    $"&propertyId={town.Properties[1]}",
                    "&active=true",
                    "&source=WhatsApp&sort=-totalSpent",
                }
            )
            {
                var address = $"/api/v1/contacts?q={Uri.EscapeDataString(term)}{rest}";
                searches++;
                await get(address);
                var best = double.MaxValue;
                for (var i = 0; i < Fewest || (i < Most && best > Goal); i++)
                {
                    var start = Stopwatch.GetTimestamp();
                    await get(address);
                    best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
                }

                if (best > Goal)
                {
                    await Console.Error.WriteLineAsync($"  slow: {term} {rest} {best:N0}");
                }

                worst = best > worst.Micros ? (best, $"{term}{rest.Split("propertyId")[0]}") : worst;
            }
        }

        return (worst.Micros, worst.What, searches);
    }
}
