using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bellhop.Features.Channels;

/// <summary>How providers are called: bounded in time and size, no redirect, and neither logged nor traced, for some addresses hold a
/// secret.</summary>
internal static class ProviderHttp
{
    private const int LargestAnswer = 4 * 1024 * 1024;

    /// <summary>So long a call may take. The lease of an account's outbox is longer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public static void AddProvider<TClient>(this IServiceCollection services)
        where TClient : class =>
        services
            .AddHttpClient<TClient>(http =>
            {
                http.Timeout = Timeout;
                http.MaxResponseContentBufferSize = LargestAnswer;
            })
            .RemoveAllLoggers()
            .SetHandlerLifetime(System.Threading.Timeout.InfiniteTimeSpan) // the connections themselves are renewed
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    ActivityHeadersPropagator = null, // no trace: Telegram's token is in the path
                    ConnectTimeout = TimeSpan.FromSeconds(10),
                    PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                    PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10), // sooner than a provider closes it
                }
            );

    public static HttpContent Json(JsonNode body) => new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");

    /// <summary>
    /// Sends a message once. Where no answer came, it says whether anything may have left; nothing here tries again.
    /// </summary>
    /// <param name="read">Reads the provider's answer; null where it is none of the provider's.</param>
    public static async Task<SendAnswer> Send(
        HttpClient http,
        HttpRequestMessage request,
        Func<int, JsonElement, SendAnswer?> read,
        CancellationToken cancel
    )
    {
        using var once = new OnceContent(request.Content!);
        request.Content = once;
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancel);
            var status = (int)answer.StatusCode;
            using var body = await Parsed(answer, cancel);
            return (body is null ? null : read(status, body.RootElement))
                // Somebody before the provider refuses: it has not got there. Whatever else says nothing of the message.
                ?? (status is >= 400 and < 500 and not 408 ? new(SendOutcome.Refused, Code: status) : new(SendOutcome.Unknown));
        }
        catch (Exception error)
            when (error is HttpRequestException or OperationCanceledException or IOException or InvalidOperationException)
        {
            return new(once.HasBegun ? SendOutcome.Unknown : SendOutcome.NotSent);
        }
    }

    /// <summary>Asks something that changes nothing at the provider; it may be asked again.</summary>
    /// <returns>The status, 0 if no answer came, and the body, if it is JSON.</returns>
    public static async Task<(int Status, JsonElement Body)> Ask(HttpClient http, HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancel);
            using var body = await Parsed(answer, cancel);
            return ((int)answer.StatusCode, body?.RootElement.Clone() ?? default);
        }
        catch (Exception error) when (error is HttpRequestException or IOException || IsTimeout(error, cancel))
        {
            return (0, default);
        }
    }

    private static bool IsTimeout(Exception error, CancellationToken cancel) =>
        error is OperationCanceledException && !cancel.IsCancellationRequested;

    private static async Task<JsonDocument?> Parsed(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            var body = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancel));
            if (body.RootElement.ValueKind == JsonValueKind.Object)
            {
                return body;
            }

            body.Dispose();
        }
        catch (JsonException)
        {
            // A page of somebody in between.
        }

        return null;
    }
}
