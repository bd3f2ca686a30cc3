using Place = Bellhop.Tests.Host.Place;

namespace Bellhop.Tests.Features.ChannelManagers;

/// <summary>The server is killed while it takes reservations; the sender repeats each message until it is acknowledged.</summary>
public class KilledReservationTests
{
    private const int Messages = 6;
    private const int Each = 10;

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_sender_that_repeats_until_it_is_acknowledged_ends_with_each_reservation_once(string engine)
    {
        await using var postgres = engine == "postgres" ? await TestDatabase.CreateNew(engine) : null;
        using var place = new Place();
        await using var server = await SendingProcess.Start(place, postgres);
        var waiting = Enumerable.Range(0, Messages).ToDictionary(m => m, Message);
        for (var round = 0; round < TestSize.Of(40) && waiting.Count > 0; round++)
        {
            var sending = waiting.Select(async m => (m.Key, IsKept: await Send(server, m.Value))).ToList();
            await Task.Delay(Random.Shared.Next(0, 120)); // some moment of the work
            await server.Kill();
            foreach (var (message, _) in (await Task.WhenAll(sending)).Where(s => s.IsKept))
            {
                waiting.Remove(message);
            }

            await server.Restart();
        }

        foreach (var message in waiting.Values)
        {
            (await Send(server, message)).ShouldBeTrue();
        }

        var kept = (await server.Client.GetFromJson("/api/v1/bookings?limit=100"))["items"]!.AsArray();
        kept.Select(b => b!["externalId"]!.GetValue<string>())
            .ShouldBe(Enumerable.Range(0, Messages * Each).Select(i => $"R-{i:D3}"), ignoreOrder: true);
        (await server.Client.GetFromJson("/api/v1/contacts?limit=100"))["items"]!.AsArray().Count.ShouldBe(Messages * Each);
    }

    private static string Message(int number) =>
        SendingHouse.Ota([
            .. Enumerable
                .Range(number * Each, Each)
                .Select(i => SendingHouse.Reservation($"R-{i:D3}", name: $"Guest {i}", phone: $"+35191{i:D7}")),
        ]);

    /// <summary>Whether the message was acknowledged, with all of its reservations taken.</summary>
    private static async Task<bool> Send(SendingProcess server, string message)
    {
        try
        {
            var (status, text) = await server.Send(message);
            status.ShouldBe(200, text);
            text.ShouldNotContain("Warning");
            return true;
        }
        catch (HttpRequestException)
        {
            return false; // the line broke: the sender knows nothing, and repeats
        }
    }
}
