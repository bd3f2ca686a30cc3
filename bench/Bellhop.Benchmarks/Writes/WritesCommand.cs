using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Benchmarks.Writes;

/// <summary>
/// <c>writes [--engine sqlite|postgres] [--size N,…] [--properties 1] [--bookings N] [--profile] [--phases N]</c>: what a booking of a
/// new guest, a contact and a row of an import write, how many of them a second eight clients get through, and where the time of one goes.
/// The town has two properties, or one. <c>--phases</c> measures nothing but where the time of a booking goes.
/// </summary>
internal static class WritesCommand
{
    private const int Clients = 8;

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        await Console.Out.WriteLineAsync(
            $"""
            # Writes

            A booking of a guest whom nobody knows, with phone, e-mail and outside key. Pages are frames of SQLite's log: one
            client, no checkpoint; of PostgreSQL it is the bytes of its log. By hand: the same rows by prepared statements on the
            raw driver, one commit each, on one connection (SQLite) or {Clients} (PostgreSQL); *grouped* is {Clients} to a commit.
            """
        );
        var bookings = int.Parse(options["--bookings"] ?? "2000", CultureInfo.InvariantCulture);
        foreach (var engine in options.Engines)
        {
            foreach (var size in (options["--size"] ?? "20000,100000").Split(','))
            {
                var town = await BenchDatabase.Make(
                    engine,
                    int.Parse(size, CultureInfo.InvariantCulture),
                    options["--properties"] == "1" ? 1 : 2
                );
                await Console.Out.WriteLineAsync(
                    $"\n## {engine}, {town.Size:N0} contacts, {town.Properties.Length} properties, load {await Load()}\n"
                );
                if (options["--phases"] is { } many)
                {
                    await BookingPhases.Run(town, int.Parse(many, CultureInfo.InvariantCulture));
                    continue;
                }

                await Pages(town);
                if (args.Contains("--profile"))
                {
                    await BookingPhases.Run(town, 500);
                }

                await Rates(town, bookings);
            }
        }

        return 0;
    }

    private static async Task Pages(BenchDatabase town)
    {
        const int many = 200;
        await using var services = Services(town);
        var (dbs, next, who) = (services.GetRequiredService<IDbContextFactory<BellhopDb>>(), new NewBookings(town), Actor.System(1));
        await Line("booking of a new guest", () => Book(dbs, next, who));
        await Line(
            "booking of a known guest",
            async () =>
            {
                await using var db = await dbs.CreateDbContextAsync();
                await ReceiveBooking.Run(next.Again(), who, db, default);
            }
        );
        await Line(
            "contact",
            async () =>
            {
                await using var db = await dbs.CreateDbContextAsync();
                var booking = next.Next();
                await AddContact.Run(
                    new(booking.Guest.Phone!, town.Properties[0], booking.Guest.Name, booking.Guest.Email),
                    who,
                    db,
                    default
                );
            }
        );

        var rate = 0.0;
        await Written(town, "row of an import", ImportedRows.Many, async () => rate = await ImportedRows.Import(town));
        await Console.Out.WriteLineAsync($"{rate:N0} rows a second.\n");

        async Task Line(string what, Func<Task> once)
        {
            await Times(20, once);
            await Written(town, what, many, () => Times(many, once));
        }
    }

    /// <summary>Says what some work writes to the database's log for each of its rows.</summary>
    private static async Task Written(BenchDatabase town, string what, int many, Func<Task> work)
    {
        if (town.Postgres is not null)
        {
            var before = await LogEnd(town);
            await work();
            await Console.Out.WriteLineAsync($"**{what}: {(await LogEnd(town) - before) / many / 1024.0:0.0} KiB of log**\n");
            return;
        }

        using var pages = WalPages.Watch(Path.Combine(town.Folder, "bellhop.db"));
        await work();
        var (frames, bytes, byName) = pages.Written();
        await Console.Out.WriteLineAsync(
            $"**{what}: {frames / (double)many:0.0} pages, {bytes / many / 1024.0:0.0} KiB**\n\n| table or index | pages |\n|---|---|"
        );
        foreach (var (name, some) in byName.Where(n => n.Frames * 20 >= many))
        {
            await Console.Out.WriteLineAsync($"| {name} | {some / (double)many:0.00} |");
        }

        await Console.Out.WriteLineAsync();
    }

    private static async Task Rates(BenchDatabase town, int many)
    {
        var (hand, grouped) = await RawBookingRate.Rates(town, many, Clients);
        await Console.Out.WriteLineAsync("| | a second | p50 ms | p99 ms |\n|---|---|---|---|");
        await Console.Out.WriteLineAsync($"| by hand, one commit each | {hand:N0} | | |");
        if (grouped is { } rate)
        {
            await Console.Out.WriteLineAsync($"| by hand, grouped | {rate:N0} | | |");
        }

        await using (var services = Services(town))
        {
            var (dbs, next, who) = (services.GetRequiredService<IDbContextFactory<BellhopDb>>(), new NewBookings(town), Actor.System(1));
            await Rate("use case, 1 writer", 1, many / 4, _ => Book(dbs, next, who));
            await Rate($"use case, {Clients} writers", Clients, many, _ => Book(dbs, next, who));
        }

        var (ours, more) = (await RunningBellhop.Start(town), new NewBookings(town));
        await Rate($"POST /bookings, {Clients} clients", Clients, many, _ => Post());
        await Console.Out.WriteLineAsync($"\nLoad afterwards {await Load()}.");

        async Task Post()
        {
            using var answer = await ours.Client.PostAsJsonAsync("/api/v1/bookings", Body(more.Next()));
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task Rate(string what, int clients, int many, Func<int, Task> once)
    {
        await Each(clients, many / 4, once, null);
        var took = new double[many];
        var clock = Stopwatch.StartNew();
        await Each(clients, many, once, took);
        var rate = many / clock.Elapsed.TotalSeconds;
        Array.Sort(took);
        await Console.Out.WriteLineAsync($"| {what} | {rate:N0} | {took[many / 2]:0.0} | {took[many * 99 / 100]:0.0} |");
    }

    private static Task Each(int clients, int many, Func<int, Task> once, double[]? took) =>
        Parallel.ForAsync(
            0,
            many,
            new ParallelOptions { MaxDegreeOfParallelism = clients },
            async (i, _) =>
            {
                var start = Stopwatch.GetTimestamp();
                await once(i);
                took?[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        );

    private static async Task Times(int many, Func<Task> once)
    {
        for (var i = 0; i < many; i++)
        {
            await once();
        }
    }

    internal static async Task Book(IDbContextFactory<BellhopDb> dbs, NewBookings next, Actor who)
    {
        await using var db = await dbs.CreateDbContextAsync();
        await ReceiveBooking.Run(next.Next(), who, db, default);
    }

    private static object Body(ReceiveBooking.Input booking) =>
        new
        {
            propertyId = booking.PropertyId,
            source = booking.Source,
            status = booking.Status,
            arrival = booking.Arrival,
            departure = booking.Departure,
            total = new { amount = booking.Total.Amount, currency = booking.Total.Currency },
            guest = new
            {
                name = booking.Guest.Name,
                phone = booking.Guest.Phone,
                email = booking.Guest.Email,
            },
            externalId = booking.ExternalId,
            reference = booking.Reference,
        };

    internal static ServiceProvider Services(BenchDatabase town)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddBellhopDb(town.Postgres, Path.Combine(town.Folder, "bellhop.db"))
            .BuildServiceProvider();
        services.GetRequiredService<DbHost>().Serves = true; // a process that does not leaves its mark with every commit
        return services;
    }

    private static async Task<double> LogEnd(BenchDatabase town)
    {
        await using var db = town.Open();
        await using var command = await db.Sql("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8", default);
        return (double)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string> Load() => (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
}
