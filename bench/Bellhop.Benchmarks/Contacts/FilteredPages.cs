using System.Diagnostics;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>A page of the guest list by each filter of who the guests are and when they stayed, in several orders.</summary>
internal static class FilteredPages
{
    private const int Rounds = 25;

    private static readonly (string What, string Filter)[] _filters =
    [
        ("a country that many are of", "country=PT"),
        ("a country that nobody is of", "country=IS"),
        ("a language that nobody speaks", "language=is"),
        ("stayed in one week", "stayedFrom=2026-03-02&stayedTo=2026-03-08"),
        ("stayed on one day long ago", "stayedFrom=1999-03-02&stayedTo=1999-03-02"),
        ("a tier that nobody has", "tier=Gold"),
    ];

    /// <summary>Each filter with the slowest of its orders; microseconds, the least of some rounds.</summary>
    /// <param name="get">Asks the program for an address.</param>
    public static async IAsyncEnumerable<(string What, double Micros)> Measure(Func<string, Task> get)
    {
        foreach (var (what, filter) in _filters)
        {
            var worst = (Micros: 0d, Order: "");
            foreach (var order in new[] { "", "&sort=name", "&sort=-totalSpent", "&sort=rating" })
            {
                var best = double.MaxValue;
                for (var i = 0; i < Rounds; i++)
                {
                    var start = Stopwatch.GetTimestamp();
                    await get($"/api/v1/contacts?{filter}{order}");
                    best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
                }

                worst = best > worst.Micros ? (best, order) : worst;
            }

            yield return ($"{what}, {worst.Order}", worst.Micros);
        }
    }
}
