using System.Globalization;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Features.Reports;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Benchmarks.Reports;

/// <summary>
/// <c>reports [--engine sqlite|postgres] [--guests N]</c>: all that the page shows, over twelve months and over all there is, against the
/// same queries by hand on the raw driver, and against those that would count the bookings themselves.
/// </summary>
internal static class ReportsCommand
{
    private const int Goal = 300;
    private const string Guests = "75890"; // who have 119,361 bookings, as good as the goal's

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var guests = int.Parse(options["--guests"] ?? Guests, CultureInfo.InvariantCulture);
        await Console.Out.WriteLineAsync(
            $"""
            # Reports

            Everything the page shows, in milliseconds of database time, minimum / median of 40 rounds in turn; goal {Goal} at
            119,390 bookings. *By hand* are the same queries on the raw driver, prepared, without a look at who asks; R is ours
            ÷ by hand, of the minima / median of the rounds' own ratios. *Off the bookings* is what the page would take by hand
            if it counted the bookings, 10 rounds.
            """
        );
        foreach (var each in options.Engines)
        {
            await Measure(await BenchDatabase.Make(each, guests));
        }

        return 0;
    }

    private static async Task Measure(BenchDatabase town)
    {
        await using var db = town.Open();
        db.Database.SetCommandTimeout(600);
        var who = Actor.System(town.Organization);
        var (bookings, days) = (await db.Bookings.CountAsync(), await db.ArrivalDays.CountAsync());
        await Console.Out.WriteLineAsync(
            $"\n## {town.Engine}, {bookings:N0} bookings in {days:N0} sums by day, load {await Load()}\n\n| days |"
                + " properties | ours | by hand | R | off the bookings |\n|---|---|---|---|---|---|"
        );
        await using var raw = town.Connect();
        await raw.OpenAsync();
        foreach (
            var (name, range) in new[] { ("12 months", new ReportQuery()), ("all", new ReportQuery(new(2000, 1, 1), new(2039, 12, 31))) }
        )
        {
            foreach (
                var (places, query) in new[]
                {
                    ("all", range),
                    ("one", range with { PropertyIds = [town.Properties[0]] }),
                    ("several, named", range with { PropertyIds = town.Properties }),
                }
            )
            {
                var scope = await ReportScope.Of(query, who, db, default);
                await using var hand = await RawReports.Prepare(raw, scope, town, db, ofBookings: false);
                var rounds = await Comparison.Run(() => SeeReports.Run(query, who, db, default), hand.Run, rounds: 40, warm: 20);
                await using var counting = await RawReports.Prepare(raw, scope, town, db, ofBookings: true);
                var slow = await Comparison.Run(counting.Run, static () => Task.CompletedTask, rounds: 10, warm: 2);
                var ratios = rounds.Ours.Zip(rounds.Limit, (a, b) => a / b).ToArray();
                await Console.Out.WriteLineAsync(
                    $"| {name} | {places} | {Milliseconds(rounds.Ours)} | {Milliseconds(rounds.Limit)} |"
                        + $" {Comparison.Ratio(rounds.R)} / {Comparison.Ratio(Comparison.Median(ratios))} | {Milliseconds(slow.Ours)} |"
                );
            }
        }

        await Console.Out.WriteLineAsync($"\nLoad afterwards {await Load()}.");
    }

    private static async Task<string> Load() => (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];

    private static string Milliseconds(double[] micros) =>
        string.Create(CultureInfo.InvariantCulture, $"{micros.Min() / 1000:0.0} / {Comparison.Median(micros) / 1000:0.0}");
}
