using System.Text.Json.Nodes;
using Bellhop.Features.ChannelManagers;
using Bellhop.Tests.Features.Channels;
using Bellhop.Tests.Features.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.ChannelManagers;

/// <summary>A channel manager whose webhook only says that something changed is asked for it.</summary>
public class PullingTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_trigger_brings_the_feed_and_each_revision_is_acknowledged_once_it_is_kept(string engine)
    {
        await using var app = await TestApp.StartNew(engine, null, ("Outside:AllowedNetworks", "127.0.0.0/8"));
        var house = await SendingHouse.Open(app);
        var feed = FeedOf("new", "modified", "cancelled");
        await Pull(house, feed);

        await house.Take("""{"event":"booking","property_id":"1","timestamp":"2026-10-01T00:00:00Z"}""");

        await Wait.Until(() => TestProviders.Shared.Managers.IsDone(feed));

        TestProviders.Shared.Managers.Acknowledged(feed).ShouldBe(["revision-0", "revision-1", "revision-2"]);
        (await house.Bookings()).ShouldHaveSingleItem()["status"]!.GetValue<string>().ShouldBe("Cancelled");
        (await house.Contacts()).ShouldHaveSingleItem();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_trigger_of_apaleo_asks_nobody(string engine)
    {
        await using var app = await TestApp.StartNew(engine, null, ("Outside:AllowedNetworks", "127.0.0.0/8"));
        var house = await SendingHouse.Open(app);
        var feed = FeedOf("new");
        await Pull(house, feed);

        await house.Take("""{"topic":"Reservation","type":"changed","propertyId":"MUC","data":{"entityId":"XPGMSXGF-1"},"timestamp":1}""");

        await using var db = app.Open();
        (await db.Jobs.AnyAsync(j => j.Kind == PullReservations.Kind)).ShouldBeFalse("the feed is Channex's");
        TestProviders.Shared.Managers.Acknowledged(feed).ShouldBeEmpty();
    }

    private static async Task Pull(SendingHouse house, string feed) =>
        (
            await house.Client.Post(
                $"/api/v1/connections/{house.Connection}/rotations",
                new JsonObject
                {
                    ["secrets"] = new JsonObject
                    {
                        ["baseUrl"] = $"{TestProviders.Shared.Address}/manager/{feed}/api/v1",
                        ["apiKey"] = "feed-key",
                    },
                }
            )
        ).EnsureSuccessStatusCode();

    /// <summary>A channel manager at the stand-in whose feed has these messages.</summary>
    private static string FeedOf(params string[] messages)
    {
        var id = Guid.CreateVersion7().ToString("N");
        TestProviders.Shared.Managers.Connect(new(id, "The channel manager", "http://127.0.0.1:1/", "feed-key"));
        foreach (var (message, i) in messages.Select((m, i) => (m, i)))
        {
            var revision = JsonNode.Parse(ReservationCase.Of($"channex_bookingcom_{message}.json").Bytes)!["data"]!.DeepClone();
            revision["type"] = "booking_revision";
            revision["attributes"]!["revision_id"] = $"revision-{i}";
            TestProviders.Shared.Managers.Feed(id, $"revision-{i}", revision);
        }

        return id;
    }
}
