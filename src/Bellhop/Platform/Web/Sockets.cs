using System.Globalization;

namespace Bellhop.Platform.Web;

/// <summary>
/// Checks an open page before it gets its channel: it must come from our own site, and neither the person nor the network may have too many
/// open channels. A closed page frees its place at once.
/// </summary>
internal sealed class Sockets(RequestDelegate next, Limits limits, OpenSockets open)
{
    private const string Path = "/_blazor";
    private const int TryAgain = 10;

    public async Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase, out var rest))
        {
            await next(http);
            return;
        }

        if (!IsOurs(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (!http.WebSockets.IsWebSocketRequest)
        {
            // A channel is a WebSocket; what is asked beside it (to begin, to end) has a path of its own.
            if (rest is { HasValue: true, Value: not "/" })
            {
                await next(http);
                return;
            }

            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var network = "network " + Throttles.Network(http.Connection.RemoteIpAddress);
        var person = Actor.Of(http) is { IsKnown: true } who ? $"person {who.Id:N}" : network;
        using var place = open.Take((person, limits.CircuitsPerUser), (network, limits.SocketsPerNetwork));
        if (place is null)
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = TryAgain.ToString(CultureInfo.InvariantCulture);
            return;
        }

        await next(http);
    }

    /// <summary>
    /// A browser always sends the origin of the script that opens a channel. A caller without an origin is not a browser, so it cannot send
    /// another person's cookie by accident.
    /// </summary>
    private static bool IsOurs(HttpRequest request) =>
        request.Headers.Origin is not { Count: > 0 } origin
        || (origin.Count == 1 && string.Equals(origin[0], $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase));
}

/// <summary>How many channels of pages are open, by person and by network.</summary>
public sealed class OpenSockets
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>Takes a place for each key until disposed of; null if one of the keys is at its limit.</summary>
    public IDisposable? Take(params IReadOnlyList<(string Key, int Most)> keys)
    {
        var distinct = keys.DistinctBy(k => k.Key).ToList();
        lock (_gate)
        {
            if (distinct.Exists(k => _open.GetValueOrDefault(k.Key) >= k.Most))
            {
                return null;
            }

            distinct.ForEach(k => _open[k.Key] = _open.GetValueOrDefault(k.Key) + 1);
        }

        return new Place(this, distinct.ConvertAll(k => k.Key));
    }

    private void GiveBack(List<string> keys)
    {
        lock (_gate)
        {
            foreach (var key in keys)
            {
                if (--_open[key] == 0)
                {
                    _open.Remove(key);
                }
            }
        }
    }

    private sealed class Place(OpenSockets all, List<string> keys) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                all.GiveBack(keys);
            }
        }
    }
}
