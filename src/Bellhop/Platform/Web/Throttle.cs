using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Bellhop.Platform.Web;

/// <summary>How much is too much; set under <c>Limits</c> in the configuration. Normal work does not reach these limits.</summary>
public sealed class Limits
{
    /// <summary>API calls a second, of one user or key, or of one network where nobody is signed in.</summary>
    public int ApiPerSecond { get; set; } = 2000;

    /// <summary>Failed sign-ins a minute for one account from one network.</summary>
    public int SignInsPerAccount { get; set; } = 10;

    /// <summary>Failed sign-ins a minute from one network, whoever they are for.</summary>
    public int SignInsPerNetwork { get; set; } = 60;

    /// <summary>Failed sign-ins a minute for one account from all networks, except from devices that signed in to it before.</summary>
    public int SignInsPerAccountEverywhere { get; set; } = 30;

    /// <summary>
    /// Failed sign-ins an hour that a network with no failures still has for an account whose limit other networks have used up.
    /// </summary>
    public int SignInsInReserve { get; set; } = 3;

    /// <summary>Wrong PINs of one member in a quarter of an hour.</summary>
    public int PinsPerMember { get; set; } = 5;

    /// <summary>Wrong codes of a second factor an hour for one account.</summary>
    public int CodesPerAccount { get; set; } = 10;

    /// <summary>Links to a new password an hour for one address.</summary>
    public int RecoveriesPerAccount { get; set; } = 3;

    /// <summary>Calls a minute for a link to a new password, from one network.</summary>
    public int RecoveriesPerNetwork { get; set; } = 10;

    /// <summary>Visits a minute to the page on which guests rate a stay, from one network.</summary>
    public int RatingsPerNetwork { get; set; } = 60;

    /// <summary>Visits a minute to the page of printed codes, from one network.</summary>
    public int CodesPerNetwork { get; set; } = 30;

    /// <summary>Bookings a minute that one network may send by the hosted form.</summary>
    public int FormBookingsPerNetwork { get; set; } = 10;

    /// <summary>Refusals a minute of one caller that have an audit row each; those beyond are counted.</summary>
    public int RefusalsPerMinute { get; set; } = 600;

    /// <summary>Exports of guests that one user or key may have running at once.</summary>
    public int ExportsAtOnce { get; set; } = 2;

    /// <summary>Pages one user may have open at once.</summary>
    public int CircuitsPerUser { get; set; } = 20;

    /// <summary>Pages that one network may have open at once, whoever sits before them.</summary>
    public int SocketsPerNetwork { get; set; } = 200;

    /// <summary>Files of guests that one user or key may have waiting: drafts, rehearsals and what is at work.</summary>
    public int ImportFilesKept { get; set; } = 20;
}

/// <summary>The throttles of this process, one for each kind of thing that can be overdone.</summary>
public sealed class Throttles(Limits limits, TimeProvider clock)
{
    public Throttle Api { get; } = new(limits.ApiPerSecond, TimeSpan.FromSeconds(1), clock);
    public Throttle SignInsOfAccountHere { get; } = new(limits.SignInsPerAccount, TimeSpan.FromMinutes(1), clock);
    public Throttle SignInsOfAccount { get; } = new(limits.SignInsPerAccountEverywhere, TimeSpan.FromMinutes(1), clock);
    public Throttle SignInReserve { get; } = new(limits.SignInsInReserve, TimeSpan.FromHours(1), clock);

    /// <summary>Has one left only for a network without a failed sign-in in the last hour.</summary>
    public Throttle SignInFailures { get; } = new(1, TimeSpan.FromHours(1), clock);
    public Throttle SignInsOfNetwork { get; } = new(limits.SignInsPerNetwork, TimeSpan.FromMinutes(1), clock);
    public Throttle PinsOfMember { get; } = new(limits.PinsPerMember, TimeSpan.FromMinutes(15), clock);
    public Throttle CodesOfAccount { get; } = new(limits.CodesPerAccount, TimeSpan.FromHours(1), clock);
    public Throttle RecoveriesOfAccount { get; } = new(limits.RecoveriesPerAccount, TimeSpan.FromHours(1), clock);
    public Throttle RecoveriesOfNetwork { get; } = new(limits.RecoveriesPerNetwork, TimeSpan.FromMinutes(1), clock);
    public Throttle RatingsOfNetwork { get; } = new(limits.RatingsPerNetwork, TimeSpan.FromMinutes(1), clock);
    public Throttle CodesOfNetwork { get; } = new(limits.CodesPerNetwork, TimeSpan.FromMinutes(1), clock);
    public Throttle FormBookingsOfNetwork { get; } = new(limits.FormBookingsPerNetwork, TimeSpan.FromMinutes(1), clock);

    /// <summary>The network an address counts for: an IPv4 address, or the /64 that one IPv6 customer has to himself.</summary>
    public static string Network(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}

/// <summary>Allows a number of calls per window for each key, refilled evenly. A new key may use all of them at once.</summary>
public sealed class Throttle(int most, TimeSpan window, TimeProvider clock)
{
    private const int SweepAt = 10_000;
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Takes one. Null where that is fine, else the seconds to wait.</summary>
    public int? Take(string key)
    {
        var now = clock.GetTimestamp();
        if (_buckets.Count > SweepAt)
        {
            Sweep(now);
        }

        var bucket = _buckets.GetOrAdd(key, _ => new(most, now));
        lock (bucket)
        {
            bucket.Left = Filled(bucket, now);
            bucket.At = now;
            if (bucket.Left >= 1)
            {
                bucket.Left--;
                return null;
            }

            return Math.Max(1, (int)Math.Ceiling((1 - bucket.Left) * window.TotalSeconds / most));
        }
    }

    /// <summary>Whether one could be taken now.</summary>
    public bool HasOne(string key)
    {
        if (!_buckets.TryGetValue(key, out var bucket))
        {
            return most >= 1;
        }

        lock (bucket)
        {
            return Filled(bucket, clock.GetTimestamp()) >= 1;
        }
    }

    /// <summary>Puts back one that was taken but not needed.</summary>
    public void GiveBack(string key)
    {
        if (_buckets.TryGetValue(key, out var bucket))
        {
            lock (bucket)
            {
                bucket.Left = Math.Min(most, bucket.Left + 1);
            }
        }
    }

    private double Filled(Bucket bucket, long now) => Math.Min(most, bucket.Left + (clock.GetElapsedTime(bucket.At, now) / window * most));

    /// <summary>Forgets keys that are full again.</summary>
    private void Sweep(long now)
    {
        foreach (var (key, bucket) in _buckets)
        {
            if (clock.GetElapsedTime(bucket.At, now) > window)
            {
                _buckets.TryRemove(new(key, bucket));
            }
        }
    }

    private sealed class Bucket(double left, long at)
    {
        public double Left { get; set; } = left;
        public long At { get; set; } = at;
    }
}
