using System.Net;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>
/// Somebody forgot a password and asks for a link by mail. Whether the address has an account shows neither in the answer nor in its time:
/// both cases queue one job, and the job alone looks further.
/// </summary>
public static class AskRecovery
{
    /// <param name="Email">The address as typed.</param>
    public sealed record Input(string Email);

    /// <exception cref="Refusal">429 after too many calls from one network.</exception>
    public static async Task Run(
        Input input,
        Actor who,
        BellhopDb db,
        Throttles throttles,
        Mailer mailer,
        ILookupNormalizer names,
        CancellationToken cancel
    )
    {
        if (throttles.RecoveriesOfNetwork.Take(Throttles.Network(IPAddress.TryParse(who.From, out var ip) ? ip : null)) is { } seconds)
        {
            throw Refusal.TooMany(seconds);
        }

        var address = Email.Parse(input.Email).Address;
        var key = address.Length > 254 ? "" : names.NormalizeEmail(address);

        // Beyond the limit nothing is sent, and nobody is told: somebody else may be asking.
        var isQuiet = throttles.RecoveriesOfAccount.Take(key) is not null;
        if (!mailer.IsOn)
        {
            return;
        }

        await db.Save(
            async () =>
            {
                var found = await db
                    .Users.Where(u => u.NormalizedEmail == key)
                    .Join(
                        db.Memberships.Where(m => m.DisabledAt == null),
                        u => u.Id,
                        m => m.UserId,
                        (u, m) => new { u.Id, m.OrganizationId }
                    )
                    .OrderBy(x => x.OrganizationId)
                    .FirstOrDefaultAsync(cancel);
                var (account, organization) =
                    found is null || isQuiet
                        ? (Guid.Empty, await db.Organizations.MinAsync(o => (int?)o.Id, cancel) ?? 0)
                        : (found.Id, found.OrganizationId);
                await db.Queue(Actor.System(organization), MailRecovery.Kind, account.ToString(), cancel: cancel);
            },
            cancel
        );
    }
}

/// <summary>Mails the link to a new password. An address without an account gets nothing.</summary>
internal sealed class MailRecovery(TeamMails mails)
{
    public const string Kind = "mail.recovery";

    public JobHandler Handler => new(Kind, Run);

    private async Task Run(Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        var id = Guid.Parse(job.Argument);
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancel) is not { Email: { } email } account)
        {
            return;
        }

        var token = await MakeRecoveryLink.Run(account, who, db, cancel);
        await mails.Send(
            email,
            account.DisplayName,
            ErrorText.Of<TeamTexts>("Mail.Recovery"),
            [
                ErrorText.Of<TeamTexts>("Mail.Recovery.Text"),
                TeamMails.Paragraph.Link(AccountLinks.Path(AccountLinkKind.Recovery, token)),
                ErrorText.Of<TeamTexts>("Mail.Recovery.End"),
            ],
            cancel
        );
    }
}

/// <summary>Makes the link by which a person sets a new password. An earlier link stops working.</summary>
internal static class MakeRecoveryLink
{
    /// <returns>The secret of the link, which is stored nowhere.</returns>
    public static async Task<string> Run(User account, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        var (token, hash) = AccountLinks.NewToken();
        await db.Save(
            async () =>
            {
                await db.AccountLinks.Where(l => l.UserId == account.Id && l.Kind == AccountLinkKind.Recovery).ExecuteDeleteAsync(cancel);
                db.AccountLinks.Add(
                    new()
                    {
                        UserId = account.Id,
                        Kind = AccountLinkKind.Recovery,
                        TokenHash = hash,
                        Stamp = account.SecurityStamp,
                        ExpiresAt = db.Now + AccountLinks.Lasts,
                    }
                );
                db.Happened(who, "recovery.sent", "member", account.Id);
            },
            cancel
        );
        return token;
    }
}
