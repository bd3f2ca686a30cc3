using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Tests.Host;
using Place = Bellhop.Tests.Host.Place;

namespace Bellhop.Tests.Features.ChannelManagers;

/// <summary>The built program, with a connection to a channel manager that sends to it.</summary>
internal sealed class SendingProcess : IAsyncDisposable
{
    private readonly Dictionary<string, string> _environment;
    private readonly string _key;
    private BellhopProcess _server = null!;

    private SendingProcess(Place place, string key, Dictionary<string, string> environment) =>
        (Place, _key, _environment) = (place, key, environment);

    public Place Place { get; }

    /// <summary>Where messages go, from the root.</summary>
    public string Hook { get; private set; } = "";

    public string Said => _server.Said;

    public HttpClient Client => _server.Client(_key);

    public static async Task<SendingProcess> Start(Place place, TestDatabase? postgres, params (string Key, string Value)[] settings)
    {
        var key = await place.SetUp(postgres);
        var environment = settings.ToDictionary(s => s.Key, s => s.Value);
        if (postgres is not null)
        {
            environment["ConnectionStrings__Postgres"] = postgres.ConnectionString;
        }

        var process = new SendingProcess(place, key, environment);
        await process.Serve();
        var body = new JsonObject
        {
            ["kind"] = "channelManager",
            ["name"] = "The channel manager",
            ["propertyId"] = (await process.Client.GetFromJson("/api/v1/properties"))["items"]![0]!["id"]!.GetValue<string>(),
            ["secrets"] = new JsonObject { ["sharedSecret"] = SendingHouse.Secret },
        };
        var made = await (await process.Client.Post("/api/v1/connections", body)).Json(201);
        process.Hook = $"/webhooks/channel-manager/{made["id"]!.GetValue<string>()}";
        return process;
    }

    public Task Kill() => _server.Kill();

    public Task Stop() => _server.Stop();

    public async Task Restart()
    {
        await _server.DisposeAsync();
        await Serve();
    }

    public async Task<(int Status, string Text)> Send(string body, string secret = SendingHouse.Secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Hook)
        {
            Content = new StringContent(body, Encoding.UTF8, body[0] == '<' ? "application/xml" : "application/json"),
        };
        request.Headers.Authorization = new("Bearer", secret);
        using var answer = await Client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task Serve() => _server = await BellhopProcess.Serve(Place.Folder, _environment, ["--urls", "http://127.0.0.1:0"]);
}
