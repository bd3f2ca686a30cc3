using System.Diagnostics;
using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Host;

/// <summary>The loader and the server as processes of their own, as <c>eng/load</c> runs them; both are killed on the way.</summary>
public class LoadTests
{
    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Server_and_loader_are_killed_on_the_way_and_the_guests_are_exactly_those_of_the_file(string engine)
    {
        await using var postgres = engine == "postgres" ? await TestDatabase.CreateNew(engine) : null;
        using var place = new Place();
        var (slice, rows, expected) = await TwoHotels.OneInTen(place.Folder);
        var on = new Dictionary<string, string> { ["ConnectionStrings__Postgres"] = postgres?.ConnectionString ?? "" };
        var key = await place.SetUp(postgres);
        BellhopDb Open() => postgres?.OpenElsewhere() ?? new SqliteDb(SqliteDb.Options(Path.Combine(place.Folder, "data", "bellhop.db")));

        var address = $"http://127.0.0.1:{Ports.Free()}";
        Task<BellhopProcess> Serve() => BellhopProcess.Serve(place.Folder, on, ["--urls", address]);
        var server = await Serve();
        try
        {
            using (var loader = Load(place.Folder, slice, address, key))
            {
                await Until(Open, rows / 3, loader);
                await server.Kill();
                await server.DisposeAsync();
                server = await Serve(); // the loader waits for it

                await Until(Open, 2 * rows / 3, loader);
                loader.Kill();
                await Wait.For(loader.WaitForExitAsync());
            }

            using var again = Load(place.Folder, slice, address, key);
            var said = again.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await Wait.For(said);
            await Wait.For(again.WaitForExitAsync());
            again.ExitCode.ShouldBe(0, await said);
            (await said).ShouldContain("sent by an earlier run"); // it went on, and did not begin anew
            (await said).ShouldContain(" 0 refused");
            File.Exists(slice + ".place").ShouldBeFalse();

            await using var db = Open();
            (await db.Bookings.Select(b => b.ExternalId).Distinct().CountAsync(), await db.Bookings.CountAsync()).ShouldBe((rows, rows));
            var guests = await TwoHotels.GuestsOf(db);
            guests.Except(expected).ShouldBeEmpty();
            guests.Count.ShouldBe(expected.Count);
            (await BellhopProcess.Run(place.Folder, on, ["doctor"])).Code.ShouldBe(0);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static Process Load(string folder, string file, string address, string key)
    {
        var loader = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [Path.Combine(AppContext.BaseDirectory, "Bellhop.Benchmarks.dll"), "load", file, "--url", address, "--key", key]
            )
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        loader.BeginErrorReadLine(); // its progress bar
        return loader;
    }

    private static async Task Until(Func<BellhopDb> open, int many, Process loader)
    {
        var late = Stopwatch.StartNew();
        await using var db = open();
        while (await db.Bookings.CountAsync() < many)
        {
            loader.HasExited.ShouldBeFalse("there was nothing left to kill");
            late.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(3));
            await Task.Delay(20);
        }
    }
}
