using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Bellhop.Platform.Web;

/// <summary>Why no answer came from an address outside.</summary>
public enum OutsideFailure
{
    /// <summary>The name leads only to addresses that Bellhop does not call: private, loopback, link-local and the like.</summary>
    Address,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>Nobody listens, the name does not exist, or the connection broke.</summary>
    Connection,

    /// <summary>The certificate is not valid.</summary>
    Certificate,
}

/// <summary>What came of a call: a status, or the reason why there is none.</summary>
/// <param name="RetryAfter">How long the receiver asks to wait.</param>
public sealed record OutsideAnswer(int? Status, OutsideFailure? Failure = null, TimeSpan? RetryAfter = null)
{
    /// <summary>The status, or the name of the reason, for a log.</summary>
    public override string ToString() => Status?.ToString(CultureInfo.InvariantCulture) ?? Failure?.ToString() ?? "";
}

/// <summary>
/// The only HTTP client for addresses that users give. It refuses private networks when it connects, so that no name can lead there; it
/// follows no redirect, uses no proxy, reads no longer body than the caller says, and gives up after some seconds.
/// </summary>
public sealed class OutsideHttp : IDisposable
{
    /// <summary>The setting: networks that may be called although they are private, such as <c>10.0.0.0/8,127.0.0.1/32</c>.</summary>
    public const string NetworksSetting = "Outside:AllowedNetworks";

    /// <summary>The setting: the seconds after which a call is given up.</summary>
    public const string TimeoutSetting = "Outside:TimeoutSeconds";

    private const int UsualTimeout = 15;
    private const int MostDrained = 16 * 1024;

    private readonly HttpClient _client;
    private readonly TimeSpan _timeout;

    /// <exception cref="OperatorProblem">A setting is not valid.</exception>
    public OutsideHttp(IConfiguration configuration)
    {
        Networks = new(configuration[NetworksSetting]);
        _timeout = TimeSpan.FromSeconds(configuration.GetValue(TimeoutSetting, UsualTimeout));
        _client = new(
            new SocketsHttpHandler
            {
                ConnectCallback = Connect,
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                ActivityHeadersPropagator = null,
                MaxResponseHeadersLength = 16,
                MaxResponseDrainSize = MostDrained,
                ResponseDrainTimeout = TimeSpan.FromSeconds(1),
                PooledConnectionLifetime = TimeSpan.FromMinutes(2), // a name may soon lead elsewhere
                MaxConnectionsPerServer = 8,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan, // each call has its own
        };
    }

    /// <summary>Which addresses may be called.</summary>
    internal OutsideNetworks Networks { get; }

    /// <summary>Sends a request and reads the status of the answer, nothing else.</summary>
    /// <exception cref="OperationCanceledException">The caller does not wait any more.</exception>
    public Task<OutsideAnswer> Send(HttpRequestMessage request, CancellationToken cancel) => Send(request, read: null, cancel);

    /// <summary>Sends a request and reads the answer with its body; the body is null where it is longer than <paramref name="most"/>
    /// bytes.</summary>
    /// <exception cref="OperationCanceledException">The caller does not wait any more.</exception>
    public async Task<(OutsideAnswer Answer, byte[]? Body)> Read(HttpRequestMessage request, int most, CancellationToken cancel)
    {
        byte[]? body = null;
        var answer = await Send(request, async (content, late) => body = await Bounded(content, most, late), cancel);
        return (answer, body);
    }

    /// <summary>Sends a request and writes the answer's body to a stream, if it succeeds.</summary>
    /// <param name="to">Where a body that is too long stands in part.</param>
    /// <param name="most">The most bytes to write.</param>
    /// <param name="within">How long the call may take, with its body.</param>
    /// <returns>The answer, and whether the whole body is written.</returns>
    /// <exception cref="OperationCanceledException">The caller does not wait any more.</exception>
    public async Task<(OutsideAnswer Answer, bool IsWhole)> Copy(
        HttpRequestMessage request,
        Stream to,
        long most,
        TimeSpan within,
        CancellationToken cancel
    )
    {
        var isWhole = false;
        var answer = await Send(
            request,
            async (content, late) =>
            {
                await using var stream = await content.ReadAsStreamAsync(late);
                isWhole = await stream.CopyUpTo(to, most, late);
            },
            cancel,
            within
        );
        return (answer, isWhole);
    }

    private static async Task<byte[]?> Bounded(HttpContent content, int most, CancellationToken cancel)
    {
        await using var stream = await content.ReadAsStreamAsync(cancel);
        return await stream.ReadUpTo(most, cancel);
    }

    private async Task<OutsideAnswer> Send(
        HttpRequestMessage request,
        Func<HttpContent, CancellationToken, Task>? read,
        CancellationToken cancel,
        TimeSpan? within = null
    )
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(within ?? _timeout);
        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, late.Token);
            await (read?.Invoke(answer.Content, late.Token) ?? Task.CompletedTask);
            return new((int)answer.StatusCode, RetryAfter: answer.Headers.RetryAfter?.Delta);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(null, OutsideFailure.Timeout);
        }
        catch (IOException)
        {
            return new(null, OutsideFailure.Connection);
        }
        catch (HttpRequestException error)
        {
            return new(
                null,
                error.InnerException switch
                {
                    RefusedAddress => OutsideFailure.Address,
                    AuthenticationException => OutsideFailure.Certificate,
                    _ => OutsideFailure.Connection,
                }
            );
        }
    }

    public void Dispose() => _client.Dispose();

    // The check stands between the name and the connection: the address that is checked is the one that is called.
    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var plain = context.InitialRequestMessage.RequestUri?.Scheme != Uri.UriSchemeHttps;
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var found = IPAddress.TryParse(host, out var address) ? [address] : await Dns.GetHostAddressesAsync(host, cancel);
        var callable = found.Where(a => plain ? Networks.Allows(a) : Networks.MayCall(a)).ToArray();
        if (callable.Length == 0)
        {
            throw new RefusedAddress();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(callable, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class RefusedAddress : IOException;
}
