using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Bellhop.Tests.Host;

/// <summary>Hears what a server sends of its work by OTLP: traces, metrics and logs.</summary>
internal sealed class TelemetryListener : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Path, string Body)> _heard = [];
    private readonly string _address = $"http://127.0.0.1:{Ports.Free()}/";
    private readonly Task _listening;

    public TelemetryListener()
    {
        _listener.Prefixes.Add(_address);
        _listener.Start();
        _listening = Listen();
    }

    /// <summary>What the server's environment needs, so that it sends here soon.</summary>
    public (string Key, string Value)[] Settings =>
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", _address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
            ("OTEL_BLRP_SCHEDULE_DELAY", "200"),
        ];

    /// <summary>The kinds that were heard, by their paths.</summary>
    public IReadOnlyList<string> Kinds => [.. _heard.Select(h => h.Path).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Everything that was heard, a letter for each byte.</summary>
    public string Text => string.Concat(_heard.Select(h => h.Body));

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _listening;
    }

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                var call = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await call.Request.InputStream.CopyToAsync(body);
                _heard.Enqueue((call.Request.Url!.AbsolutePath, Encoding.Latin1.GetString(body.ToArray())));
                call.Response.StatusCode = 200;
                call.Response.Close();
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // The test has heard enough.
        }
    }
}
