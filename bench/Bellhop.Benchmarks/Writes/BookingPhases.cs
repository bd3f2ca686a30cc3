using System.Diagnostics;
using System.Diagnostics.Metrics;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Benchmarks.Writes;

/// <summary>Where the time of one booking goes: before the writer's turn, in it, and until the commit is on disk.</summary>
internal static class BookingPhases
{
    /// <param name="many">How many bookings are measured, after half as many to warm up.</param>
    public static async Task Run(BenchDatabase town, int many)
    {
        await using var services = WritesCommand.Services(town);
        var (dbs, next, who) = (services.GetRequiredService<IDbContextFactory<BellhopDb>>(), new NewBookings(town), Actor.System(1));
        var took = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        var total = new List<double>();
        for (var i = 0; i < many / 2; i++)
        {
            await WritesCommand.Book(dbs, next, who); // the runtime compiles
        }

        var (commands, spent, made) = (0, TimeSpan.Zero, 0L);
        using (var activities = new ActivityListener { ShouldListenTo = source => source.Name == "Npgsql" })
        using (var listener = new MeterListener())
        {
            activities.Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData;
            activities.ActivityStarted = _ => Interlocked.Increment(ref commands);
            ActivitySource.AddActivityListener(activities);
            listener.InstrumentPublished = (instrument, mine) =>
            {
                if (instrument.Meter.Name == "Bellhop.Saves")
                {
                    mine.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<double>(
                (instrument, value, _, _) =>
                {
                    if (!took.TryGetValue(instrument.Name, out var values))
                    {
                        took[instrument.Name] = values = [];
                    }

                    values.Add(value);
                }
            );
            listener.Start();
            var (processor, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
            for (var i = 0; i < many; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await WritesCommand.Book(dbs, next, who);
                total.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            spent = (Environment.CpuUsage.TotalTime - processor) / many;
            made = (GC.GetTotalAllocatedBytes() - allocated) / many / 1024;
        }

        await Console.Out.WriteLineAsync("| one writer, ms | least | median |\n|---|---|---|");
        await Line("a booking, all in all", total);
        foreach (var (name, values) in took.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            await Line(name, values);
        }

        await Console.Out.WriteLineAsync(
            $"| processor time of this process, mean | {spent.TotalMilliseconds:0.00} | |\n| allocated, mean | {made} KiB | |"
        );
        await Console.Out.WriteLineAsync(
            town.Postgres is null ? "" : $"| commands sent, with those that begin and end | {commands / (double)many:0.0} | |\n"
        );
    }

    private static Task Line(string what, List<double> values) =>
        Console.Out.WriteLineAsync($"| {what} | {values.Min():0.00} | {Comparison.Median([.. values]):0.00} |");
}
