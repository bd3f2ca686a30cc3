using System.Diagnostics;
using System.Globalization;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>How long each of many pages took, in milliseconds, and how long all of them took.</summary>
internal sealed record PagesRead(IReadOnlyList<double> Millis, TimeSpan All)
{
    public double PerSecond => Millis.Count / All.TotalSeconds;

    /// <summary>32 clients that read for a second and a half, each a page after the other.</summary>
    public static async Task<PagesRead> By32(Func<Task> page)
    {
        var clock = Stopwatch.StartNew();
        var waits = await Task.WhenAll(
            Enumerable
                .Range(0, 32)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        var mine = new List<double>();
                        while (clock.ElapsedMilliseconds < 1500)
                        {
                            var begun = Stopwatch.GetTimestamp();
                            await page();
                            mine.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                        }

                        return mine;
                    })
                )
        );
        return new([.. waits.SelectMany(w => w)], clock.Elapsed);
    }

    /// <summary>The median, what 99 of 100 and 999 of 1,000 stay within, and the longest.</summary>
    public static string Waits(IEnumerable<PagesRead> turns)
    {
        var sorted = turns.SelectMany(t => t.Millis).Order().ToList();
        return string.Join(
            ", ",
            new[] { 0.5, 0.99, 0.999, 1 }.Select(p =>
                sorted[Math.Max(0, (int)Math.Ceiling(p * sorted.Count) - 1)].ToString("0.#", CultureInfo.InvariantCulture)
            )
        );
    }
}
