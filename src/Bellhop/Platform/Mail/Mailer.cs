using Bellhop.Platform.Web;
using MailKit.Net.Smtp;
using MimeKit;

namespace Bellhop.Platform;

/// <summary>One mail to one person, as plain text.</summary>
/// <param name="To">The person's address.</param>
/// <param name="Name">The person's name; null where it is not known.</param>
public sealed record Mail(string To, string? Name, string Subject, string Text);

/// <summary>Sends mails through the configured server. Only background jobs call it, because a server may be slow or away.</summary>
public sealed partial class Mailer
{
    private readonly MailSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger<Mailer> _log;

    /// <exception cref="OperatorProblem">A setting of the mail server is missing or wrong.</exception>
    public Mailer(MailSettings settings, PublicAddress address, TimeProvider clock, ILogger<Mailer> log)
    {
        (_settings, _clock, _log) = (settings, clock, log);
        IsOn = !string.IsNullOrWhiteSpace(settings.Host);
        if (IsOn)
        {
            settings.Check(address.IsSet);
        }
    }

    /// <summary>Whether a mail server is configured.</summary>
    public bool IsOn { get; }

    /// <summary>
    /// Sends a mail, or logs that the server refuses its recipient for good. Another error is thrown, so that the job tries again.
    /// </summary>
    public async Task Send(Mail mail, CancellationToken cancel)
    {
        using var message = new MimeMessage();
        message.From.Add(_settings.Sender);
        message.To.Add(new MailboxAddress(mail.Name ?? "", mail.To));
        message.Subject = mail.Subject;
        message.Date = _clock.GetUtcNow();
        message.Body = new TextPart("plain") { Text = mail.Text };

        // Out-of-office answers would go to an address that nobody reads.
        message.Headers.Add("Auto-Submitted", "auto-generated");

        var each = TimeSpan.FromSeconds(_settings.TimeoutSeconds);
        using var late = new CancellationTokenSource(3 * each, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        using var server = new SmtpClient { Timeout = (int)each.TotalMilliseconds };
        try
        {
            await server.ConnectAsync(_settings.Host!, _settings.PortOrUsual, _settings.Options, either.Token);
            if (_settings.User is { } user)
            {
                await server.AuthenticateAsync(user, _settings.Password ?? "", either.Token);
            }

            await server.SendAsync(message, either.Token);
            await server.DisconnectAsync(quit: true, either.Token);
        }
        catch (SmtpCommandException error)
            when (error is { ErrorCode: SmtpErrorCode.RecipientNotAccepted, StatusCode: >= SmtpStatusCode.CommandUnrecognized })
        {
            LogRefused((int)error.StatusCode);
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException("The mail server did not answer in time.", error);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The mail server refused a recipient for good ({Code}); the mail is not sent.")]
    private partial void LogRefused(int code);
}

public static class MailRegistration
{
    /// <summary>Registers the mail server of the configuration.</summary>
    public static void AddMail(this WebApplicationBuilder builder)
    {
        var settings = new MailSettings();
        builder.Configuration.GetSection("Mail").Bind(settings);
        builder.Services.AddSingleton(settings).AddSingleton<Mailer>();
    }
}
