using System.Globalization;
using System.Text.Json.Nodes;

namespace Bellhop.Providers;

/// <summary>The calls of Telegram's Bot API that Bellhop makes. A bot is known by its token.</summary>
internal sealed class BotApi(StandIn standIn)
{
    public void Map(WebApplication app)
    {
        app.Map("/bot{token}/{method}", Call);
        app.MapGet("/file/bot{token}/{*path}", Download);
    }

    private async Task Call(HttpContext http, string token, string method)
    {
        if (standIn.Find(token) is not { } bot || standIn.DeadTokens.ContainsKey(token))
        {
            await Refuse(http, 401, "Unauthorized");
            return;
        }

        var (fields, sent) = await Fields(http);
        switch (method)
        {
            case "getMe":
                await Ok(
                    http,
                    new()
                    {
                        ["id"] = 1,
                        ["is_bot"] = true,
                        ["first_name"] = bot.Name,
                        ["username"] = "stand_in_bot",
                    }
                );
                break;
            case "getWebhookInfo":
                await Ok(
                    http,
                    new() { ["url"] = standIn.LostSubscriptions.ContainsKey(token) ? "" : bot.Webhook, ["pending_update_count"] = 0 }
                );
                break;
            case "setWebhook":
                standIn.LostSubscriptions.TryRemove(token, out _);
                standIn.Connect(bot with { Webhook = fields["url"], Secret = fields["secret_token"] }, bot.Client);
                await StandIn.Answer(http, 200, """{"ok":true,"result":true}""");
                break;
            case "getFile" when standIn.Files.TryGetValue(fields.GetValueOrDefault("file_id") ?? "", out var file):
                var path = new JsonObject
                {
                    ["file_id"] = fields["file_id"],
                    ["file_path"] = fields["file_id"],
                    ["file_size"] = file.Content.Length,
                };
                await Ok(http, path);
                break;
            case "getFile":
                await Refuse(http, 400, "Bad Request: invalid file_id");
                break;
            default:
                await Send(http, bot, method, fields, sent is null ? null : standIn.NewFile(sent));
                break;
        }
    }

    private Task Send(HttpContext http, Account bot, string method, Dictionary<string, string> fields, string? file)
    {
        var chat = fields.GetValueOrDefault("chat_id") ?? "";
        var body = string.Join('&', fields.Select(f => $"{f.Key}={f.Value}"));
        return standIn.Take(
            http,
            bot,
            (
                chat,
                method["send".Length..].ToLowerInvariant(),
                fields.GetValueOrDefault("text") ?? fields.GetValueOrDefault("caption"),
                null,
                body
            ),
            id =>
                new JsonObject
                {
                    ["ok"] = true,
                    ["result"] = new JsonObject
                    {
                        ["message_id"] = long.Parse(id.Split(':')[1], CultureInfo.InvariantCulture),
                        ["chat"] = new JsonObject { ["id"] = long.Parse(chat, CultureInfo.InvariantCulture), ["type"] = "private" },
                    },
                }.ToJsonString(),
            file
        );
    }

    private static async Task<(Dictionary<string, string> Fields, SentFile? File)> Fields(HttpContext http)
    {
        SentFile? sent = null;
        var fields = http.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal);
        if (http.Request.HasFormContentType)
        {
            var form = await http.Request.ReadFormAsync();
            foreach (var (name, value) in form)
            {
                fields[name] = value.ToString();
            }

            foreach (var file in form.Files)
            {
                using var content = new MemoryStream();
                await file.CopyToAsync(content);
                sent = new(file.FileName, file.ContentType, content.ToArray());
                fields[file.Name] = $"{file.FileName} ({file.Length.ToString(CultureInfo.InvariantCulture)})";
            }
        }
        else if (http.Request.ContentLength > 0)
        {
            foreach (var (name, value) in await JsonNode.ParseAsync(http.Request.Body) as JsonObject ?? [])
            {
                fields[name] = value is JsonValue ? value.ToString() : value!.ToJsonString();
            }
        }

        return (fields, sent);
    }

    private async Task Download(HttpContext http, string token, string path)
    {
        if (standIn.Find(token) is null)
        {
            http.Response.StatusCode = 404;
        }
        else if (await standIn.Fetched(http, path) is { } file)
        {
            http.Response.ContentType = "application/octet-stream";
            await http.Response.Body.WriteAsync(file.Content);
        }
    }

    private static Task Ok(HttpContext http, JsonObject result) =>
        StandIn.Answer(http, 200, new JsonObject { ["ok"] = true, ["result"] = result }.ToJsonString());

    private static Task Refuse(HttpContext http, int code, string description) =>
        StandIn.Answer(http, code, $$"""{"ok":false,"error_code":{{code}},"description":"{{description}}"}""");
}
