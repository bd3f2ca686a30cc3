using System.Diagnostics;
using System.Globalization;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>What two ways of doing one thing cost: A and B in turn, so that whatever else the machine does meets both.</summary>
/// <param name="Ours">Microseconds, each round.</param>
/// <param name="Limit">Microseconds, each round.</param>
internal sealed record Comparison(double[] Ours, double[] Limit)
{
    private const int Warm = 200; // the runtime compiles what runs often anew, with what it learnt

    /// <param name="warm">Rounds before the first that counts.</param>
    /// <param name="before">Done before each of ours, and not timed.</param>
    /// <param name="least">How long to go on before the first that counts, where those rounds take less.</param>
    public static async Task<Comparison> Run(
        Func<Task> ours,
        Func<Task> limit,
        int rounds = 100,
        int warm = Warm,
        Func<Task>? before = null,
        TimeSpan least = default
    )
    {
        before ??= static () => Task.CompletedTask;
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < warm || clock.Elapsed < least; i++)
        {
            await before();
            await ours();
            await limit();
        }

        var (mine, theirs) = (new double[rounds], new double[rounds]);
        for (var i = 0; i < rounds; i++)
        {
            await before();
            mine[i] = await Time(ours);
            theirs[i] = await Time(limit);
        }

        return new(mine, theirs);
    }

    public double Least => Ours.Min();

    /// <summary>Minimum and median of both, and of the ratio of each round.</summary>
    public string Cells()
    {
        var ratios = Ours.Zip(Limit, (a, b) => a / b).ToArray();
        return $"{Show(Ours.Min())} / {Show(Median(Ours))} | {Show(Limit.Min())} / {Show(Median(Limit))} | "
            + $"{Ratio(Ours.Min() / Limit.Min())} / {Ratio(Median(ratios))}";
    }

    /// <summary>Ratio of the two minima: what the machine's other work disturbs least.</summary>
    public double R => Ours.Min() / Limit.Min();

    public static string Show(double micros) => micros.ToString(micros < 100 ? "0.0" : "N0", CultureInfo.InvariantCulture);

    public static string Ratio(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);

    public static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static async Task<double> Time(Func<Task> what)
    {
        var start = Stopwatch.GetTimestamp();
        await what();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }
}
