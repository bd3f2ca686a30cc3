using System.Net;
using MailKit.Security;
using MimeKit;

namespace Bellhop.Platform;

/// <summary>The mail server, set under <c>Mail</c> in the configuration. Without a host, Bellhop sends no mail.</summary>
public sealed class MailSettings
{
    /// <summary>The server's name or address.</summary>
    public string? Host { get; set; }

    /// <summary>The server's port; where left out, the usual one of the security.</summary>
    public int? Port { get; set; }

    /// <summary><c>starttls</c>, <c>tls</c> (from the first byte) or <c>none</c>.</summary>
    public string Security { get; set; } = "starttls";

    /// <summary>The user to sign in with; nobody signs in where left out.</summary>
    public string? User { get; set; }
    public string? Password { get; set; }

    /// <summary>The sender, such as <c>Bellhop &lt;desk@example.org&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>The seconds that the server has for each answer.</summary>
    public int TimeoutSeconds { get; set; } = 20;

    internal SecureSocketOptions Options { get; private set; }
    internal MailboxAddress Sender { get; private set; } = new("", "");

    internal int PortOrUsual => Port ?? (Options == SecureSocketOptions.SslOnConnect ? 465 : 587);

    /// <summary>Reads what the other settings mean.</summary>
    /// <exception cref="OperatorProblem">A setting is missing or wrong.</exception>
    internal void Check(bool hasPublicAddress)
    {
        Options = Security.ToLowerInvariant() switch
        {
            "starttls" => SecureSocketOptions.StartTls,
            "tls" => SecureSocketOptions.SslOnConnect,
            "none" => SecureSocketOptions.None,
            _ => throw new OperatorProblem($"Mail:Security takes starttls, tls or none; '{Security}' is none of them."),
        };
        if (Port is < 1 or > 65535)
        {
            throw new OperatorProblem($"Mail:Port takes 1 to 65535; it is {Port}.");
        }

        if (!hasPublicAddress)
        {
            throw new OperatorProblem("Mail:Host needs Bellhop:PublicAddress too: mails carry links, and a link needs an address.");
        }

        if (!MailboxAddress.TryParse(From, out var sender))
        {
            throw new OperatorProblem("Mail:From takes an address such as 'Bellhop <desk@example.org>'.");
        }

        // A password must not cross the network readable by everybody on the way.
        if (Options == SecureSocketOptions.None && User is not null && !IsHere(Host))
        {
            throw new OperatorProblem("Mail:Security 'none' with Mail:User is accepted only for a mail server on this machine.");
        }

        Sender = sender;
    }

    private static bool IsHere(string? host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
