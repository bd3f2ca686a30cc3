using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Data;
using Bellhop.Features.Imports;
using Bellhop.Features.Imports.Files;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bellhop.Benchmarks.Imports;

/// <summary>
/// <c>import [--engine sqlite|postgres] [--rows N,…]</c>: a file of guests from the disk into an empty database, the same again, and its
/// rehearsal; rows a second and memory.
/// </summary>
internal static class ImportCommand
{
    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        await Console.Out.WriteLineAsync(
            """
            # Import of guests

            Each file is imported into an empty database as the page does it (counted, read, judged, written in durable batches
            with figures, search index, events and what takes it back), then the same file again, then rehearsed. By hand: the
            same rows of the same tables, made beforehand, by the raw driver in the same batches, without search index (SQLite),
            counters or any look at what is there. Memory is the most of the process's own (RssAnon: the mapped database file is
            the system's cache and not counted), over what it had before.
            """
        );
        foreach (var engine in options.Engines)
        {
            foreach (var rows in (options["--rows"] ?? "100000,1000000").Split(','))
            {
                await Measure(engine, int.Parse(rows, CultureInfo.InvariantCulture));
            }
        }

        return 0;
    }

    private static async Task Measure(string engine, int rows)
    {
        var file = GuestFile.Make(rows);
        await using var place = await EmptyDatabase.Make(engine);
        var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
        await Console.Out.WriteLineAsync(
            $"\n## {engine}, {rows:N0} rows, load {load}\n\n| | rows/s | of them created / duplicates | seconds | memory |\n|"
                + "---|---|---|---|---|"
        );
        var hand = await place.ByHand(Math.Min(rows, 200_000));
        await Console.Out.WriteLineAsync($"| by hand, {Math.Min(rows, 200_000):N0} rows | {hand:N0} | | | |");
        await Line("import", place, file, dryRun: false);
        await Line("the same file again", place, file, dryRun: false);
        await Line("rehearsal", place, file, dryRun: true);
    }

    private static async Task Line(string what, EmptyDatabase place, string file, bool dryRun)
    {
        GC.Collect();
        var before = OwnMemory.Now();
        var most = before;
        using var stop = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                most = Math.Max(most, OwnMemory.Now());
                await Task.Delay(200).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
        var clock = Stopwatch.StartNew();
        var import = await place.Import(file, dryRun);
        var seconds = clock.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        await watching;
        await Console.Out.WriteLineAsync(
            $"| {what} | {import.ProcessedRows / seconds:N0} | {import.Created:N0} / {import.Duplicates:N0} | {seconds:N1} |"
                + $" {(most - before) / 1048576.0:N0} MiB |"
        );
        if (import.State != ImportState.Completed || import.Failed > 0)
        {
            throw new InvalidOperationException($"The import ended as {import.State} with {import.Failed} refused rows: {import.Error}");
        }
    }
}
