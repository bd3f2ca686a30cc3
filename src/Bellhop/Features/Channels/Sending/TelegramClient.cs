using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bellhop.Features.Channels;

/// <summary>
/// Calls Telegram's Bot API. We write the calls ourselves and not with Telegram.Bot: a message must leave us once at most, and the call
/// must say whether any of it has left.
/// </summary>
public sealed class TelegramClient(HttpClient http, ProviderSettings settings)
{
    /// <summary>Sends a message once.</summary>
    internal async Task<SendAnswer> Send(Outgoing message, string token, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Post, MethodOf(message), token);
        await using var file = message.File is { } sent ? File.OpenRead(sent.Path) : null;
        request.Content = file is null ? ProviderHttp.Json(BodyOf(message)) : Form(message, file);
        return await ProviderHttp.Send(http, request, Read, cancel);
    }

    /// <summary>Asks one of the methods that change nothing.</summary>
    internal async Task<(int Status, JsonElement Body)> Get(string method, string token, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Get, method, token);
        return await ProviderHttp.Ask(http, request, cancel);
    }

    /// <summary>Calls a method that may be called again.</summary>
    internal async Task<(int Status, JsonElement Body)> Post(string method, string token, JsonObject body, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Post, method, token);
        request.Content = ProviderHttp.Json(body);
        return await ProviderHttp.Ask(http, request, cancel);
    }

    /// <summary>Reads a file by the path that <c>getFile</c> names.</summary>
    internal Task<HttpResponseMessage> Download(string path, string token, CancellationToken cancel) =>
        http.GetAsync(new Uri(settings.Telegram, $"file/bot{token}/{path}"), HttpCompletionOption.ResponseHeadersRead, cancel);

    private HttpRequestMessage Request(HttpMethod method, string name, string token) =>
        new(method, new Uri(settings.Telegram.AbsoluteUri + $"bot{token}/{name}"));

    internal static string MethodOf(Outgoing message) =>
        message.File?.Type switch
        {
            null => "sendMessage",
            MessageType.Image => "sendPhoto",
            MessageType.Video => "sendVideo",
            MessageType.Audio => "sendAudio",
            _ => "sendDocument",
        };

    internal static JsonObject BodyOf(Outgoing message)
    {
        var body = new JsonObject { ["chat_id"] = message.GuestId };
        if (message.Text is { } text)
        {
            body[message.File is null ? "text" : "caption"] = text;
        }

        if (message.Business is { } business)
        {
            body["business_connection_id"] = business;
        }

        // Our ids of its messages begin with the chat.
        if (message.ReplyTo?.Split(':') is [_, var id] && long.TryParse(id, CultureInfo.InvariantCulture, out var quoted))
        {
            body["reply_parameters"] = new JsonObject { ["message_id"] = quoted, ["allow_sending_without_reply"] = true };
        }

        return body;
    }

    private static MultipartFormDataContent Form(Outgoing message, Stream file)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in BodyOf(message))
        {
            form.Add(new StringContent(value is JsonValue text ? text.ToString() : value!.ToJsonString()), name);
        }

        var field = MethodOf(message)["send".Length..].ToLowerInvariant();
        var part = new StreamContent(file);
        part.Headers.ContentType = new(message.File!.ContentType);
        form.Add(part, field, message.File.Name);
        return form;
    }

    /// <summary>What an answer says; null where it is not the Bot API's.</summary>
    internal static SendAnswer? Read(int status, JsonElement body)
    {
        var result = body.In("result");
        if (body.IsTrue("ok"))
        {
            return result.Number("message_id") is { } id && result.In("chat").Id("id") is { } chat
                ? new(SendOutcome.Taken, $"{chat}:{id}")
                : null;
        }

        if (!body.Has("error_code") || status >= 500)
        {
            return null; // a fault inside Telegram: nobody knows
        }

        var parameters = body.In("parameters");
        return new(
            SendOutcome.Refused,
            Code: (int)(body.Number("error_code") ?? status),
            Text: body.Name("description"),
            RetryAfter: parameters.Number("retry_after") is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 3600)) : null,
            MovedTo: parameters.Id("migrate_to_chat_id")
        );
    }
}
