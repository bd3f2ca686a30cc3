using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Features.Channels;
using Bellhop.Providers;
using Microsoft.EntityFrameworkCore;
using Account = Bellhop.Providers.Account;

namespace Bellhop.Tests.Features.Inbox;

/// <summary>A house whose accounts on the four channels are connected to the stand-in.</summary>
internal sealed class SendingLine
{
    private SendingLine(TestApp app, House house) => (App, House, Client) = (app, house, app.As(house.Owner));

    public TestApp App { get; }
    public House House { get; }
    public HttpClient Client { get; }
    public static StandIn Providers => TestProviders.Shared;
    public Account WhatsApp { get; private set; } = null!;
    public Account Messenger { get; private set; } = null!;
    public Account Instagram { get; private set; } = null!;
    public Account Telegram { get; private set; } = null!;
    public Guid Meta { get; private set; }
    public string MetaToken { get; } = "token" + Guid.CreateVersion7().ToString("N");

    public static async Task<SendingLine> Open(TestApp app, bool tellsStatus = true)
    {
        var line = new SendingLine(app, await app.MakeHouse());
        string Id() => Random.Shared.NextInt64(100_000_000_000, 999_999_999_999).ToString();
        var (number, page, profile, waba) = (Id(), Id(), Id(), Id());
        var bot = Id() + ":secret-of-the-bot";
        var secrets = new JsonObject
        {
            ["appSecret"] = "app-secret",
            ["verifyToken"] = "verify",
            ["accessToken"] = line.MetaToken,
        };
        var meta = await line.Connect("meta", secrets, ("whatsApp", number, waba), ("messenger", page, null), ("instagram", profile, null));
        line.Meta = Guid.Parse(meta["id"]!.GetValue<string>());
        var telegram = await line.Connect("telegram", new JsonObject { ["accessToken"] = bot, ["secretToken"] = "telegram_1" });
        Account Put(string kind, string id, JsonNode connection, string secret) =>
            line.Put(
                new(kind, id, "The " + kind, connection["webhookUrl"]!.GetValue<string>(), secret, kind == "whatsApp" ? waba : null)
                {
                    TellsStatus = tellsStatus,
                }
            );
        line.WhatsApp = Put("whatsApp", number, meta, "app-secret");
        line.Messenger = Put("messenger", page, meta, "app-secret");
        line.Instagram = Put("instagram", profile, meta, "app-secret");
        line.Telegram = Put("telegram", bot, telegram, "telegram_1");
        return line;
    }

    public Account Of(string kind) =>
        kind switch
        {
            "whatsApp" => WhatsApp,
            "messenger" => Messenger,
            "instagram" => Instagram,
            _ => Telegram,
        };

    private Account Put(Account account)
    {
        Providers.Connect(account, App.Anonymous());
        return account;
    }

    private async Task<JsonNode> Connect(string kind, JsonObject secrets, params (string Kind, string Id, string? Waba)[] accounts)
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
                    ["wabaId"] = a.Waba,
                }),
            ]),
        };
        return await (await Client.Post("/api/v1/connections", body)).Json(201);
    }

    /// <summary>WhatsApp tells something of a business account.</summary>
    public Task<HttpStatusCode> Tell(string business, string field, JsonObject news, long at) =>
        Providers.Deliver(
            Providers.Find(WhatsApp.Id)!,
            Encoding.UTF8.GetBytes(
                new JsonObject
                {
                    ["object"] = "whatsapp_business_account",
                    ["entry"] = new JsonArray(
                        new JsonObject
                        {
                            ["id"] = business,
                            ["time"] = at,
                            ["changes"] = new JsonArray(new JsonObject { ["field"] = field, ["value"] = news }),
                        }
                    ),
                }.ToJsonString()
            )
        );

    /// <summary>A guest writes; the conversation is there when this returns.</summary>
    public async Task<string> Written(Account account, string guest, string text = "Hello")
    {
        var id = await Providers.Write(account.Id, guest, "Ana Silva", text);
        await using var db = App.Open();
        var organization = House.OrganizationId;
        Guid conversation = default;
        await Wait.Until(async () =>
            (
                conversation = await db
                    .Messages.Where(m => m.OrganizationId == organization && m.ExternalId == id)
                    .Select(m => m.ConversationId)
                    .SingleOrDefaultAsync()
            ) != default
        );
        return conversation.ToString();
    }

    public Task<HttpResponseMessage> Post(string conversation, JsonObject body) =>
        Client.Post($"/api/v1/conversations/{conversation}/messages", body);

    /// <summary>Sends a text; the message as it was answered.</summary>
    public async Task<JsonNode> Send(string conversation, string text) =>
        await (await Post(conversation, new JsonObject { ["text"] = text })).Json(201);

    public async Task<JsonNode> Message(string conversation, JsonNode message) =>
        (await Client.GetFromJson($"/api/v1/conversations/{conversation}/messages?limit=100"))["items"]!
            .AsArray()
            .Single(m => m!["id"]!.GetValue<string>() == message["id"]!.GetValue<string>())!;

    /// <summary>Waits until the message has this status; the message then.</summary>
    public async Task<JsonNode> Reaches(string conversation, JsonNode message, params string[] statuses)
    {
        JsonNode found = message;
        await Wait.Until(
            async () => Array.IndexOf(statuses, (found = await Message(conversation, message))["status"]!.GetValue<string>()) >= 0,
            () => found.ToJsonString()
        );
        return found;
    }
}
