using System.Net;
using System.Net.Sockets;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using SmtpServer.Protocol;

namespace Bellhop.Tests.Platform;

public class MailerTests
{
    private static readonly Mail Letter = new("rui@example.org", "Rui Áé", "Olá", "One line.\n\nhttps://desk.example.org/x\n");

    [Fact]
    public async Task A_mail_arrives_as_it_was_written()
    {
        await using var server = TestMail.Start();

        await Mailer(server.Port, "none").Send(Letter, default);

        var mail = await server.Next();
        (mail.Subject, mail.From.ToString(), mail.To.Mailboxes.Single().Address, mail.To.Mailboxes.Single().Name).ShouldBe(
            ("Olá", "\"Bellhop\" <desk@example.org>", "rui@example.org", "Rui Áé")
        );
        mail.TextBody!.ReplaceLineEndings("\n").Trim().ShouldBe(Letter.Text.Trim());
        mail.Headers["Auto-Submitted"].ShouldBe("auto-generated");
    }

    [Fact]
    public async Task A_name_with_a_line_break_makes_no_header()
    {
        await using var server = TestMail.Start();

        await Mailer(server.Port, "none")
            .Send(Letter with { Name = "Rui\r\nBcc: all@example.org", Subject = "Join\r\nBcc: all@example.org" }, default);

        var mail = await server.Next();
        (mail.Bcc.Count, mail.Headers["Bcc"]).ShouldBe((0, null));
    }

    [Fact]
    public async Task A_server_that_nobody_vouches_for_gets_neither_password_nor_mail()
    {
        await using var server = TestMail.StartWithPassword("the mail password");

        await Should.ThrowAsync<SslHandshakeException>(Mailer(server.Port, "starttls", "the mail password").Send(Letter, default));
        await Should.ThrowAsync<Exception>(Mailer(server.Port, "tls", "the mail password").Send(Letter, default));
        server.Left.ShouldBe(0);
    }

    [Fact]
    public async Task A_server_without_tls_gets_no_mail_where_tls_is_asked_for()
    {
        await using var server = TestMail.Start();

        await Should.ThrowAsync<NotSupportedException>(Mailer(server.Port, "starttls").Send(Letter, default));
        server.Left.ShouldBe(0);
    }

    [Fact]
    public async Task A_mail_refused_for_now_is_an_error_that_is_tried_again()
    {
        await using var server = TestMail.Start();
        server.Refuses = new(SmtpReplyCode.MailboxUnavailable, "later");

        await Should.ThrowAsync<SmtpCommandException>(Mailer(server.Port, "none").Send(Letter, default));
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        await Should.ThrowAsync<TimeoutException>(
            Mailer(((IPEndPoint)silent.LocalEndpoint).Port, "none", seconds: 1).Send(Letter, default)
        );
    }

    [Theory]
    [InlineData("Mail:Security", "ssl")]
    [InlineData("Mail:From", "nobody at all")]
    [InlineData("Mail:From", null)]
    [InlineData("Mail:Port", "70000")]
    [InlineData("Bellhop:PublicAddress", null)]
    [InlineData("Mail:User", "desk")] // its password would cross the network readable
    public void A_wrong_setting_is_said_at_the_start(string key, string? value)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Mail:Host"] = "mail.example.org",
            ["Mail:Security"] = "none",
            ["Mail:From"] = "desk@example.org",
            ["Bellhop:PublicAddress"] = TestMail.Site,
        };
        Make(settings).IsOn.ShouldBeTrue();
        settings[key] = value;

        Should.Throw<OperatorProblem>(() => Make(settings));
    }

    [Fact]
    public void Without_a_server_there_is_no_mail_and_nothing_else_is_asked_for() => Make([]).IsOn.ShouldBeFalse();

    private static Mailer Mailer(int port, string security, string? password = null, int seconds = 20) =>
        Make(
            new(StringComparer.Ordinal)
            {
                ["Mail:Host"] = "127.0.0.1",
                ["Mail:Port"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["Mail:Security"] = security,
                ["Mail:User"] = password is null ? null : "desk",
                ["Mail:Password"] = password,
                ["Mail:From"] = "Bellhop <desk@example.org>",
                ["Mail:TimeoutSeconds"] = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["Bellhop:PublicAddress"] = TestMail.Site,
            }
        );

    private static Mailer Make(Dictionary<string, string?> values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var settings = new MailSettings();
        configuration.GetSection("Mail").Bind(settings);
        return new(settings, new PublicAddress(configuration), TimeProvider.System, NullLogger<Mailer>.Instance);
    }
}
