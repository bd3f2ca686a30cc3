using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bellhop.Tests.Features.Inbox;

namespace Bellhop.Tests.Features.ChannelManagers;

/// <summary>The stand-in books, changes and cancels in each form, as its page does.</summary>
public class StandInManagerTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_booked_changed_and_cancelled_there_is_so_here(string engine)
    {
        await using var app = await TestApp.StartNew(engine, null, ("Outside:AllowedNetworks", "127.0.0.0/8"));
        var house = await SendingHouse.Open(app);
        var (id, hook) = (Guid.CreateVersion7().ToString("N"), $"/webhooks/channel-manager/{house.Connection}");
        TestProviders.Shared.Managers.Connect(new(id, "The channel manager", hook, SendingHouse.Secret), app.Anonymous());
        var secrets = new JsonObject
        {
            ["baseUrl"] = $"{TestProviders.Shared.Address}/manager/{id}/api/v1",
            ["apiKey"] = SendingHouse.Secret,
        };
        (
            await house.Client.Post($"/api/v1/connections/{house.Connection}/rotations", new JsonObject { ["secrets"] = secrets })
        ).EnsureSuccessStatusCode();
        using var desk = new HttpClient { BaseAddress = new($"{TestProviders.Shared.Address}/stand-in/managers/{id}/") };
        foreach (var form in new[] { "ota", "alpineBits", "channex", "feed", "own" })
        {
            var booked = await Post(desk, "reservations", Booking(form, 120));
            booked["answer"]!.GetValue<string>().ShouldStartWith("200", Case.Sensitive, form);
            var code = booked["code"]!.GetValue<string>();
            (await Becomes(house, code, "Confirmed", 120)).ShouldBe(form);

            await Post(desk, $"reservations/{code}/changes", Booking(form, 150));
            (await Becomes(house, code, "Confirmed", 150)).ShouldBe(form);
            await Post(desk, $"reservations/{code}/repetitions", null);
            await Post(desk, $"reservations/{code}/cancellations", null);
            (await Becomes(house, code, "Cancelled", 150)).ShouldBe(form);
        }

        (await house.Parked()).ShouldBeEmpty();
        (await house.Bookings()).Length.ShouldBe(5);
        await Wait.Until(() => TestProviders.Shared.Managers.IsDone(id));
        TestProviders.Shared.Managers.Acknowledged(id).Distinct().Count().ShouldBe(3); // what was sent again is acknowledged again
    }

    private static JsonObject Booking(string form, int total) =>
        new()
        {
            ["form"] = form,
            ["name"] = form,
            ["email"] = $"{form}@guest.booking.com",
            ["arrival"] = "2026-12-01",
            ["departure"] = "2026-12-03",
            ["total"] = total,
            ["status"] = "new",
        };

    private static async Task<JsonNode> Post(HttpClient desk, string path, JsonObject? body)
    {
        using var answer = await desk.PostAsJsonAsync(path, body ?? []);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>() ?? throw new InvalidOperationException();
    }

    /// <summary>Waits until the booking is so; the name of its guest.</summary>
    private static async Task<string> Becomes(SendingHouse house, string code, string status, decimal total)
    {
        JsonObject? found = null;
        await Wait.Until(
            async () =>
                (found = (await house.Bookings()).FirstOrDefault(b => b["reference"]?.GetValue<string>() == code || Key(b) == code))
                    is not null
                && found["status"]!.GetValue<string>() == status
                && found["total"]!["amount"]!.GetValue<decimal>() == total,
            () => found?.ToJsonString() ?? code
        );
        return found!["guest"]!["name"]!.GetValue<string>();
    }

    private static string? Key(JsonObject booking) => booking["externalId"]?.GetValue<string>();
}
