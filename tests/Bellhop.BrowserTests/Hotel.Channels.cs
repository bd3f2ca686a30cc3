using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bellhop.Features.Inbox;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Providers;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.BrowserTests;

/// <summary>The hotel's channels: guests write by them as providers tell it, over HTTP and signed.</summary>
public sealed partial class Hotel
{
    private const string Secret = "of-this-hotel";

    private static readonly Lazy<StandIn> StandsIn = new(() =>
        Task.Run(() => StandIn.Start("http://127.0.0.1:0")).GetAwaiter().GetResult()
    );

    private readonly SemaphoreSlim _connecting = new(1);
    private readonly string _own = Guid.CreateVersion7().ToString("N");
    private readonly ConcurrentDictionary<string, string> _hooks = [];
    private int _messages;

    /// <summary>The providers' stand-in, which every hotel calls. Each hotel has accounts of its own.</summary>
    public static StandIn Providers => StandsIn.Value;

    /// <summary>The provider's id of the hotel's account.</summary>
    public string Account(string channel, bool annexe = false) => channel == "telegram" ? $"house-{_own}-{annexe}" : Account(annexe);

    /// <summary>A guest sends a file.</summary>
    /// <returns>The provider's id of the file.</returns>
    public async Task<string> Sends(string guest, SentFile file, string? text = null, string channel = "telegram", int failing = 0)
    {
        await HookOf(channel, annexe: false);
        return (await Providers.WriteFile(Account(channel), GuestId(guest, channel), guest, file, text, failing)).File;
    }

    /// <summary>Gives the hotel's WhatsApp number templates at the provider; nobody reads them yet.</summary>
    public void ProviderHas(string templates) => Providers.Templates["waba-" + _own] = templates;

    /// <summary>Gives the hotel's WhatsApp number templates, as the provider has them, and reads them.</summary>
    public async Task HasTemplates(string templates)
    {
        var hook = await HookOf("whatsApp", annexe: false);
        ProviderHas(templates);
        await using var db = Database();
        var key = await CreateApiKey.Run(new("templates"), Actor.System(_organization), db, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = new(Address) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key.Value.Key);
        var answer = await client.PostAsync($"/api/v1/connections/{hook.Split('/')[^1]}/templates/refreshes", null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>As after the last of several tries: the provider did not give the file.</summary>
    public async Task GivesUpFetching(string file)
    {
        await using var db = Database();
        await Wait.Until(async () =>
            await db
                .MessageFiles.Where(f => f.OrganizationId == _organization && f.MediaId == file)
                .ExecuteUpdateAsync(set => set.SetProperty(f => f.State, MediaState.Failed)) > 0
        );
    }

    private static string GuestId(string guest, string channel)
    {
        var id = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(guest)));
        return channel == "telegram" ? $"{id}" : $"351{id}";
    }

    /// <summary>A guest writes.</summary>
    /// <param name="guest">The name; the same name is the same guest.</param>
    /// <param name="channel"><c>telegram</c> or <c>whatsApp</c>.</param>
    /// <param name="annexe">To the second property's account.</param>
    /// <param name="secondsLater">That much after the minutes ago.</param>
    /// <param name="account">To another number of the same connection, known or not.</param>
    public async Task Writes(
        string guest,
        string text,
        string channel = "telegram",
        int minutesAgo = 0,
        bool annexe = false,
        string? account = null,
        int secondsLater = 0
    )
    {
        var hook = await HookOf(channel, annexe);
        var (number, at) = (
            Interlocked.Increment(ref _messages),
            DateTimeOffset.UtcNow.AddMinutes(-minutesAgo).AddSeconds(secondsLater).ToUnixTimeSeconds()
        );
        var id = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(guest)));
        object body =
            channel == "telegram"
                ? new
                {
                    update_id = number,
                    message = new
                    {
                        message_id = number,
                        date = at,
                        chat = new { id, type = "private" },
                        from = new { id, first_name = guest },
                        text,
                    },
                }
                : WhatsApp(
                    account ?? Account(annexe),
                    new { wa_id = $"351{id}", profile = new { name = guest } },
                    new
                    {
                        id = $"wamid.{number}.{_organization}",
                        from = $"351{id}",
                        timestamp = $"{at}",
                        type = "text",
                        text = new { body = text },
                    }
                );
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body);
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/json");
        content.Headers.Add("X-Telegram-Bot-Api-Secret-Token", Secret);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), bytes));
        content.Headers.Add("X-Hub-Signature-256", "sha256=" + signature);
        using var client = new HttpClient { BaseAddress = new(Address) };
        using var answer = await client.PostAsync(hook, content);
        answer.EnsureSuccessStatusCode();
    }

    private static object WhatsApp(string account, object contact, object message) =>
        new
        {
            @object = "whatsapp_business_account",
            entry = new[]
            {
                new
                {
                    id = "waba",
                    changes = new[]
                    {
                        new
                        {
                            field = "messages",
                            value = new
                            {
                                messaging_product = "whatsapp",
                                metadata = new { phone_number_id = account, display_phone_number = "351210000000" },
                                contacts = new[] { contact },
                                messages = new[] { message },
                            },
                        },
                    },
                },
            },
        };

    private string Account(bool annexe) => $"number-{_own}-{annexe}";

    // The hotel connects each channel once, as its owner would by the API.
    private async Task<string> HookOf(string channel, bool annexe)
    {
        await _connecting.WaitAsync();
        try
        {
            if (_hooks.TryGetValue(channel + annexe, out var hook))
            {
                return hook;
            }

            await using var db = Database();
            var property = (await Place(db, annexe)).Id;
            var key = await CreateApiKey.Run(new("channels"), Actor.System(_organization), db, CancellationToken.None);
            using var client = new HttpClient { BaseAddress = new(Address) };
            client.DefaultRequestHeaders.Authorization = new("Bearer", key.Value.Key);
            object input =
                channel == "telegram"
                    ? new
                    {
                        kind = "telegram",
                        name = "The hotel's bot",
                        propertyId = property,
                        secrets = new { accessToken = Account(channel, annexe), secretToken = Secret },
                    }
                    : new
                    {
                        kind = "meta",
                        name = "The hotel's number",
                        propertyId = property,
                        secrets = new
                        {
                            appSecret = Secret,
                            verifyToken = "verify",
                            accessToken = "token",
                        },
                        accounts = new[]
                        {
                            new
                            {
                                kind = "whatsApp",
                                externalId = Account(annexe),
                                propertyId = property,
                                wabaId = "waba-" + _own,
                            },
                        },
                    };
            using var answer = await client.PostAsJsonAsync("/api/v1/connections", input);
            answer.EnsureSuccessStatusCode();
            var made = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
            var kind = channel == "telegram" ? "telegram" : "meta";
            var path = $"/webhooks/{kind}/{made["id"]!.GetValue<string>()}";
            Providers.Connect(new(channel, Account(channel, annexe), "The hotel", Address + path, Secret, "waba-" + _own));
            return _hooks[channel + annexe] = path;
        }
        finally
        {
            _connecting.Release();
        }
    }
}
