using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Bellhop.Benchmarks.Pages;

/// <summary>
/// A page as a browser has it open: its HTML was read, its circuit has started and drawn it once, and what the circuit asks is answered.
/// </summary>
internal sealed partial class OpenPage : IDisposable
{
    private static readonly TimeSpan StillThere = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource<string> _circuit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closed = new();

    private OpenPage() => _socket.Options.SetBuffer(4096, 4096);

    /// <summary>Opens a page with a signed-in browser's cookies.</summary>
    public static async Task<OpenPage> At(HttpClient browser, string cookies, string path)
    {
        var html = await browser.GetStringAsync(path);
        var page = new OpenPage();
        var url = browser.BaseAddress!;
        page._socket.Options.SetRequestHeader("Cookie", cookies);
        page._socket.Options.SetRequestHeader("Origin", url.GetLeftPart(UriPartial.Authority));
        await page._socket.ConnectAsync(new UriBuilder(url) { Scheme = "ws", Path = "/_blazor" }.Uri, default);
        await page.Send(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text);
        _ = page.Listen();
        _ = page.Stay();
        await page.Send(Packed.Call("0", "StartCircuit", url.ToString(), new Uri(url, path).ToString(), "[]", ""));
        await page._circuit.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await page.Send(Packed.Call(null, "UpdateRootComponents", Components(html), State().Match(html).Groups[1].Value));
        await page._drawn.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return page;
    }

    /// <summary>Closes it as a browser does that closes a tab: it says so, and hangs up.</summary>
    public async Task Close(HttpClient browser)
    {
        using var said = new MultipartFormDataContent { { new StringContent(await _circuit.Task), "circuitId" } };
        using var answer = await browser.PostAsync("/_blazor/disconnect", said);
        answer.EnsureSuccessStatusCode();
        Dispose();
    }

    /// <summary>Hangs up without a word, as a browser does that crashes or loses its network.</summary>
    public void Dispose()
    {
        _closed.Cancel();
        _socket.Abort();
        _socket.Dispose();
    }

    private static string Components(string html)
    {
        var operations = new JsonArray();
        foreach (Match marker in Marker().Matches(html))
        {
            if (JsonNode.Parse(marker.Groups[1].Value) is JsonObject component && component["type"]?.GetValue<string>() == "server")
            {
                operations.Add(
                    new JsonObject
                    {
                        ["type"] = "add",
                        ["ssrComponentId"] = operations.Count + 1,
                        ["marker"] = component,
                    }
                );
            }
        }

        return operations.Count == 0
            ? throw new InvalidOperationException("The page has nothing that lives on a circuit.")
            : new JsonObject { ["batchId"] = 1, ["operations"] = operations }.ToJsonString();
    }

    private async Task Send(byte[] message, WebSocketMessageType type = WebSocketMessageType.Binary)
    {
        await _sending.WaitAsync(_closed.Token);
        try
        {
            await _socket.SendAsync(message, type, true, _closed.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task Stay()
    {
        while (!_closed.IsCancellationRequested)
        {
            await Task.Delay(StillThere, _closed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_closed.IsCancellationRequested)
            {
                await Send(Packed.Ping);
            }
        }
    }

    private async Task Listen()
    {
        try
        {
            var (some, begun, agreed) = (new byte[16 * 1024], new List<byte>(), false);
            while (!_closed.IsCancellationRequested)
            {
                var got = await _socket.ReceiveAsync(some, _closed.Token);
                begun.AddRange(some.AsSpan(0, got.Count));
                if (!agreed)
                {
                    var end = begun.IndexOf(0x1e);
                    begun.RemoveRange(0, end + 1);
                    agreed = end >= 0;
                    if (!agreed)
                    {
                        continue;
                    }
                }

                byte[] all = [.. begun];
                var at = 0;
                while (Next(all, ref at) is { } message)
                {
                    await Hear(message);
                }

                begun.RemoveRange(0, at);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or InvalidOperationException)
        {
            _circuit.TrySetException(error);
            _drawn.TrySetException(error);
        }
    }

    private static object?[]? Next(byte[] all, ref int at)
    {
        var from = at;
        if (Packed.Length(all, ref from) is not { } length || from + length > all.Length)
        {
            return null;
        }

        at = from + length;
        return (object?[])Packed.Read(all, ref from)!;
    }

    private async Task Hear(object?[] message)
    {
        switch (message)
        {
            case [1L, _, _, "JS.RenderBatch", object?[] args, ..]:
                await Send(Packed.Call(null, "OnRenderCompleted", args[0], null));
                _drawn.TrySetResult();
                break;
            case [1L, _, _, "JS.BeginInvokeJS", object?[] args, ..]:
                var call = args[0] is string text
                    ? JsonDocument.Parse(text).RootElement.GetProperty("asyncHandle").GetInt64()
                    : (long)args[0]!;
                if (call != 0)
                {
                    await Send(Packed.Call(null, "EndInvokeJSFromDotNet", call, true, $"[{call},true,null]"));
                }

                break;
            case [1L, _, _, "JS.Error", object?[] args, ..]:
                throw new InvalidOperationException($"The circuit failed: {args[0]}");
            case [3L, _, "0", 3L, string circuit]:
                _circuit.TrySetResult(circuit);
                break;
            case [3L, _, "0", ..]:
                throw new InvalidOperationException("The circuit did not start.");
            case [7L, ..]:
                throw new InvalidOperationException("The circuit was closed.");
        }
    }

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->", RegexOptions.None, 1000)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->", RegexOptions.None, 1000)]
    private static partial Regex State();
}
