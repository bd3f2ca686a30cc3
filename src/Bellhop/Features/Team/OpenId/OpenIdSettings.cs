using System.Net;
using Bellhop.Platform;

namespace Bellhop.Features.Team;

/// <summary>An OpenID Connect provider with which people sign in, set under <c>OpenId</c>. Without an authority there is none.</summary>
public sealed class OpenIdSettings
{
    /// <summary>The provider's address, under which its discovery document lies.</summary>
    public string? Authority { get; set; }
    public string? ClientId { get; set; }
    public string? ClientSecret { get; set; }

    /// <summary>The provider's name on the button.</summary>
    public string Name { get; set; } = "OpenID";

    public bool IsOn => !string.IsNullOrWhiteSpace(Authority);

    /// <summary>Whether the provider is on this machine, where it may be asked without encryption.</summary>
    internal bool IsHere => IsLoopback(new Uri(Authority!));

    /// <exception cref="OperatorProblem">A setting is missing or wrong.</exception>
    internal void Check(bool hasPublicAddress)
    {
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var uri) || !(uri.Scheme == Uri.UriSchemeHttps || IsLoopback(uri)))
        {
            throw new OperatorProblem($"OpenId:Authority takes an https address; '{Authority}' is none.");
        }

        if (string.IsNullOrWhiteSpace(ClientId))
        {
            throw new OperatorProblem("OpenId:Authority needs OpenId:ClientId too: the name that the provider knows Bellhop by.");
        }

        if (!hasPublicAddress)
        {
            throw new OperatorProblem("OpenId:Authority needs Bellhop:PublicAddress too: the provider sends people back there.");
        }
    }

    private static bool IsLoopback(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttp
        && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address)));
}
