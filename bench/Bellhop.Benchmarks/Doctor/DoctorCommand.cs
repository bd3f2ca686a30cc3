using System.Diagnostics;
using System.Globalization;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Data;
using Bellhop.Features.Doctor;
using Bellhop.Features.Intake;
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
            follow from, read once by the raw driver. *Own time* is what the doctor's process computed, the server's time not in it.

            | engine | bookings | guests | differences | doctor | own time | one reading | load before |
            |---|---|---|---|---|---|---|---|
            """
        );
        foreach (var engine in options.Engines)
        {
            await Measure(await BenchDatabase.Make(engine, int.Parse(options["--guests"] ?? Guests, CultureInfo.InvariantCulture)));
        }

        return 0;
    }

    private static async Task Measure(BenchDatabase town)
    {
        await using var db = town.Open();
        await Touch(db);
        var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
        var (ours, own, hand, found) = (new List<double>(), new List<double>(), new List<double>(), 0);
        for (var i = 0; i < Rounds; i++)
        {
            var (clock, spent) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            found = 0;
            await foreach (var difference in CheckFigures.Run(new(), Actor.System(1), db, default))
            {
                if (found++ < 5)
                {
                    await Console.Error.WriteLineAsync(difference.ToString());
                }
            }

            ours.Add(clock.Elapsed.TotalSeconds);
            own.Add((Environment.CpuUsage.TotalTime - spent).TotalSeconds);
            clock.Restart();
            await Read(town);
            hand.Add(clock.Elapsed.TotalSeconds);
        }

        var (bookings, guests) = (await db.Bookings.CountAsync(), await db.Contacts.CountAsync());
        var counts = string.Create(CultureInfo.InvariantCulture, $"{bookings:N0} | {guests:N0} | {found}");
        await Console.Out.WriteLineAsync($"| {town.Engine} | {counts} | {Show(ours)} | {Show(own)} | {Show(hand)} | {load} |");
    }

    /// <summary>The generator makes no touches; each guest gets one at every property it is known to.</summary>
    private static async Task Touch(BellhopDb db)
    {
        if (await db.Touches.AnyAsync())
        {
            return;
        }

        var places = await db.ContactsAtProperty.AsNoTracking().OrderBy(a => a.ContactId).ToListAsync();
        foreach (var some in places.Chunk(20_000))
        {
            await db.Save(() =>
                db.InsertWithoutFollowers(
                    [
                        .. some.Select(a => new Touch
                        {
                            OrganizationId = a.OrganizationId,
                            ContactId = a.ContactId,
                            PropertyId = a.PropertyId,
                            Source = a.Source,
                            At = a.CreatedAt,
                        }),
                    ],
                    default
                )
            );
        }
    }

    private static string Show(List<double> seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds.Min():N1} / {seconds.Order().ElementAt(Rounds / 2):N1}");

    private static async Task Read(BenchDatabase town)
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
