using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>
/// Mails an invitation's link, with the inviter's rights. The link is made here, because only its hash is kept: a second run sends another
/// link, and the first one stops working.
/// </summary>
internal sealed class MailInvitation(TeamMails mails)
{
    public const string Kind = "mail.invitation";

    public JobHandler Handler => new(Kind, Run);

    private async Task Run(Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.TeamManage);
        var id = Guid.Parse(job.Argument);
        var (invitation, token) = await db.Save(
            async () =>
            {
                var now = db.Now;
                var found = await db.Invitations.SingleOrDefaultAsync(
                    i => i.OrganizationId == job.OrganizationId && i.Id == id && i.ExpiresAt > now,
                    cancel
                );
                if (found is null)
                {
                    return default; // accepted or withdrawn meanwhile
                }

                (var made, found.TokenHash) = InvitationToken.New(found.OrganizationId, found.Id);
                return (found, made);
            },
            cancel
        );
        if (invitation is null)
        {
            return;
        }

        var organization = await db.Organizations.Where(o => o.Id == job.OrganizationId).Select(o => o.Name).SingleAsync(cancel);
        await mails.Send(
            invitation.Email,
            invitation.Name,
            ErrorText.Of<TeamTexts>("Mail.Invitation", organization),
            [
                ErrorText.Of<TeamTexts>("Mail.Invitation.Text", who.Name, organization),
                TeamMails.Paragraph.Link(InvitationToken.Path(token)),
                ErrorText.Of<TeamTexts>("Mail.Invitation.End"),
            ],
            cancel
        );
    }
}
