using System.Net;
using System.Net.Sockets;

namespace Bellhop.Platform.Web;

/// <summary>Says which addresses Bellhop calls: public ones, and the private networks that its operator allows.</summary>
public sealed class OutsideNetworks
{
    // Not public, by the registries of special addresses: RFC 6890 and what came after it.
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    private static readonly IPNetwork PublicV6 = IPNetwork.Parse("2000::/3");

    // Addresses of version 4, written as addresses of version 6 by a network that has only those.
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    private readonly IPNetwork[] _allowed;

    /// <param name="setting">Networks, separated by commas; null or empty for none.</param>
    /// <exception cref="OperatorProblem">One of them is not a network.</exception>
    public OutsideNetworks(string? setting) =>
        _allowed = [
            .. (setting ?? "")
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(text =>
                    IPNetwork.TryParse(text, out var network)
                        ? network
                        : throw new OperatorProblem(
                            $"{OutsideHttp.NetworksSetting} takes networks such as 10.0.0.0/8, separated by commas; '{text}' is none."
                        )
                ),
        ];

    /// <summary>Whether the operator allows any private network. Only these are called without encryption.</summary>
    public bool AllowsAny => _allowed.Length > 0;

    /// <summary>Whether the operator allows this address by name.</summary>
    public bool Allows(IPAddress address) => Array.Exists(_allowed, n => n.Contains(Plain(address)));

    /// <summary>Whether the address is public, or allowed.</summary>
    public bool MayCall(IPAddress address) => IsPublic(Plain(address)) || Allows(address);

    private static bool IsPublic(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetwork || PublicV6.Contains(address))
        && !Array.Exists(Special, n => n.Contains(address));

    // The same place can be written as an address of version 4 or 6; it is judged as version 4.
    private static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 && Translated.Contains(address) ? new(address.GetAddressBytes()[12..])
        : address;
}
