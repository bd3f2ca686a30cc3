using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Export;
using Bellhop.Platform;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>
/// <c>export [--engine sqlite|postgres] [--size N,…] [--rounds N]</c>: the whole list over HTTP against the same rows read raw: by COPY on
/// PostgreSQL, by the bare driver, every column, on SQLite.
/// </summary>
internal static class ExportCommand
{
    private const int Buffer = 64 * 1024;

    // The file's own columns, in one query without parameters, as a person with a query window would ask for them.
    private static readonly string Select =
        "SELECT "
        + string.Join(", ", ExportColumns.Usual.Select(Raw))
        + " FROM contacts c JOIN properties p ON p.organization_id = 1 AND p.id = c.property_id WHERE c.organization_id = 1"
        + " ORDER BY c.created_at DESC, c.id DESC";

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var rounds = int.Parse(options["--rounds"] ?? "5", CultureInfo.InvariantCulture);
        await Console.Out.WriteLineAsync(
            $"# The list as a file\n\nAll guests, every column, newest first, over HTTP; minimum / median of {rounds} rounds "
                + "in turn with the raw reading of the same rows: `COPY (SELECT …) TO STDOUT (FORMAT csv)` on PostgreSQL, the "
                + "bare driver reading every column on SQLite. "
                + "Consents for half of the guests. First byte: until the first bytes of the body are here. Memory: the most "
                + "that the process's own memory (a mapped database file is the system's) grew while files were sent over what "
                + "it was after one of twenty guests (client and server are one process here).\n\n"
                + "| engine | guests | load | rows/s | raw rows/s | ours ÷ raw (rate) | first byte, ms | MiB over idle |\n|---|"
                + "---|---|---|---|---|---|---|"
        );
        foreach (var engine in options.Engines)
        {
            foreach (var size in (options["--size"] ?? "100000,1000000").Split(','))
            {
                await Measure(await BenchDatabase.Make(engine, int.Parse(size, CultureInfo.InvariantCulture)), rounds);
            }
        }

        var writing = (await Comparison.Run(ByHand, ByLibrary, rounds, warm: 1)).Cells().Split(" | ");
        await Console.Out.WriteLineAsync(
            $"\nWriting alone, a million rows of fourteen texts, in turn, µs: ours {writing[0]}, CsvHelper's writer "
                + $"{writing[1]}, ratio {writing[2]}."
        );
        return 0;
    }

    private static string Raw(ExportColumn column) =>
        column == PropertyField.Column.Csv
            ? "p.name"
            : column.Sql?.Replace("f.", "c.", StringComparison.Ordinal).Replace("@organization", "1", StringComparison.Ordinal) ?? "'EUR'";

    private static readonly string[] Cells =
    [
        "Inês \"Nini\" Tavares",
        "+351912345678",
        "ines.tavares@example.org",
        "VIP, Late arrival",
        "Harbour",
        "BookingCom",
        "2026-03",
        "12",
        "1234.50",
        "EUR",
        "2026-03-01",
        "5",
        "yes",
        "",
    ];

    private static Task ByHand()
    {
        var csv = new CsvBytes();
        for (var i = 0; i < 1_000_000; i++)
        {
            foreach (var cell in Cells)
            {
                csv.Text(cell);
            }

            csv.EndRow();
            if (csv.Length > Buffer / 2)
            {
                csv.Clear();
            }
        }

        return Task.CompletedTask;
    }

    private static Task ByLibrary()
    {
        using var csv = CsvWriter.Create(Stream.Null);
        for (var i = 0; i < 1_000_000; i++)
        {
            foreach (var cell in Cells)
            {
                csv.WriteField(cell);
            }

            csv.EndRecord();
        }

        return Task.CompletedTask;
    }

    private static async Task Measure(BenchDatabase town, int rounds)
    {
        await Agree(town);
        int size; // other benchmarks add guests of their own
        await using (var db = town.Open())
        {
            size = await db.Contacts.CountAsync();
        }

        var ours = await RunningBellhop.Start(town);
        await using var raw = town.Connect();
        await raw.OpenAsync();
        await ours.Client.GetStringAsync($"/api/v1/contacts/export?q={GuestGenerator.RareName}");
        var idle = Idle();
        var most = idle;
        using var watching = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (!watching.IsCancellationRequested)
            {
                most = Math.Max(most, OwnMemory.Now());
                await Task.Delay(20);
            }
        });
        var (mine, first) = (new double[rounds], new double[rounds]);
        for (var i = 0; i < rounds; i++)
        {
            (mine[i], first[i]) = await Fetch(ours.Client, size);
        }

        await watching.CancelAsync();
        await watch;
        var theirs = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            theirs[i] = await Read(raw, size);
            (mine[i], first[i]) = await Fetch(ours.Client, size);
        }

        var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
        var ratios = mine.Zip(theirs, (a, b) => b / a).ToArray();
        await Console.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {town.Engine} | {town.Size:N0} | {load} | {size / mine.Min():N0} / {size / Comparison.Median(mine):N0} |"
                    + $" {size / theirs.Min():N0} / {size / Comparison.Median(theirs):N0} |"
                    + $" {theirs.Min() / mine.Min():0.00} / {Comparison.Median(ratios):0.00} |"
                    + $" {1000 * first.Min():0.0} / {1000 * Comparison.Median(first):0.0} | {(most - idle) / 1048576.0:0.0} |"
            )
        );
    }

    /// <summary>Half of the guests have said something to one channel or the other.</summary>
    private static async Task Agree(BenchDatabase town)
    {
        await using var raw = town.Connect();
        await raw.OpenAsync();
        await using var command = raw.CreateCommand();
        command.CommandTimeout = 3600;
        command.CommandText =
            "INSERT INTO consents (organization_id, contact_id, channel, granted, at, source) "
            + "SELECT 1, id, CASE WHEN bookings > 1 THEN 'Email' ELSE 'WhatsApp' END, bookings <> 2, created_at, 'Website' "
            + "FROM contacts WHERE organization_id = 1 AND name_key < 'l' ON CONFLICT DO NOTHING";
        await command.ExecuteNonQueryAsync();
        command.CommandText = "ANALYZE consents";
        await command.ExecuteNonQueryAsync();
    }

    private static long Idle()
    {
        GC.Collect();
        return OwnMemory.Now();
    }

    private static async Task<(double Seconds, double First)> Fetch(HttpClient client, int rows)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync("/api/v1/contacts/export", HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync();
        var (buffer, lines) = (new byte[Buffer], -1L);
        var read = await body.ReadAsync(buffer);
        var first = Stopwatch.GetElapsedTime(start).TotalSeconds;
        for (; read > 0; read = await body.ReadAsync(buffer))
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        return lines == rows
            ? (Stopwatch.GetElapsedTime(start).TotalSeconds, first)
            : throw new InvalidOperationException($"{lines} rows came instead of {rows}.");
    }

    private static async Task<double> Read(DbConnection raw, int rows)
    {
        var start = Stopwatch.GetTimestamp();
        var lines = 0L;
        if (raw is NpgsqlConnection postgres)
        {
            await using (var unhurried = new NpgsqlCommand("SET statement_timeout = 0", postgres))
            {
                await unhurried.ExecuteNonQueryAsync();
            }

            using var copy = await postgres.BeginTextExportAsync($"COPY ({Select}) TO STDOUT (FORMAT csv)");
            var buffer = new char[Buffer];
            for (var read = await copy.ReadAsync(buffer); read > 0; read = await copy.ReadAsync(buffer))
            {
                lines += buffer.AsSpan(0, read).Count('\n');
            }
        }
        else
        {
            await using var command = raw.CreateCommand();
            command.CommandText = Select;
            await using var row = await command.ExecuteReaderAsync();
            var values = new object[row.FieldCount];
            while (await row.ReadAsync())
            {
                row.GetValues(values);
                lines++;
            }
        }

        return lines == rows
            ? Stopwatch.GetElapsedTime(start).TotalSeconds
            : throw new InvalidOperationException($"{lines} rows were read instead of {rows}.");
    }
}
