using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Bellhop.Tests.Host;

public class TelemetryTests
{
    [Fact]
    public async Task Where_somebody_listens_traces_metrics_and_logs_are_sent_and_nobody_is_named_in_them()
    {
        using var place = new Place();
        var key = await place.SetUp();
        using var listener = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort()}/";
        listener.Prefixes.Add(address);
        listener.Start();
        var heard = new ConcurrentQueue<(string Path, string Body)>();
        var listening = Listen(listener, heard);

        var environment = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        };
        await using (var server = await BellhopProcess.Serve(place.Folder, environment, ["--urls", "http://127.0.0.1:0"]))
        {
            using var client = server.Client(key);
            var property = (await (await client.GetAsync("/api/v1/properties")).Json(200))["items"]![0]!["id"]!.GetValue<string>();
            await (
                await client.Send(
                    HttpMethod.Post,
                    "/api/v1/contacts",
                    $$"""{"name":"Zephyrine Quux","phone":"+351912345678","email":"zephyrine@quux.example","propertyId":"{{property}}"}"""
                )
            ).Json(201);
            await (await client.GetAsync("/api/v1/contacts?q=zephyrine")).Json(200);
            for (var left = 100; left > 0 && heard.Select(h => h.Path).Distinct().Count() < 3; left--)
            {
                await Task.Delay(100);
            }

            (await server.Stop()).ShouldBe(0); // what is left is sent on the way out
        }

        listener.Stop();
        await listening;
        heard.Select(h => h.Path).Distinct().Order().ShouldBe(["/v1/logs", "/v1/metrics", "/v1/traces"]);
        var all = string.Concat(heard.Select(h => h.Body));
        all.ShouldContain("bellhop");
        all.ShouldContain("/api/v1/contacts");
        foreach (var word in (string[])["ephyrine", "uux", "912345678", key])
        {
            all.ShouldNotContain(word, Case.Insensitive);
        }
    }

    private static async Task Listen(HttpListener listener, ConcurrentQueue<(string, string)> heard)
    {
        try
        {
            while (true)
            {
                var call = await listener.GetContextAsync();
                using var body = new MemoryStream();
                await call.Request.InputStream.CopyToAsync(body);
                heard.Enqueue((call.Request.Url!.AbsolutePath, Encoding.Latin1.GetString(body.ToArray())));
                call.Response.StatusCode = 200;
                call.Response.Close();
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // The test has heard enough.
        }
    }

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
