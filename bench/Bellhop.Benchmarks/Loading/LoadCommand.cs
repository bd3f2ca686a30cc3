using System.CommandLine;
using System.Diagnostics;
using System.Net.Http.Headers;
using Spectre.Console;

namespace Bellhop.Benchmarks.Loading;

/// <summary><c>load FILE --url URL --key KEY</c>.</summary>
public static class LoadCommand
{
    public static Command Make()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A CSV file of bookings with guests" };
        var url = new Option<Uri>("--url")
        {
            Description = "Where Bellhop runs",
            DefaultValueFactory = _ => new("http://localhost:5080"),
            CustomParser = given =>
            {
                if (Uri.TryCreate(given.Tokens.Single().Value, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https"))
                {
                    return address;
                }

                given.AddError("--url is an address such as http://localhost:5080.");
                return null;
            },
        };
        var key = new Option<string?>("--key") { Description = "An API key that may manage bookings and settings; else BELLHOP_KEY" };
        var atOnce = new Option<int>("--at-once") { Description = "Requests in flight", DefaultValueFactory = _ => 8 };
        var place = new Option<string?>("--place") { Description = "Where to note how far it has come; default FILE.place" };
        var load = new Command("load", "Sends a file of bookings to a running Bellhop; run again after a kill, it goes on where it was")
        {
            file,
            url,
            key,
            atOnce,
            place,
        };
        load.SetAction(
            async (read, cancel) =>
            {
                var path = read.GetRequiredValue(file).FullName;
                if ((read.GetValue(key) ?? Environment.GetEnvironmentVariable("BELLHOP_KEY")) is not { Length: > 0 } secret)
                {
                    Console.Error.WriteLine("Which API key? Give --key or BELLHOP_KEY.");
                    return 2;
                }

                using var http = new HttpClient { BaseAddress = read.GetValue(url)!, Timeout = TimeSpan.FromMinutes(2) };
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
                return await Show(http, path, read.GetValue(place) ?? path + ".place", Math.Clamp(read.GetValue(atOnce), 1, 64), cancel);
            }
        );
        return load;
    }

    private static async Task<int> Show(HttpClient http, string file, string place, int atOnce, CancellationToken cancel)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        var rows = BookingFile.Read(file).Count();
        var watch = Stopwatch.StartNew();
        LoadBookings.Summary? summary = null;
        await console
            .Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn(),
                new SpinnerColumn()
            )
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask("Bookings", maxValue: rows);
                summary = await LoadBookings.Run(http, file, place, atOnce, new Bar(bar), cancel);
            });

        foreach (var (row, why) in summary!.Refused.Take(20))
        {
            console.WriteLine($"Row {row}: {why}");
        }

        var sent = rows - summary.Skipped;
        Console.WriteLine(
            $"{rows} rows: {summary.Made} made, {summary.Known} known, {summary.Refused.Count} "
                + $"refused{(summary.Skipped > 0 ? $", {summary.Skipped} sent by an earlier run" : "")}; "
                + $"{watch.Elapsed.TotalSeconds:0.0} s, {sent / watch.Elapsed.TotalSeconds:0} a second."
        );
        return summary.Refused.Count == 0 ? 0 : 1;
    }

    private sealed class Bar(ProgressTask task) : IProgress<int>
    {
        public void Report(int value) => task.Value = value;
    }
}
