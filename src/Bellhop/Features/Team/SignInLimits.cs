using System.Net;
using System.Net.Sockets;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Team;

/// <summary>How often somebody may try to sign in: so many times a minute for one account, and for one network. Nothing is locked for longer than that.</summary>
/// <param name="PerAccount">Attempts a minute for one e-mail address, known or not.</param>
/// <param name="PerNetwork">Attempts a minute from one IPv4 address or IPv6 /64.</param>
public sealed record SignInLimit(int PerAccount = 10, int PerNetwork = 60);

/// <summary>Counts attempts of the last minute, in this process.</summary>
public sealed class SignInLimits(SignInLimit limit, DbHost host)
{
    private const int MostKept = 100_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<DateTime>> _attempts = new(StringComparer.Ordinal);

    /// <summary>Counts one attempt.</summary>
    /// <exception cref="Refusal">429 with the seconds to wait.</exception>
    public void Take(string email, string? from)
    {
        var now = host.Clock.Now();
        lock (_gate)
        {
            if (_attempts.Count > MostKept)
            {
                foreach (var (key, old) in _attempts.Where(a => a.Value.Last() <= now - Window).ToList())
                {
                    _attempts.Remove(key);
                }
            }

            var account = Recent("account " + email, now);
            var network = Recent("network " + Network(from), now);
            var wait = TimeSpan.FromTicks(Math.Max(Wait(account, limit.PerAccount, now).Ticks, Wait(network, limit.PerNetwork, now).Ticks));
            if (wait > TimeSpan.Zero)
            {
                throw Refusal.TooMany(Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)));
            }

            account.Enqueue(now);
            network.Enqueue(now);
        }
    }

    /// <summary>The part of an address that one subscriber has.</summary>
    internal static string Network(string? from)
    {
        if (!IPAddress.TryParse(from, out var address))
        {
            return "";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private Queue<DateTime> Recent(string key, DateTime now)
    {
        if (!_attempts.TryGetValue(key, out var attempts))
        {
            _attempts[key] = attempts = new();
        }

        while (attempts.TryPeek(out var oldest) && oldest <= now - Window)
        {
            attempts.Dequeue();
        }

        return attempts;
    }

    private static TimeSpan Wait(Queue<DateTime> attempts, int most, DateTime now) => attempts.Count < most ? TimeSpan.Zero : attempts.Peek() + Window - now;
}
