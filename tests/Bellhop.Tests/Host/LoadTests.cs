extern alias benches;

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Bellhop.Data;
using Bellhop.Platform;
using benches::Bellhop.Benchmarks.Loading;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Host;

/// <summary>The loader and the server as processes of their own, as <c>eng/load</c> runs them; both are killed on the way.</summary>
public class LoadTests
{
    private const int OneIn = 10;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Server_and_loader_are_killed_on_the_way_and_the_guests_are_exactly_those_of_the_file(string engine)
    {
        var file = Cases.Path("c_bulk/derived_bookings_with_guests_19899.csv");
        await using var postgres = engine == "postgres" ? await TestDatabase.Create(engine) : null;
        using var place = new Place();
        var on = new Dictionary<string, string> { ["ConnectionStrings__Postgres"] = postgres?.ConnectionString ?? "" };
        (await BellhopProcess.Run(place.Folder, on, Commands.Setup("Sea Group", "data"))).Code.ShouldBe(0);
        var key = (await BellhopProcess.Run(place.Folder, on, ["api-key", "create", "--name", "load"])).Out.Trim();
        BellhopDb Open() => postgres?.OpenElsewhere() ?? new SqliteDb(SqliteDb.Options(Path.Combine(place.Folder, "data", "bellhop.db")));

        var slice = Path.Combine(place.Folder, "slice.csv");
        var (rows, phones) = await Slice(file, slice);
        var address = $"http://127.0.0.1:{FreePort()}";
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
                await loader.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            using var again = Load(place.Folder, slice, address, key);
            var said = await again.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await again.WaitForExitAsync(TestContext.Current.CancellationToken);
            again.ExitCode.ShouldBe(0, said);
            said.ShouldContain("sent by an earlier run"); // it went on, and did not begin anew
            said.ShouldContain(" 0 refused");
            File.Exists(slice + ".place").ShouldBeFalse();

            await using var db = Open();
            (await db.Bookings.Select(b => b.ExternalId).Distinct().CountAsync(), await db.Bookings.CountAsync()).ShouldBe((rows, rows));
            var guests = await BulkTests.Guests(db);
            var expected = BulkTests
                .Expected(Path.ChangeExtension(file, "expected_contacts.csv"))
                .Where(g => phones.Contains(g.Phone))
                .ToHashSet();
            guests.Except(expected).ShouldBeEmpty();
            guests.Count.ShouldBe(expected.Count);
            (await BellhopProcess.Run(place.Folder, on, ["doctor"])).Code.ShouldBe(0);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>Every booking of one guest in ten, as the file has them.</summary>
    private static async Task<(int Rows, HashSet<string> Phones)> Slice(string file, string to)
    {
        var lines = await File.ReadAllLinesAsync(file);
        var phones = new HashSet<string>(StringComparer.Ordinal);
        var kept = new List<string> { lines[0] };
        foreach (var row in BookingFile.Read(file))
        {
            var guest = row.Body["guest"]!;
            if (
                Phone.Parse(guest["phone"]?.GetValue<string>(), guest["country"]?.GetValue<string>()).E164 is { } phone
                && phone.Sum(c => c) % OneIn == 0
            )
            {
                phones.Add(phone);
                kept.Add(lines[row.Number]);
            }
        }

        await File.WriteAllLinesAsync(to, kept);
        return (kept.Count - 1, phones);
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
