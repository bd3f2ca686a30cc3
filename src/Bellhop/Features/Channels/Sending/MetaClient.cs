using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bellhop.Features.Channels;

/// <summary>Calls Meta's Graph API, for WhatsApp, Messenger and Instagram.</summary>
public sealed class MetaClient(HttpClient http, ProviderSettings settings)
{
    /// <summary>Sends a message once.</summary>
    internal async Task<SendAnswer> Send(Outgoing message, string token, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Post, message.Kind, MetaMessage.PathOf(message), token);
        request.Content = ProviderHttp.Json(MetaMessage.BodyOf(message));
        return await ProviderHttp.Send(http, request, MetaMessage.Read, cancel);
    }

    /// <summary>Gives a file to the provider, which sends nothing yet. The answer's id is the file's.</summary>
    internal async Task<SendAnswer> Upload(Outgoing message, string token, CancellationToken cancel)
    {
        var file = message.File!;
        var isWhatsApp = message.Kind == AccountKind.WhatsApp;
        using var form = new MultipartFormDataContent();
        if (isWhatsApp)
        {
            form.Add(new StringContent("whatsapp"), "messaging_product");
            form.Add(new StringContent(file.ContentType), "type");
        }
        else
        {
            var kind = MetaMessage.AttachmentOf(file.Type);
            var about = new JsonObject
            {
                ["attachment"] = new JsonObject
                {
                    ["type"] = kind,
                    ["payload"] = new JsonObject { ["is_reusable"] = true },
                },
            };
            form.Add(new StringContent(about.ToJsonString()), "message");
            form.Add(new StringContent(message.Kind == AccountKind.Instagram ? "instagram" : "messenger"), "platform");
        }

        await using var content = File.OpenRead(file.Path);
        var part = new StreamContent(content);
        part.Headers.ContentType = new(file.ContentType);
        form.Add(part, isWhatsApp ? "file" : "filedata", file.Name);
        using var request = Request(
            HttpMethod.Post,
            message.Kind,
            message.Account + (isWhatsApp ? "/media" : "/message_attachments"),
            token
        );
        request.Content = form;
        var (status, body) = await ProviderHttp.Ask(http, request, cancel);
        return body.In("error") is { ValueKind: JsonValueKind.Object } error ? MetaMessage.ErrorOf(error)
            : status is >= 200 and < 300 && (body.Id("id") ?? body.Id("attachment_id")) is { } id ? new(SendOutcome.Taken, id)
            : new(SendOutcome.NotSent);
    }

    /// <summary>Asks for something below the version; status 0 where no answer came.</summary>
    internal async Task<(int Status, JsonElement Body)> Get(AccountKind kind, string path, string token, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Get, kind, path, token);
        return await ProviderHttp.Ask(http, request, cancel);
    }

    /// <summary>Asks for a change below the version that may be asked for again; status 0 where no answer came.</summary>
    internal async Task<(int Status, JsonElement Body)> Post(AccountKind kind, string path, string token, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Post, kind, path, token);
        return await ProviderHttp.Ask(http, request, cancel);
    }

    /// <summary>Reads a file from an address that the provider has given.</summary>
    /// <param name="token">Null where the address alone is enough.</param>
    internal async Task<HttpResponseMessage> Download(Uri address, string? token, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
    }

    private HttpRequestMessage Request(HttpMethod method, AccountKind kind, string path, string token)
    {
        var request = new HttpRequestMessage(method, new Uri(settings.Of(kind), path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }
}
