using System.Net.Sockets;
using System.Text;
using Place = Bellhop.Tests.Host.Place;

namespace Bellhop.Tests.Features.ChannelManagers;

/// <summary>A sender that does not come to an end is hung up on, and holds nobody else up.</summary>
public class SlowSenderTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_message_that_never_ends_is_given_up_and_others_are_taken_meanwhile(string engine)
    {
        await using var postgres = engine == "postgres" ? await TestDatabase.CreateNew(engine) : null;
        using var place = new Place();
        await using var server = await SendingProcess.Start(place, postgres);
        var slow = Enumerable.Range(0, 20).Select(_ => Begin(server)).ToList();

        (await server.Send(SendingHouse.Ota(SendingHouse.Reservation("R-1")))).Status.ShouldBe(200);

        foreach (var answer in await Task.WhenAll(slow))
        {
            (answer.Length == 0 || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal)).ShouldBeTrue(answer);
        }

        (await server.Client.GetFromJson("/api/v1/bookings"))["items"]!.AsArray().ShouldHaveSingleItem();
    }

    /// <summary>Sends the beginning of a message and waits until the server ends the line.</summary>
    private static async Task<string> Begin(SendingProcess server)
    {
        var address = server.Client.BaseAddress!;
        using var line = new TcpClient(address.Host, address.Port);
        await using var stream = line.GetStream();
        var head =
            $"POST {server.Hook} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {SendingHouse.Secret}\r\n"
            + "Content-Type: application/xml\r\nContent-Length: 100000\r\n\r\n<OTA_HotelResNotifRQ";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer);
        }
        catch (IOException)
        {
            // The server cut the line without a word.
        }

        return Encoding.ASCII.GetString(answer.ToArray());
    }
}
