using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Team;

/// <summary>Writes and sends the mails about accounts. A mail is a greeting and paragraphs; a paragraph may be a link.</summary>
internal sealed class TeamMails(Mailer mailer, PublicAddress address, IStringLocalizer<TeamTexts> texts)
{
    /// <summary>Whether a mail server is configured.</summary>
    public bool AreSent => mailer.IsOn;

    /// <summary>Sends a mail. Only a background job calls it.</summary>
    /// <param name="to">The address of the person.</param>
    /// <param name="name">The name of the person; null where it is not known.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="paragraphs">What the mail says after the greeting.</param>
    public Task Send(string to, string? name, ErrorText subject, IEnumerable<Paragraph> paragraphs, CancellationToken cancel)
    {
        var hello = name is null ? texts["Mail.Hello.Nobody"] : texts["Mail.Hello", name];
        var all = paragraphs.Select(p => p.Path is { } path ? address.Of(path) : Say(p.Text!));
        return mailer.Send(new(to, name, Say(subject), string.Join("\n\n", all.Prepend(hello)) + "\n"), cancel);
    }

    private string Say(ErrorText text) => texts[text.Key, text.Args];

    /// <summary>A text, or a link to a path of ours.</summary>
    internal readonly record struct Paragraph(ErrorText? Text, string? Path)
    {
        public static implicit operator Paragraph(ErrorText text) => new(text, null);

        public static Paragraph Link(string path) => new(null, path);
    }
}
