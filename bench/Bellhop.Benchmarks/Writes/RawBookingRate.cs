using System.Diagnostics;
using Bellhop.Benchmarks.Contacts;

namespace Bellhop.Benchmarks.Writes;

/// <summary>The raw statements' own rate.</summary>
internal static class RawBookingRate
{
    /// <summary>Bookings a second with one commit each, and, where the database has one writer, with several to a commit.</summary>
    public static async Task<(double Single, double? Grouped)> Rates(BenchDatabase town, int many, int clients)
    {
        var next = new NewBookings(town);
        if (town.Postgres is null)
        {
            await using var db = town.Open();
            var raw = new RawGuestWrites(db, town);
            await Some(raw, next, many / 4, 1);
            var single = await Some(raw, next, many, 1);
            return (single, await Some(raw, next, many, clients));
        }

        await Each(town, next, many / 4, clients);
        return (await Each(town, next, many, clients), null);
    }

    private static async Task<double> Some(RawGuestWrites raw, NewBookings next, int many, int toCommit)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < many; i += toCommit)
        {
            await raw.Book([.. Enumerable.Range(0, toCommit).Select(_ => next.Next())]);
        }

        return many / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> Each(BenchDatabase town, NewBookings next, int many, int clients)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, clients)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        await using var db = town.Open();
                        await Some(new RawGuestWrites(db, town), next, many / clients, 1);
                    })
                )
        );
        return many / clock.Elapsed.TotalSeconds;
    }
}
