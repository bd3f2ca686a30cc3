using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Bellhop.Tests.Features.Channels;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Inbox;

/// <summary>A house with a connection to Meta and one to Telegram, on which the cases' payloads arrive.</summary>
internal sealed class Hotline
{
    public const string AppSecret = "7d5f0c2b9a1e4e6f8c3b2a190817f6e5";
    public const string SecretToken = "telegram-secret_1";

    private Hotline(TestApp app, House house)
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
    public Guid Meta { get; private set; }
    public Guid Telegram { get; private set; }

    /// <param name="accounts">Kinds and ids of the accounts; those that the cases are sent to where none is named.</param>
    public static async Task<Hotline> Open(TestApp app, string appSecret = AppSecret, params (string Kind, string Id)[] accounts)
    {
        var line = new Hotline(app, await app.MakeHouse());
        if (accounts.Length == 0)
        {
            accounts = OfCases.Value;
        }

        line.Meta = await line.Connect(
            "meta",
            new JsonObject
            {
                ["appSecret"] = appSecret,
                ["verifyToken"] = "verify",
                ["accessToken"] = "access",
            },
            accounts
        );
        line.Telegram = await line.Connect("telegram", new JsonObject { ["accessToken"] = "1:bot", ["secretToken"] = SecretToken }, []);
        return line;
    }

    private async Task<Guid> Connect(string kind, JsonObject secrets, (string Kind, string Id)[] accounts)
    {
        var body = new JsonObject
        {
            ["kind"] = kind,
            ["name"] = "The " + kind,
            ["propertyId"] = House.Lisbon.ToString(),
            ["secrets"] = secrets,
            ["accounts"] = new JsonArray([
                .. accounts.Select(a => new JsonObject
                {
                    ["kind"] = a.Kind,
                    ["externalId"] = a.Id,
                    ["propertyId"] = House.Lisbon.ToString(),
                }),
            ]),
        };
        return Guid.Parse((await (await Client.Post("/api/v1/connections", body)).Json(201))["id"]!.GetValue<string>());
    }

    /// <summary>Every account that a payload of the cases is sent to.</summary>
    private static readonly Lazy<(string Kind, string Id)[]> OfCases = new(() =>
        [
            .. ChannelCase
                .All()
                .Where(c => c.Kind == ConnectionKind.Meta)
                .SelectMany(c => Channel.Read(c.Kind, c.Bytes))
                .Select(i => (Kind: AccountKinds.Name(i.Kind), Id: i.AccountInside ?? i.Account))
                .Where(a => a.Id is not null)
                .Select(a => (a.Kind, a.Id!))
                .Distinct(),
        ]
    );

    /// <summary>Sends bytes as the provider does.</summary>
    public async Task<int> Send(ConnectionKind kind, byte[] body, string? proof = null)
    {
        var isMeta = kind == ConnectionKind.Meta;
        using var request = new HttpRequestMessage(HttpMethod.Post, isMeta ? $"/webhooks/meta/{Meta}" : $"/webhooks/telegram/{Telegram}")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        request.Headers.TryAddWithoutValidation(
            isMeta ? "X-Hub-Signature-256" : "X-Telegram-Bot-Api-Secret-Token",
            proof ?? (isMeta ? Sign(body) : SecretToken)
        );
        using var answer = await Nobody.SendAsync(request);
        return (int)answer.StatusCode;
    }

    public Task<int> Send(ChannelCase sample) => Send(sample.Kind, sample.Bytes);

    /// <summary>Sends and waits until it is read.</summary>
    public async Task Deliver(ConnectionKind kind, byte[] body)
    {
        (await Send(kind, body)).ShouldBe(200);
        await Read();
    }

    public Task Deliver(string file) => Deliver(ChannelCase.Of(file).Kind, ChannelCase.Of(file).Bytes);

    /// <summary>Waits until everything that was sent is read.</summary>
    public async Task Read()
    {
        for (var end = DateTime.UtcNow.AddMinutes(5); ; await Task.Delay(20)) // a machine may be busy with other tests
        {
            await using var db = App.Open();
            if (!await db.Hooks.AnyAsync(h => h.OrganizationId == House.OrganizationId && h.ReadAt == null))
            {
                return;
            }

            DateTime.UtcNow.ShouldBeLessThan(end, "what was sent is not read");
        }
    }

    public static string Sign(byte[] body, string secret = AppSecret) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    /// <summary>A text message as WhatsApp sends it.</summary>
    public static byte[] WhatsApp(string account, string from, string id, string text, DateTime? at = null, string? userId = null) =>
        Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["object"] = "whatsapp_business_account",
                ["entry"] = new JsonArray(
                    new JsonObject
                    {
                        ["id"] = "1",
                        ["changes"] = new JsonArray(
                            new JsonObject
                            {
                                ["field"] = "messages",
                                ["value"] = new JsonObject
                                {
                                    ["metadata"] = new JsonObject { ["phone_number_id"] = account },
                                    ["contacts"] = new JsonArray(
                                        new JsonObject
                                        {
                                            ["wa_id"] = from,
                                            ["user_id"] = userId,
                                            ["profile"] = new JsonObject { ["name"] = "Ana Silva" },
                                        }
                                    ),
                                    ["messages"] = new JsonArray(
                                        new JsonObject
                                        {
                                            ["from"] = from,
                                            ["id"] = id,
                                            ["timestamp"] = new DateTimeOffset(at ?? DateTime.UtcNow).ToUnixTimeSeconds().ToString(),
                                            ["type"] = "text",
                                            ["text"] = new JsonObject { ["body"] = text },
                                        }
                                    ),
                                },
                            }
                        ),
                    }
                ),
            }.ToJsonString()
        );

    public async Task<JsonArray> Conversations(string query = "") =>
        (await Client.GetFromJson("/api/v1/conversations" + query))["items"]!.AsArray();

    public async Task<JsonArray> Messages(JsonNode conversation) =>
        (await Client.GetFromJson($"/api/v1/conversations/{conversation["id"]}/messages?limit=100"))["items"]!.AsArray();

    public async Task<JsonArray> Contacts() => (await Client.GetFromJson("/api/v1/contacts?limit=100"))["items"]!.AsArray();
}
