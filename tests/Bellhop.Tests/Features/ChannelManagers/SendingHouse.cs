using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Tests.Features.Channels;

namespace Bellhop.Tests.Features.ChannelManagers;

/// <summary>A house with a connection to a channel manager, to which messages are sent as senders do.</summary>
internal sealed class SendingHouse
{
    public const string Secret = "shared-secret_1";

    private SendingHouse(TestApp app, House house)
    {
        App = app;
        House = house;
        Client = app.As(house.Owner);
        Nobody = app.Anonymous();
    }

    public TestApp App { get; }
    public House House { get; }
    public HttpClient Client { get; }
    public HttpClient Nobody { get; }
    public Guid Connection { get; private set; }

    public static async Task<SendingHouse> Open(TestApp app, string? secret = Secret)
    {
        var house = new SendingHouse(app, await app.MakeHouse());
        var body = new JsonObject
        {
            ["kind"] = "channelManager",
            ["name"] = "The channel manager",
            ["propertyId"] = house.House.Lisbon.ToString(),
        };
        if (secret is not null)
        {
            body["secrets"] = new JsonObject { ["sharedSecret"] = secret };
        }

        var made = await (await house.Client.Post("/api/v1/connections", body)).Json(201);
        made["webhookUrl"]!.GetValue<string>().ShouldEndWith($"/webhooks/channel-manager/{made["id"]}");
        house.Connection = Guid.Parse(made["id"]!.GetValue<string>());
        return house;
    }

    public async Task<HttpResponseMessage> Send(byte[] body, string mediaType, string? secret = Secret, bool isBasic = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/channel-manager/{Connection}")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(mediaType) } },
        };
        if (secret is not null)
        {
            request.Headers.Authorization = isBasic
                ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("hotel:" + secret)))
                : new("Bearer", secret);
        }

        return await Nobody.SendAsync(request);
    }

    public Task<HttpResponseMessage> Send(ReservationCase sample) => Send(sample.Bytes, sample.MediaType);

    public Task<HttpResponseMessage> Send(JsonNode body) => Send(Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json");

    /// <summary>Sends and demands that it is answered.</summary>
    public async Task<string> Take(byte[] body, string mediaType = "application/xml")
    {
        using var answer = await Send(body, mediaType);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, text);
        return text;
    }

    public Task<string> Take(string body) => Take(Encoding.UTF8.GetBytes(body), body[0] == '<' ? "application/xml" : "application/json");

    public Task<string> Take(ReservationCase sample) => Take(sample.Bytes, sample.MediaType);

    public async Task<JsonObject[]> Bookings() =>
        [.. (await Client.GetFromJson("/api/v1/bookings?limit=100"))["items"]!.AsArray().Select(b => b!.AsObject())];

    public async Task<JsonObject[]> Contacts() =>
        [.. (await Client.GetFromJson("/api/v1/contacts?limit=100"))["items"]!.AsArray().Select(c => c!.AsObject())];

    public async Task<JsonObject[]> Parked() =>
        [.. (await Client.GetFromJson($"/api/v1/connections/{Connection}/parked"))["items"]!.AsArray().Select(p => p!.AsObject())];

    /// <summary>A message with these reservations as OpenTravel writes it.</summary>
    public static string Ota(params string[] reservations) =>
        "<OTA_HotelResNotifRQ xmlns=\"http://www.opentravel.org/OTA/2003/05\"><HotelReservations>"
        + string.Concat(reservations)
        + "</HotelReservations></OTA_HotelResNotifRQ>";

    /// <param name="id">The sender's id.</param>
    /// <param name="status">The reservation's status.</param>
    /// <param name="modified">When it was changed; null for a reservation that does not say.</param>
    /// <param name="amount">The total in euros; null for none.</param>
    /// <param name="name">The guest's name; null for a message that names nobody and no stay.</param>
    public static string Reservation(
        string id,
        string status = "Commit",
        string? modified = null,
        string? amount = "100",
        string? name = "Ana Silva",
        string? phone = null,
        string end = "2026-10-04"
    ) =>
        $"<HotelReservation ResStatus=\"{status}\" {(modified is null ? "" : $"LastModifyDateTime=\"{modified}\"")}>"
        + $"<UniqueID Type=\"14\" ID=\"{id}\"/>"
        + (
            name is null
                ? ""
                : $"<RoomStays><RoomStay><TimeSpan Start=\"2026-10-02\" End=\"{end}\"/>"
                    + (amount is null ? "" : $"<Total AmountAfterTax=\"{amount}\" CurrencyCode=\"EUR\"/>")
                    + "</RoomStay></RoomStays><ResGuests><ResGuest><Profiles><ProfileInfo><Profile><Customer>"
                    + $"<PersonName><Surname>{name}</Surname></PersonName>"
                    + (phone is null ? "" : $"<Telephone PhoneTechType=\"5\" PhoneNumber=\"{phone}\"/>")
                    + "</Customer></Profile></ProfileInfo></Profiles></ResGuest></ResGuests>"
        )
        + "</HotelReservation>";
}
