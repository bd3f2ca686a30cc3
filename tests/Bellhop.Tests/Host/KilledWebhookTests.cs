using System.Text.Json.Nodes;
using Bellhop.Data;
using Bellhop.Platform.Web;
using Bellhop.Tests.Features.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Host;

/// <summary>A server that is killed as by a power cut while it takes guests in and tells of them.</summary>
public class KilledWebhookTests
{
    private const int Guests = 120;

    /// <summary>The receiver takes so many, and then it is silent until the server is dead.</summary>
    private const int Taken = 20;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Everything_that_was_answered_is_told_after_the_next_start(string engine)
    {
        await using var postgres = engine == "postgres" ? await TestDatabase.CreateNew(engine) : null;
        await using var receiver = await Receiver.Start();
        using var place = Place.OnDisk();
        var on = new Dictionary<string, string>
        {
            ["ConnectionStrings__Postgres"] = postgres?.ConnectionString ?? "",
            [OutsideHttp.NetworksSetting.Replace(":", "__", StringComparison.Ordinal)] = "127.0.0.0/8",
        };
        var key = await place.SetUp(postgres);
        var answered = new List<Guid>();
        var hold = new TaskCompletionSource();
        receiver.Answer = _ => receiver.Calls.Count > Taken ? hold.Task : Task.CompletedTask;
        await using (var server = await BellhopProcess.Serve(place.Folder, on, ["--urls", "http://127.0.0.1:0"]))
        {
            using var client = server.Client(key);
            var property = (await client.GetFromJson("/api/v1/properties"))["items"]![0]!["id"]!.GetValue<Guid>();
            var endpoint = new JsonObject { ["url"] = receiver.Url, ["events"] = new JsonArray("contact.created") };
            await (await client.Post("/api/v1/webhook-endpoints", endpoint)).Json(201);
            for (var i = 0; i < Guests; i++)
            {
                var guest = new JsonObject { ["phone"] = $"+351912345{i:000}", ["propertyId"] = property.ToString() };
                answered.Add((await (await client.Post("/api/v1/contacts", guest)).Json(201))["id"]!.GetValue<Guid>());
            }

            await Wait.Until(() => receiver.Calls.Count > Taken);
            await server.Kill();
        }

        var unanswered = receiver.Calls.Count - Taken; // more than one where the machine is so slow that the server gave a call up
        hold.SetResult();
        receiver.Answer = _ => Task.CompletedTask;

        await using (
            BellhopDb db = postgres?.OpenElsewhere() ?? new SqliteDb(SqliteDb.Options(Path.Combine(place.Folder, "data", "bellhop.db")))
        )
        {
            if (engine == "postgres")
            {
                // Another of many processes might call the endpoint, so that its lease is waited for; the test has not the minute.
                await db.WebhookEndpoints.ExecuteUpdateAsync(set => set.SetProperty(e => e.LeasedUntil, db.Now.AddSeconds(-1)));
            }
        }

        await using var again = await BellhopProcess.Serve(place.Folder, on, ["--urls", "http://127.0.0.1:0"]);
        await Wait.Until(() => receiver.News.Select(n => n.Id).Distinct().Count() == Guests);

        receiver.News.Select(n => n.Id).Distinct().ShouldBe(answered, ignoreOrder: true);
        receiver.Calls.Count.ShouldBeInRange(Guests, Guests + unanswered, "only a call without an answer comes twice");
        receiver.Calls.Skip(Taken).Select(c => c.Id).Intersect(receiver.Calls.Take(Taken).Select(c => c.Id)).ShouldBeEmpty();
        receiver.Calls.Select(c => c.Id).Distinct().Count().ShouldBe(Guests);
    }
}
