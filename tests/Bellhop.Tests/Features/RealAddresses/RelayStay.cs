using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Bellhop.Tests.Features.RealAddresses;

/// <summary>A stay around today, of a guest whom a booking site passes mail on to.</summary>
internal sealed class RelayStay
{
    public const string Relay = "4h7k2m9@guest.booking.com";

    private RelayStay(TestApp app, HttpClient client, JsonNode booking) => (App, Client, Booking) = (app, client, booking);

    public TestApp App { get; }
    public HttpClient Client { get; }
    public JsonNode Booking { get; }
    public string Id => Booking["id"]!.GetValue<string>();
    public string Contact => Booking["contactId"]!.GetValue<string>();

    public static Task<RelayStay> Book(
        TestApp app,
        House house,
        string phone,
        string? email = Relay,
        string status = "Confirmed",
        int arrives = -1,
        string source = "BookingCom"
    ) => Book(app, app.As(house.Owner), house.Lisbon, phone, email, status, arrives, source);

    public static async Task<RelayStay> Book(
        TestApp app,
        HttpClient client,
        Guid property,
        string phone,
        string? email = Relay,
        string status = "Confirmed",
        int arrives = -1,
        string source = "BookingCom"
    )
    {
        // A day on both sides, so that it is around today in every zone.
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var body = new JsonObject
        {
            ["propertyId"] = property.ToString(),
            ["source"] = source,
            ["externalId"] = Guid.CreateVersion7().ToString(),
            ["status"] = status,
            ["arrival"] = Day(today.AddDays(arrives)),
            ["departure"] = Day(today.AddDays(arrives + 3)),
            ["total"] = new JsonObject { ["amount"] = 90, ["currency"] = "EUR" },
            ["guest"] = new JsonObject
            {
                ["name"] = "Laura Muster",
                ["phone"] = phone,
                ["email"] = email,
            },
        };
        return new(app, client, await (await client.Post("/api/v1/bookings", body)).Json(201));
    }

    public async Task<string?> Email() => (await Client.GetFromJson($"/api/v1/contacts/{Contact}"))["email"]?.GetValue<string>();

    public async Task<string[]> Listed() =>
        [.. (await Client.GetFromJson("/api/v1/relay-guests"))["items"]!.AsArray().Select(i => i!["bookingId"]!.GetValue<string>())];

    public Task<HttpResponseMessage> Ask(string way) =>
        Client.Post($"/api/v1/bookings/{Id}/address-asks", new JsonObject { ["way"] = way });

    public Task<HttpResponseMessage> Save(string email) =>
        Client.Post($"/api/v1/bookings/{Id}/real-addresses", new JsonObject { ["email"] = email });

    public Task<HttpResponseMessage> Set(string status) => Change($$"""{"status":"{{status}}"}""");

    public Task<HttpResponseMessage> Leave(DateOnly on) => Change($$"""{"departure":"{{Day(on)}}"}""");

    private Task<HttpResponseMessage> Change(string body) =>
        Client.PatchAsync($"/api/v1/bookings/{Id}", new StringContent(body, System.Text.Encoding.UTF8, "application/merge-patch+json"));

    /// <summary>A guest without an account sends an address with a code.</summary>
    public async Task<(HttpStatusCode Status, string Page)> Give(string path, string email)
    {
        using var form = new FormUrlEncodedContent([new("email", email)]);
        var answer = await App.Anonymous().PostAsync(path, form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
