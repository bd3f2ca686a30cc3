using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Bellhop.Tests;

/// <summary>A mail server on this machine that keeps what it is sent.</summary>
internal sealed class TestMail : MessageStore, IAsyncDisposable
{
    /// <summary>The address that links in mails begin with.</summary>
    public const string Site = "https://desk.example.org";

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<MimeMessage> _mails = [];
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Task _running;

    private TestMail(string? password)
    {
        Port = Ports.Free();
        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .Endpoint(e =>
            {
                e.Endpoint(new(IPAddress.Loopback, Port)).AuthenticationRequired(password is not null);
                if (password is not null)
                {
                    e.Certificate(Certificate());
                }
            })
            .Build();
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add((IMessageStore)this);
        services.Add((IUserAuthenticator)new DelegatingUserAuthenticator((_, given) => given == password));
        _running = new SmtpServer.SmtpServer(options, services).StartAsync(_stop.Token);
    }

    public int Port { get; }

    /// <summary>What the server answers instead of taking a mail; null where it takes them.</summary>
    public SmtpResponse? Refuses { get; set; }

    /// <summary>The settings of an app that sends its mails here.</summary>
    public (string Key, string Value)[] Settings =>
        [
            ("Mail:Host", "127.0.0.1"),
            ("Mail:Port", Port.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("Mail:Security", "none"),
            ("Mail:From", "Bellhop <desk@example.org>"),
            ("Bellhop:PublicAddress", Site),
        ];

    /// <summary>A server that takes every mail.</summary>
    public static TestMail Start() => new(null);

    /// <summary>A server that takes mails only over TLS and of who knows the password.</summary>
    public static TestMail StartWithPassword(string password) => new(password);

    /// <summary>The next mail that arrives.</summary>
    public async Task<MimeMessage> Next()
    {
        (await _arrived.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue("no mail arrived");
        _mails.TryDequeue(out var mail).ShouldBeTrue();
        return mail!;
    }

    /// <summary>The path of the only link in the next mail.</summary>
    public async Task<string> NextLink() => LinkOf(await Next());

    /// <summary>The path of the only link in a mail.</summary>
    public static string LinkOf(MimeMessage mail) =>
        mail.TextBody!.Split('\n', StringSplitOptions.TrimEntries).Single(l => l.StartsWith(Site, StringComparison.Ordinal))[Site.Length..];

    /// <summary>How many mails arrived that nobody has asked for.</summary>
    public int Left => _mails.Count;

    public override async Task<SmtpResponse> SaveAsync(
        ISessionContext context,
        IMessageTransaction transaction,
        ReadOnlySequence<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        if (Refuses is { } refusal)
        {
            return refusal;
        }

        using var bytes = new MemoryStream(buffer.ToArray());
        _mails.Enqueue(await MimeMessage.LoadAsync(bytes, cancellationToken));
        _arrived.Release();
        return SmtpResponse.Ok;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _arrived.Dispose();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }
}
