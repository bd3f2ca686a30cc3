using System.Text.Json.Nodes;
using Bellhop.Tests.Host;
using Place = Bellhop.Tests.Host.Place;

namespace Bellhop.Tests.Features.Inbox;

/// <summary>A server as a process of its own that is killed while it sends, with a number and a bot at the stand-in.</summary>
internal sealed class KilledSender(Place place, string key, TestDatabase? postgres) : IAsyncDisposable
{
    private const int Guests = 6;
    private readonly List<(string Account, string Conversation)> _conversations = [];
    private BellhopProcess _server = null!;
    private HttpClient _client = null!;
    private JsonNode _meta = null!;
    private JsonNode _bot = null!;

    public string WhatsApp { get; } = Digits();
    public string Telegram { get; } = Digits() + ":bot";

    public async Task Begin()
    {
        await Start();
        var property = (await _client.GetFromJson("/api/v1/properties"))["items"]![0]!["id"]!.GetValue<string>();
        _meta = await Connect(
            "meta",
            property,
            new JsonObject
            {
                ["appSecret"] = "app",
                ["verifyToken"] = "verify",
                ["accessToken"] = "access",
            },
            [
                new JsonObject
                {
                    ["kind"] = "whatsApp",
                    ["externalId"] = WhatsApp,
                    ["propertyId"] = property,
                },
            ]
        );
        _bot = await Connect("telegram", property, new JsonObject { ["accessToken"] = Telegram, ["secretToken"] = "secret_1" }, []);
        Listen();
        foreach (var account in new[] { WhatsApp, Telegram })
        {
            for (var guest = 0; guest < Guests; guest++)
            {
                await TestProviders.Shared.Write(account, $"35191000000{guest}", "Ana", "Hello");
            }
        }

        await Wait.Until(async () =>
            (await _client.GetFromJson("/api/v1/conversations?limit=100"))["items"]!.AsArray().Count == 2 * Guests
        );
        foreach (var row in (await _client.GetFromJson("/api/v1/conversations?limit=100"))["items"]!.AsArray())
        {
            var account = row!["channel"]!.GetValue<string>() == "telegram" ? Telegram : WhatsApp;
            _conversations.Add((account, row["id"]!.GetValue<string>()));
        }
    }

    /// <summary>Answers every guest at once, and kills the server at some moment of it. What was answered with 201.</summary>
    public async Task<List<string>> SendAndKill(string text)
    {
        var sending = _conversations.Select(c => Post(c.Conversation, $"{text} {c.Conversation}")).ToList();
        await Task.Delay(Random.Shared.Next(0, 150));
        await Kill();
        return [.. (await Task.WhenAll(sending)).OfType<string>()];
    }

    public async Task<string> Send(string account, string text) =>
        (await Post(_conversations.First(c => c.Account == account).Conversation, text))!;

    public Task Kill() => _server.Kill();

    public async Task Restart()
    {
        await _server.DisposeAsync();
        if (postgres is not null)
        {
            await KilledSendingTests.EndLeases(postgres.OpenElsewhere);
        }

        await Start();
        Listen();
    }

    /// <summary>Waits until nothing is on its way any more.</summary>
    public Task Settled() =>
        Wait.Until(async () => (await Messages()).TrueForAll(m => m.Message["status"]!.GetValue<string>() is not ("queued" or "sending")));

    public async Task<List<(string Account, JsonNode Message)>> Messages()
    {
        var all = new List<(string, JsonNode)>();
        foreach (var (account, conversation) in _conversations)
        {
            var items = (await _client.GetFromJson($"/api/v1/conversations/{conversation}/messages?limit=100"))["items"]!.AsArray();
            all.AddRange(items.Where(m => m!["direction"]!.GetValue<string>() == "out").Select(m => (account, m!)));
        }

        return all;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task Start()
    {
        var environment = new Dictionary<string, string> { ["Providers__Address"] = TestProviders.Shared.Address };
        if (postgres is not null)
        {
            environment["ConnectionStrings__Postgres"] = postgres.ConnectionString;
        }

        _server = await BellhopProcess.Serve(place.Folder, environment, ["--urls", "http://127.0.0.1:0"]);
        _client = _server.Client(key);
    }

    private async Task<JsonNode> Connect(string kind, string property, JsonObject secrets, JsonArray accounts)
    {
        var body = new JsonObject
        {
            ["kind"] = kind,
            ["name"] = kind,
            ["propertyId"] = property,
            ["secrets"] = secrets,
            ["accounts"] = accounts,
        };
        return await (await _client.Post("/api/v1/connections", body)).Json(201);
    }

    // The port is another one after each start.
    private void Listen()
    {
        string Webhook(JsonNode connection) => _client.BaseAddress!.ToString().TrimEnd('/') + connection["webhookUrl"]!.GetValue<string>();
        TestProviders.Shared.Connect(new("whatsApp", WhatsApp, "Number", Webhook(_meta), "app"));
        TestProviders.Shared.Connect(new("telegram", Telegram, "Bot", Webhook(_bot), "secret_1"));
    }

    private async Task<string?> Post(string conversation, string text)
    {
        try
        {
            using var answer = await _client.Post($"/api/v1/conversations/{conversation}/messages", new JsonObject { ["text"] = text });
            return answer.IsSuccessStatusCode ? text : null;
        }
        catch (HttpRequestException)
        {
            return null; // the server was killed
        }
    }

    private static string Digits() => Random.Shared.NextInt64(100_000_000_000, 999_999_999_999).ToString();
}
