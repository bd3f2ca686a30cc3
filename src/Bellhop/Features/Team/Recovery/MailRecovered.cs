using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>
/// Tells a person that their password was set anew by a link, and what else signs in to the account. Whoever took the account may have
/// added a passkey.
/// </summary>
internal sealed class MailRecovered(TeamMails mails, OpenIdSettings provider)
{
    public const string Kind = "mail.recovered";

    public JobHandler Handler => new(Kind, Run);

    private async Task Run(Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        var id = Guid.Parse(job.Argument);
        if (!mails.AreSent || await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancel) is not { Email: { } to } account)
        {
            return;
        }

        var ways = await OtherWays.Of(id, provider, db, cancel);
        await mails.Send(
            to,
            account.DisplayName,
            ErrorText.Of<TeamTexts>("Mail.Recovered"),
            [
                ErrorText.Of<TeamTexts>("Mail.Recovered.Text"),
                ways.Any ? ErrorText.Of<TeamTexts>("Mail.Recovered.Ways", ways.Said) : ErrorText.Of<TeamTexts>("Mail.Recovered.NoWays"),
                TeamMails.Paragraph.Link(OtherWays.Page),
            ],
            cancel
        );
    }
}
