using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StandardWebhooks;

namespace Bellhop.Tests.Features.Webhooks;

/// <summary>A receiver of webhooks on loopback. It takes everything, unless the test lets it misbehave.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    /// <summary>What came, in its order, taken or not.</summary>
    public ConcurrentQueue<Call> Calls { get; } = [];

    /// <summary>How it answers; it has written the call down before.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public string Url => _app.Urls.Single() + "/hooks";

    /// <summary>The news as names and ids, in the order in which they came.</summary>
    public IEnumerable<(string Type, Guid Id)> News => Calls.Select(c => (c.Type, c.Body["id"]!.GetValue<Guid>()));

    public static async Task<Receiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._app.Run(receiver.Take);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>From now on it answers with this status.</summary>
    public void AnswerWith(int status) =>
        Answer = http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        };

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task Take(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        Calls.Enqueue(new(http.Request.Method, http.Request.Path, http.Request.Headers.ToDictionary(), await reader.ReadToEndAsync()));
        await Answer(http);
    }

    /// <param name="Headers">With every value.</param>
    public sealed record Call(
        string Method,
        string Path,
        IDictionary<string, Microsoft.Extensions.Primitives.StringValues> Headers,
        string Text
    )
    {
        public JsonObject Body => JsonNode.Parse(Text)!.AsObject();

        public string Type => Body["type"]!.GetValue<string>();

        public string Id => Headers["webhook-id"].ToString();

        /// <summary>Whether one of the signatures is right for this secret.</summary>
        public bool IsSignedBy(string secret)
        {
            var key = Convert.FromBase64String(secret["whsec_".Length..]);
            var signed = Encoding.UTF8.GetBytes($"{Id}.{Headers["webhook-timestamp"]}.{Text}");
            var right = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
            return Headers["webhook-signature"].ToString().Split(' ').Contains(right, StringComparer.Ordinal);
        }

        /// <summary>Whether the library that receivers use takes it, with its look at the machine's clock.</summary>
        public bool IsTakenWith(string secret)
        {
            try
            {
                new StandardWebhook(secret).Verify(Text, new HeaderDictionary(Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)));
                return true;
            }
            catch (StandardWebhooks.Diagnostics.WebhookVerificationException)
            {
                return false;
            }
        }
    }
}
