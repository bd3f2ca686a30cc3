using System.Net;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Team;

/// <summary>
/// Limits wrong passwords. A try is taken before the password is checked and given back if it is right, so only failures count. An address
/// without an account counts like any other.
/// </summary>
internal sealed class SignInTries
{
    private readonly List<(Throttle Bucket, string Key)> _taken = [];
    private readonly Throttles _throttles;
    private readonly string _network;
    private bool _isReserve;

    private SignInTries(Throttles throttles, string network) => (_throttles, _network) = (throttles, network);

    /// <summary>Takes a try for an account and a network.</summary>
    /// <param name="throttles">The limits.</param>
    /// <param name="address">The account's address, as typed.</param>
    /// <param name="from">The network address; null when it is not known.</param>
    /// <param name="isKnown">The device signed in to this account before, so other people's failures do not block it.</param>
    /// <exception cref="Refusal">429; then no try is taken.</exception>
    public static SignInTries Take(Throttles throttles, string address, string? from, bool isKnown)
    {
        var network = Throttles.Network(IPAddress.TryParse(from, out var ip) ? ip : null);
        var tries = new SignInTries(throttles, network);
        tries.Demand(throttles.SignInsOfNetwork, network);
        tries.Demand(throttles.SignInsOfAccountHere, $"{address}\n{network}");
        if (!isKnown && !tries.TakeReserve(address))
        {
            tries.Demand(throttles.SignInsOfAccount, address);
        }

        return tries;
    }

    /// <summary>The password was right.</summary>
    public void Right() => GiveBack();

    /// <summary>The password was wrong.</summary>
    public void Wrong()
    {
        if (!_isReserve)
        {
            _throttles.SignInFailures.Take(_network);
        }
    }

    // When others have used up the account's tries, its owner can still sign in from a network without failures.
    private bool TakeReserve(string address)
    {
        var key = $"{address}\n{_network}";
        if (
            _throttles.SignInsOfAccount.HasOne(address)
            || !_throttles.SignInFailures.HasOne(_network)
            || _throttles.SignInReserve.Take(key) is not null
        )
        {
            return false;
        }

        _taken.Add((_throttles.SignInReserve, key));
        return _isReserve = true;
    }

    private void Demand(Throttle bucket, string key)
    {
        if (bucket.Take(key) is { } seconds)
        {
            GiveBack();
            throw Refusal.TooMany(seconds);
        }

        _taken.Add((bucket, key));
    }

    private void GiveBack()
    {
        _taken.ForEach(t => t.Bucket.GiveBack(t.Key));
        _taken.Clear();
    }
}
