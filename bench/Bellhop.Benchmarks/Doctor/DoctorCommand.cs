using System.Diagnostics;
using System.Globalization;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Data;
using Bellhop.Features.Doctor;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Benchmarks.Doctor;

/// <summary>
/// <c>doctor [--engine sqlite|postgres] [--guests N]</c>: the proof of every figure, against one raw reading of each table it goes by.
/// </summary>
internal static class DoctorCommand
{
    private const string Guests = "75890";
    private const int Rounds = 3;

    private static readonly string[] Tables =
    [
        "contacts",
        "contact_at",
        "bookings",
        "touches",
        "reviews",
        "contact_tags",
        "identities",
        "counters",
    ];

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        await Console.Out.WriteLineAsync(
            $"""
            # The doctor

            Seconds, minimum / median of {Rounds} rounds in turn. *One reading* is every column of every row of the tables that the figures
            follow from, read once by the raw driver.

            | engine | bookings | guests | differences | doctor | one reading | load before |
            |---|---|---|---|---|---|---|
            """
        );
        foreach (var engine in options.Engines)
        {
            await Measure(await Town.Make(engine, int.Parse(options["--guests"] ?? Guests, CultureInfo.InvariantCulture)));
        }

        return 0;
    }

    private static async Task Measure(Town town)
    {
        await using var db = town.Open();
        var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
        var (ours, hand, found) = (new List<double>(), new List<double>(), 0);
        for (var i = 0; i < Rounds; i++)
        {
            var clock = Stopwatch.StartNew();
            found = 0;
            await foreach (var difference in CheckFigures.Run(new(), Actor.System(1), db, default))
            {
                if (found++ < 5)
                {
                    await Console.Error.WriteLineAsync(difference.ToString());
                }
            }

            ours.Add(clock.Elapsed.TotalSeconds);
            clock.Restart();
            await Read(town);
            hand.Add(clock.Elapsed.TotalSeconds);
        }

        var (bookings, guests) = (await db.Bookings.CountAsync(), await db.Contacts.CountAsync());
        var counts = string.Create(CultureInfo.InvariantCulture, $"{bookings:N0} | {guests:N0} | {found}");
        await Console.Out.WriteLineAsync($"| {town.Engine} | {counts} | {Show(ours)} | {Show(hand)} | {load} |");
    }

    private static string Show(List<double> seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds.Min():N1} / {seconds.Order().ElementAt(Rounds / 2):N1}");

    private static async Task Read(Town town)
    {
        await using var raw = town.Connect();
        await raw.OpenAsync();
        foreach (var table in Tables)
        {
            await using var command = raw.CreateCommand();
            command.CommandText = "SELECT * FROM " + table;
            await using var row = await command.ExecuteReaderAsync();
            var values = new object[row.FieldCount];
            while (await row.ReadAsync())
            {
                row.GetValues(values);
            }
        }
    }
}
