using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>The whole program, in this process, on a free port, with a key signed in.</summary>
internal sealed class RunningBellhop
{
    private RunningBellhop(Uri url, string key)
    {
        Client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(2) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public HttpClient Client { get; }

    public Uri Url => Client.BaseAddress!;

    /// <param name="more">Further settings, as the command line takes them.</param>
    public static async Task<RunningBellhop> Start(BenchDatabase town, params string[] more)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        string[] settings =
        [
            "--urls",
            url.ToString(),
            $"--Bellhop:Data={town.Folder}",
            "--Limits:ApiPerSecond=1000000",
            "--Logging:LogLevel:Default=Warning",
            "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning",
            .. more,
            .. town.Postgres is { } postgres ? [$"--ConnectionStrings:Postgres={postgres}"] : Array.Empty<string>(),
        ];
        var program = Task.Run(() => typeof(Data.BellhopDb).Assembly.EntryPoint!.Invoke(null, [settings]));
        var ours = new RunningBellhop(url, town.Key);
        for (var tries = 0; tries < 300; tries++)
        {
            if (program.IsCompleted)
            {
                await program;
            }

            try
            {
                using var answer = await ours.Client.GetAsync("/api/v1/contacts?limit=1");
                answer.EnsureSuccessStatusCode();
                return ours;
            }
            catch (HttpRequestException error) when (error.StatusCode is null)
            {
                await Task.Delay(100);
            }
        }

        throw new InvalidOperationException("The program did not answer.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
