using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>
/// Mails a link about an address: to the new one, to confirm it; to the old one, to undo it. An address that has an account already gets
/// none.
/// </summary>
internal sealed class MailEmailLink(TeamMails mails, ILookupNormalizer names)
{
    public const string Kind = "mail.email";

    public JobHandler Handler => new(Kind, Run);

    private async Task Run(Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        var id = Guid.Parse(job.Argument);
        var (token, hash) = AccountLinks.NewToken();
        var link = await db.Save(
            async () =>
            {
                var now = db.Now;
                var found = await db.AccountLinks.SingleOrDefaultAsync(l => l.Id == id && l.ExpiresAt > now, cancel);
                if (found is not null)
                {
                    found.TokenHash = hash;
                }

                return found;
            },
            cancel
        );
        if (link is not { Email: { } to })
        {
            return;
        }

        var key = names.NormalizeEmail(to);
        if (await db.Users.AnyAsync(u => u.NormalizedEmail == key, cancel))
        {
            return;
        }

        var account = await db.Users.AsNoTracking().SingleAsync(u => u.Id == link.UserId, cancel);
        var path = TeamMails.Paragraph.Link(AccountLinks.Path(link.Kind, token));
        await (
            link.Kind == AccountLinkKind.EmailUndo
                ? mails.Send(
                    to,
                    account.DisplayName,
                    ErrorText.Of<TeamTexts>("Mail.EmailChanged"),
                    [ErrorText.Of<TeamTexts>("Mail.EmailChanged.Text"), path, ErrorText.Of<TeamTexts>("Mail.EmailChanged.End")],
                    cancel
                )
                : mails.Send(
                    to,
                    account.DisplayName,
                    ErrorText.Of<TeamTexts>("Mail.NewEmail"),
                    [ErrorText.Of<TeamTexts>("Mail.NewEmail.Text"), path, ErrorText.Of<TeamTexts>("Mail.NewEmail.End")],
                    cancel
                )
        );
    }
}
