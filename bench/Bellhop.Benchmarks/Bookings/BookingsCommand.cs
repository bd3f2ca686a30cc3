using System.Data.Common;
using System.Globalization;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Benchmarks.Bookings;

/// <summary>
/// <c>bookings [--engine sqlite|postgres] [--guests N]</c>: the first page of the bookings list under each filter, and the count beside it,
/// against the query one would write by hand.
/// </summary>
internal static class BookingsCommand
{
    private const string Guests = "75890";

    // The rare status and the rare source are in twice as many bookings, at any size; both at once in as many.
    private const int Rare = 20;

    private static readonly TimeSpan Compiled = TimeSpan.FromSeconds(3); // the runtime compiles what runs often anew, in the background

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        await Console.Out.WriteLineAsync(
            $"""
            # The bookings list

            Microseconds, minimum / median of 100 rounds in turn. *By hand* is the same page, prepared on the raw driver, every
            column of every row read; R is ours ÷ by hand, of the minima / median of the rounds' own ratios. A rare status or
            source is one that {2 * Rare} bookings have, the oldest.
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
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddDataProtection()
            .Services.AddBellhopDb(town.Postgres, Path.Combine(town.Folder, "bellhop.db"))
            .BuildServiceProvider();
        var (dbs, cursors, who) = (
            services.GetRequiredService<IDbContextFactory<BellhopDb>>(),
            new Cursors(services.GetRequiredService<IDataProtectionProvider>(), TimeProvider.System),
            Actor.System(1)
        );
        await using var forms = town.Open();
        await SeeToRare(forms);
        await using var raw = town.Connect();
        await raw.OpenAsync();
        await Console.Out.WriteLineAsync(
            $"\n## {town.Engine}, {await forms.Bookings.CountAsync():N0} bookings, load {await Load()}\n\n| bookings | ours |"
                + " by hand | R |\n|---|---|---|---|"
        );
        var one = town.Properties[0];
        foreach (
            var (name, filter, where) in new (string, BookingFilter, string)[]
            {
                ("all", BookingFilter.None, ""),
                ("of one property", new(PropertyIds: [one]), " AND b.property_id = @property"),
                ("of a common status", new(Statuses: [BookingStatus.Completed]), " AND b.status = 'Completed'"),
                ("of a rare status", new(Statuses: [BookingStatus.NoShow]), " AND b.status = 'NoShow'"),
                ("from a common source", new(Sources: [Source.BookingCom]), " AND b.source = 'BookingCom'"),
                ("from a rare source", new(Sources: [Source.Corporate]), " AND b.source = 'Corporate'"),
                (
                    "from a rare source, of one property",
                    new(PropertyIds: [one], Sources: [Source.Corporate]),
                    " AND b.property_id = @property AND b.source = 'Corporate'"
                ),
                (
                    "from a common source, of a rare status",
                    new(Statuses: [BookingStatus.NoShow], Sources: [Source.BookingCom]),
                    " AND b.source = 'BookingCom' AND b.status = 'NoShow'"
                ),
                (
                    "from a rare source, of a common status",
                    new(Statuses: [BookingStatus.Completed], Sources: [Source.Corporate]),
                    " AND b.source = 'Corporate' AND b.status = 'Completed'"
                ),
                (
                    "from two sources, of two statuses",
                    new(Statuses: [BookingStatus.Completed, BookingStatus.NoShow], Sources: [Source.BookingCom, Source.Corporate]),
                    " AND b.source IN ('BookingCom', 'Corporate') AND b.status IN ('Completed', 'NoShow')"
                ),
            }
        )
        {
            await Line(
                name,
                async () =>
                {
                    await using var db = await dbs.CreateDbContextAsync();
                    await ListBookings.Run(new(filter, new()), who, db, cursors, default);
                },
                $"SELECT {BookingSql.Columns}, p.name "
                    + $"FROM {(name.Contains("from a rare", StringComparison.Ordinal) ? Found(where) : "bookings")} b "
                    + "JOIN properties p ON p.organization_id = b.organization_id AND p.id = b.property_id "
                    + $"WHERE b.organization_id = 1{where} ORDER BY b.arrival DESC, b.id DESC LIMIT 26"
            );
            await Line(
                $"their number, {name}",
                async () =>
                {
                    await using var db = await dbs.CreateDbContextAsync();
                    await CountBookings.Run(filter, who, db, default);
                },
                $"SELECT count(*) FROM (SELECT 1 FROM bookings b WHERE b.organization_id = 1{where} LIMIT 10001) m"
            );
        }

        await Console.Out.WriteLineAsync($"\nLoad afterwards {await Load()}.");

        async Task Line(string name, Func<Task> ours, string hand)
        {
            await using var command = raw.CreateCommand();
            command.CommandText = hand;
            command.With("property", forms.Stored(one));
            await command.PrepareAsync();
            await Console.Out.WriteLineAsync($"| {name} | {(await Comparison.Run(ours, () => Read(command), least: Compiled)).Cells()} |");
        }
    }

    // The few first and then their order: left to itself the planner walks past all the others.
    private static string Found(string where) => $"(SELECT * FROM bookings b WHERE b.organization_id = 1{where} LIMIT 10001)";

    /// <summary>The generator makes neither: the oldest few get them, in the way a save would write them.</summary>
    private static async Task SeeToRare(BellhopDb db)
    {
        if (await db.Bookings.AnyAsync(b => b.OrganizationId == 1 && b.Source == Source.Corporate))
        {
            return;
        }

        await db.Arrange(async () =>
        {
            var oldest = await db
                .Bookings.Where(b => b.OrganizationId == 1)
                .OrderBy(b => b.Arrival)
                .ThenBy(b => b.Id)
                .Take(3 * Rare)
                .ToListAsync();
            foreach (var (booking, i) in oldest.Select((b, i) => (b, i)))
            {
                var (source, status) =
                    i < Rare ? (Source.Corporate, booking.Status)
                    : i < 2 * Rare ? (Source.BookingCom, BookingStatus.NoShow)
                    : (Source.Corporate, BookingStatus.NoShow);
                db.Entry(booking).Property(b => b.Source).CurrentValue = source;
                booking.Status = status;
            }
        });
    }

    private static async Task<string> Load() => (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];

    private static async Task Read(DbCommand command)
    {
        await using var row = await command.ExecuteReaderAsync();
        var values = new object[row.FieldCount];
        while (await row.ReadAsync())
        {
            row.GetValues(values);
        }
    }
}
