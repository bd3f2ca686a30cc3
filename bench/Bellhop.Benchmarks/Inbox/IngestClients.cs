using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Bellhop.Benchmarks.Inbox;

/// <summary>
/// Clients that send requests made before, each over a connection of its own, the next when the last is answered. They are plain sockets,
/// so that little of the processor that they share with the server is theirs.
/// </summary>
internal static class IngestClients
{
    public const int Count = 32;

    /// <summary>What the sending of some requests took.</summary>
    /// <param name="Rate">Answers a second.</param>
    /// <param name="Middle">The median in milliseconds.</param>
    /// <param name="Slow">What 99 of 100 stayed within, in milliseconds.</param>
    public sealed record Sent(double Rate, double Middle, double Slow);

    /// <param name="pace">So many are due each second, evenly; null for as fast as they are answered.</param>
    /// <exception cref="InvalidOperationException">An answer that is not 200.</exception>
    public static async Task<Sent> Send(Uri url, IReadOnlyList<byte[]> requests, int? pace = null)
    {
        var (next, took) = (-1, new double[requests.Count]);
        var begin = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => Task.Run(One)));
        var rate = requests.Count / Stopwatch.GetElapsedTime(begin).TotalSeconds;
        Array.Sort(took);
        return new(rate, took[took.Length / 2], took[took.Length * 99 / 100]);

        async Task One()
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(url.Host, url.Port);
            var answer = new byte[4096];
            while (Interlocked.Increment(ref next) is var i && i < requests.Count)
            {
                if (pace is { } perSecond)
                {
                    var due = TimeSpan.FromSeconds((double)i / perSecond) - Stopwatch.GetElapsedTime(begin);
                    await Task.Delay(due > TimeSpan.Zero ? due : TimeSpan.Zero);
                }

                var start = Stopwatch.GetTimestamp();
                await socket.SendAsync(requests[i]);
                await ReadAnswer(socket, answer);
                took[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }
    }

    // What is expected has no body, so it ends with its headers.
    private static async Task ReadAnswer(Socket socket, byte[] into)
    {
        var length = 0;
        do
        {
            var more = await socket.ReceiveAsync(into.AsMemory(length));
            length += more;
            if (more == 0 || length == into.Length)
            {
                throw new InvalidOperationException("The answer ended: " + Encoding.UTF8.GetString(into, 0, length));
            }
        } while (!into.AsSpan(0, length).EndsWith("\r\n\r\n"u8));

        if (!into.AsSpan(0, length).StartsWith("HTTP/1.1 200 "u8))
        {
            throw new InvalidOperationException("The answer was " + Encoding.UTF8.GetString(into, 0, length));
        }
    }
}
