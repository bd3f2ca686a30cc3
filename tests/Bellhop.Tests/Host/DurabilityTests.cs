using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Bellhop.Data;
using Bellhop.Tests.Features.Bookings;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Host;

public class DurabilityTests
{
    [Fact]
    public async Task Killed_during_a_load_every_acknowledged_booking_is_there_once()
    {
        using var place = Place.OnDisk();
        var key = await place.SetUp();
        var property = await Property(place);
        var acknowledged = new ConcurrentDictionary<string, string>();
        await using (var server = await BellhopProcess.Serve(place.Folder, "--urls", "http://127.0.0.1:0"))
        {
            using var client = server.Client(key);
            var load = Enumerable.Range(0, 8).Select(worker => Send(client, property, worker, acknowledged)).ToArray();
            await Until(acknowledged, 200, load);

            await server.Kill();
            await Task.WhenAll(load);
        }

        await using var again = await BellhopProcess.Serve(place.Folder, "--urls", "http://127.0.0.1:0");
        using var reader = again.Client(key);
        await using var db = new SqliteDb(SqliteDb.Options(Path.Combine(place.Folder, "data", "bellhop.db")));
        var stored = await db
            .Bookings.AsNoTracking()
            .Select(b => new
            {
                b.ExternalId,
                b.Id,
                b.ContactId,
            })
            .ToListAsync();
        stored.Select(b => b.ExternalId).ShouldBeUnique();
        acknowledged.Keys.ShouldBeSubsetOf(stored.Select(b => b.ExternalId!));
        stored.Count.ShouldBeLessThanOrEqualTo(acknowledged.Count + 8); // what was under way may have come through unheard
        (await db.Contacts.SumAsync(c => c.Bookings)).ShouldBe(stored.Count); // figures are of the same save

        foreach (var (externalId, id) in acknowledged.Take(20))
        {
            var sent = await (await reader.Post("/api/v1/bookings", Body(property, externalId))).Json(200); // the same again updates, and makes none
            sent["id"]!.GetValue<string>().ShouldBe(id);
        }
    }

    [Fact]
    public async Task A_backup_taken_while_guests_are_written_can_be_put_back()
    {
        using var place = Place.OnDisk();
        var key = await place.SetUp();
        var property = await Property(place);
        var acknowledged = new ConcurrentDictionary<string, string>();
        var before = 0;
        await using (var server = await BellhopProcess.Serve(place.Folder, "--urls", "http://127.0.0.1:0"))
        {
            using var client = server.Client(key);
            using var stop = new CancellationTokenSource();
            var load = Enumerable.Range(0, 4).Select(worker => Send(client, property, worker, acknowledged, stop.Token)).ToArray();
            await Until(acknowledged, 50, load);

            before = acknowledged.Count;
            var backup = await BellhopProcess.Run(place.Folder, "backup", "copy.db");
            backup.ShouldBe(new(0, backup.Out, ""));
            (await BellhopProcess.Run(place.Folder, "backup", "copy.db")).Code.ShouldBe(1);
            (await BellhopProcess.Run(place.Folder, "restore", "copy.db")).Error.ShouldContain("Another Bellhop serves");
            await stop.CancelAsync();
            await Task.WhenAll(load);
            (await server.Stop()).ShouldBe(0);
        }

        File.Exists(Path.Combine(place.Folder, "copy.db-wal")).ShouldBeFalse();
        await File.WriteAllTextAsync(Path.Combine(place.Folder, "letter.txt"), "not a database");
        (await BellhopProcess.Run(place.Folder, "restore", "letter.txt")).Error.ShouldContain("no Bellhop database");
        var restored = await BellhopProcess.Run(place.Folder, "restore", "copy.db");
        restored.ShouldBe(new(0, restored.Out, ""));

        Directory.GetFiles(Path.Combine(place.Folder, "data"), "bellhop-before-restore-*.db").ShouldHaveSingleItem();
        await using var again = await BellhopProcess.Serve(place.Folder, "--urls", "http://127.0.0.1:0");
        using var reader = again.Client(key);
        (await reader.GetStringAsync("/health/ready")).ShouldBe("Healthy");
        await using var db = new SqliteDb(SqliteDb.Options(Path.Combine(place.Folder, "data", "bellhop.db")));
        (await db.Bookings.CountAsync()).ShouldBeInRange(before, acknowledged.Count);
        (await db.Contacts.SumAsync(c => c.Bookings)).ShouldBe(await db.Bookings.CountAsync());
    }

    private static async Task Send(
        HttpClient client,
        Guid property,
        int worker,
        ConcurrentDictionary<string, string> acknowledged,
        CancellationToken stop = default
    )
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var externalId = $"W{worker}-{i}";
            try
            {
                using var answer = await client.Post("/api/v1/bookings", Body(property, externalId));
                acknowledged[externalId] = (await answer.Json(201))["id"]!.GetValue<string>();
            }
            catch (HttpRequestException)
            {
                return; // the server is gone
            }
        }
    }

    private static async Task Until(ConcurrentDictionary<string, string> acknowledged, int many, Task[] load)
    {
        for (var waited = 0; acknowledged.Count < many; waited++)
        {
            waited.ShouldBeLessThan(3000);
            if (load.FirstOrDefault(l => l.IsCompleted) is { } ended)
            {
                await ended;
            }

            await Task.Delay(20);
        }
    }

    private static JsonObject Body(Guid property, string externalId)
    {
        var body = ReceiveBookingTests.Body(property, externalId);
        body["guest"] = new JsonObject { ["name"] = "Guest " + externalId, ["email"] = externalId + "@guests.example" };
        return body;
    }

    private static async Task<Guid> Property(Place place)
    {
        await using var db = new SqliteDb(SqliteDb.Options(Path.Combine(place.Folder, "data", "bellhop.db")));
        return await db.Properties.Select(p => p.Id).SingleAsync();
    }
}
