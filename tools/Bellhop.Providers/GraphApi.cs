using System.Text.Json.Nodes;

namespace Bellhop.Providers;

/// <summary>The calls of Meta's Graph API that Bellhop makes.</summary>
internal sealed class GraphApi(StandIn standIn)
{
    public void Map(WebApplication app)
    {
        var api = app.MapGroup("/v{version}");
        api.MapPost("/{id}/messages", Send);
        api.MapPost("/{id}/marketing_messages", Send);
        api.MapPost("/{id}/media", Upload);
        api.MapPost("/{id}/message_attachments", Upload);
        api.MapGet("/{id}/message_templates", Templates);
        api.MapGet("/{id}/subscribed_apps", Subscribed);
        api.MapPost("/{id}/subscribed_apps", Subscribe);
        api.MapGet("/{id}", Node);
        app.MapGet("/media/{id}", (HttpContext http, string id) => Download(http, id, needsToken: true));
        app.MapGet("/cdn/{id}", (HttpContext http, string id) => Download(http, id, needsToken: false));
    }

    private async Task Send(HttpContext http, string id)
    {
        var body = await JsonNode.ParseAsync(http.Request.Body) as JsonObject ?? [];
        if (standIn.Find(id) is not { } account)
        {
            await Refuse(http, 400, 33, "Unsupported post request");
            return;
        }

        if (!await IsLetIn(http))
        {
            return;
        }

        if (account.Kind == "whatsApp")
        {
            var type = Text(body["type"]) ?? "text";
            var part = body[type];
            var text = type == "template" ? "template " + Text(part?["name"]) : Text(part?["body"]) ?? Text(part?["caption"]);
            var guest = Text(body["to"]) ?? Text(body["recipient"]) ?? "";
            await standIn.Take(
                http,
                account,
                (guest, type, text, Text(body["biz_opaque_callback_data"]), body.ToJsonString()),
                sent => $$"""{"messaging_product":"whatsapp","contacts":[{"input":"{{guest}}"}],"messages":[{"id":"{{sent}}"}]}""",
                Text(part?["id"])
            );
            return;
        }

        var message = body["message"];
        var to = Text(body["recipient"]?["id"]) ?? "";
        await standIn.Take(
            http,
            account,
            (to, Text(message?["attachment"]?["type"]) ?? "text", Text(message?["text"]), Text(message?["metadata"]), body.ToJsonString()),
            sent => $$"""{"recipient_id":"{{to}}","message_id":"{{sent}}"}""",
            Text(message?["attachment"]?["payload"]?["attachment_id"])
        );
    }

    private async Task Upload(HttpContext http, string id)
    {
        var form = await http.Request.ReadFormAsync();
        if (standIn.Find(id) is not { } account || form.Files is not [var file])
        {
            await Refuse(http, 400, 100, "No file");
            return;
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        var media = standIn.NewFile(new(file.FileName, file.ContentType, content.ToArray()));
        await StandIn.Answer(http, 200, account.Kind == "whatsApp" ? $$"""{"id":"{{media}}"}""" : $$"""{"attachment_id":"{{media}}"}""");
    }

    private async Task Templates(HttpContext http, string id)
    {
        if (await IsLetIn(http))
        {
            await StandIn.Answer(http, 200, standIn.Templates.GetValueOrDefault(id) ?? """{"data":[]}""");
        }
    }

    private async Task Subscribed(HttpContext http, string id)
    {
        if (await IsLetIn(http))
        {
            await StandIn.Answer(
                http,
                200,
                !standIn.LostSubscriptions.ContainsKey(id) && standIn.Accounts.Any(a => a.WabaId == id || a.Id == id)
                    ? """{"data":[{"whatsapp_business_api_data":{"id":"1","name":"Stand-in"},"id":"1"}]}"""
                    : """{"data":[]}"""
            );
        }
    }

    private async Task Subscribe(HttpContext http, string id)
    {
        if (await IsLetIn(http))
        {
            standIn.LostSubscriptions.TryRemove(id, out _);
            await StandIn.Answer(http, 200, """{"success":true}""");
        }
    }

    /// <summary>A file, an account or a guest: whatever has this id.</summary>
    private async Task Node(HttpContext http, string id)
    {
        if (!await IsLetIn(http))
        {
            return;
        }

        if (standIn.Files.TryGetValue(id, out var file))
        {
            var node = new JsonObject
            {
                ["id"] = id,
                ["url"] = $"{standIn.Address}/media/{id}",
                ["mime_type"] = file.Type,
                ["file_size"] = file.Content.Length,
            };
            await StandIn.Answer(http, 200, node.ToJsonString());
        }
        else if (standIn.Find(id) is { } account)
        {
            await StandIn.Answer(http, 200, new JsonObject { ["id"] = id, ["name"] = account.Name }.ToJsonString());
        }
        else
        {
            await Refuse(http, 404, 100, "Unsupported get request");
        }
    }

    private async Task Download(HttpContext http, string id, bool needsToken)
    {
        if (needsToken && !await IsLetIn(http))
        {
            return;
        }

        if (await standIn.Fetched(http, id) is { } file)
        {
            http.Response.ContentType = file.Type;
            await http.Response.Body.WriteAsync(file.Content);
        }
    }

    private async Task<bool> IsLetIn(HttpContext http)
    {
        var token = http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        if (token.Length > 0 && !standIn.DeadTokens.ContainsKey(token))
        {
            return true;
        }

        await Refuse(http, 401, 190, "Invalid OAuth access token");
        return false;
    }

    private static Task Refuse(HttpContext http, int status, int code, string message) =>
        StandIn.Answer(http, status, $$$"""{"error":{"message":"{{{message}}}","code":{{{code}}}}}""");

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
