using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Invites a person to the team. Neither the answer nor its time shows whether the address has an account.</summary>
public static class InviteMember
{
    /// <param name="Email">The address of the account that may accept. The account may be made later.</param>
    /// <param name="Role">The name of a role.</param>
    /// <param name="Properties">Property ids. When left out, all properties that the inviter sees.</param>
    /// <param name="Name">The name that colleagues see. When left out, the person chooses it.</param>
    public sealed record Input(string Email, string Role, IReadOnlyList<Guid>? Properties = null, string? Name = null);

    /// <param name="ExpiresAt">The end of the time to accept, UTC.</param>
    /// <param name="Link">Without a mail server, the link to accept: it is shown only in this answer and must be passed on. Null where it
    /// goes by mail.</param>
    public sealed record Result(Guid Id, DateTime ExpiresAt, string? Link);

    /// <exception cref="Refusal">400 listing every field at fault; 403 for a role with more rights than the actor's; 404 for a property
    /// that the actor does not see.</exception>
    public static async Task<Answered<Result>> Run(
        Input input,
        Actor who,
        BellhopDb db,
        PublicAddress address,
        Mailer mailer,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.TeamManage);
        var errors = new ValidationErrors();
        var email = Accounts.ReadEmail(errors, "email", input.Email);
        var name = errors.Text("name", input.Name, 200);
        var rights = await Roles.Read(errors, input.Role, who.OrganizationId, db, cancel);
        if (input.Properties is { Count: 0 })
        {
            errors.Add("properties", ErrorText.Of<TeamTexts>("NoProperties"));
        }

        errors.Refuse();
        Rights.DemandOwn(rights, who);
        return await db.Save(
            async () =>
            {
                if (await Roles.Find(input.Role, who.OrganizationId, db, cancel) != rights)
                {
                    throw Refusal.Conflict("role-changed", ErrorText.Of<TeamTexts>("RoleChanged"));
                }

                if (input.Role == Roles.Owner)
                {
                    await Members.DemandOwner(db, who, cancel);
                }

                var invitation = new Invitation
                {
                    OrganizationId = who.OrganizationId,
                    Email = email!,
                    Role = input.Role,
                    Properties = await Rights.Properties(input.Properties, who, db, cancel),
                    Name = name,
                    TokenHash = [],
                    CreatedAt = db.Now,
                };
                db.Invitations.Add(invitation);
                db.Happened(who, "member.invited", "invitation", invitation.Id, "role", "properties");
                return await Send(invitation, who, db, address, mailer, cancel);
            },
            cancel,
            SettingsLock.Shared(who.OrganizationId) // a role is not deleted meanwhile
        );
    }

    /// <summary>
    /// Gives the invitation seven more days, and sends a link by mail or shows it. Earlier links stop working with the new one.
    /// </summary>
    internal static async Task<Answered<Result>> Send(
        Invitation invitation,
        Actor who,
        BellhopDb db,
        PublicAddress address,
        Mailer mailer,
        CancellationToken cancel
    )
    {
        (invitation.ExpiresAt, invitation.InviterId, invitation.InviterKind) = (db.Now + Invitation.Lasts, who.Id, who.Kind);
        var result = new Result(invitation.Id, invitation.ExpiresAt, null);
        if (mailer.IsOn)
        {
            await db.Queue(who, MailInvitation.Kind, invitation.Id.ToString(), once: invitation.Id.ToString(), cancel: cancel);
        }
        else
        {
            (var token, invitation.TokenHash) = InvitationToken.New(invitation.OrganizationId, invitation.Id);
            var own = await db.Organizations.Where(o => o.Id == who.OrganizationId).Select(o => o.PublicAddress).SingleAsync(cancel);
            result = result with { Link = address.Of(InvitationToken.Path(token), own) };
        }

        return new(result, 202, $"/team/invitations/{invitation.Id}") { Keep = result with { Link = null } };
    }
}

/// <summary>Gives an invitation a new link and seven more days. The old link stops working.</summary>
public static class ResendInvitation
{
    /// <exception cref="Refusal">404; 403 for a role with more rights than the actor has.</exception>
    public static async Task<Answered<InviteMember.Result>> Run(
        Guid id,
        Actor who,
        BellhopDb db,
        PublicAddress address,
        Mailer mailer,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.TeamManage);
        return await db.Save(
            async () =>
            {
                var invitation = await Invitations.ForChange(id, who, db, cancel);
                db.Happened(who, "invitation.resent", "invitation", id);
                return await InviteMember.Send(invitation, who, db, address, mailer, cancel);
            },
            cancel
        );
    }
}

/// <summary>Withdraws an invitation. Its link stops working.</summary>
public static class WithdrawInvitation
{
    /// <exception cref="Refusal">404; 403 for a role with more rights than the actor has.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.TeamManage);
        await db.Save(
            async () =>
            {
                db.Invitations.Remove(await Invitations.ForChange(id, who, db, cancel));
                db.Happened(who, "invitation.withdrawn", "invitation", id);
            },
            cancel
        );
    }
}

/// <summary>Who may see and change an invitation. The rules are those for members.</summary>
internal static class Invitations
{
    /// <summary>The invitations that the actor may see: those whose properties the actor sees all.</summary>
    public static async Task<List<Invitation>> Visible(Actor who, BellhopDb db, CancellationToken cancel)
    {
        var all = await db
            .Invitations.AsNoTracking()
            .Where(i => i.OrganizationId == who.OrganizationId && i.ExpiresAt > db.Now)
            .ToListAsync(cancel);
        return all.FindAll(i => who.Covers(i.Properties));
    }

    /// <exception cref="Refusal">404 for an invitation that does not exist or that the actor does not see; 403 for one with rights that the
    /// actor does not have.</exception>
    public static async Task<Invitation> ForChange(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var invitation = await db.Invitations.SingleOrDefaultAsync(i => i.OrganizationId == who.OrganizationId && i.Id == id, cancel);
        if (invitation is null || !who.Covers(invitation.Properties))
        {
            throw Refusal.NotThere("invitation", id);
        }

        Rights.DemandOwn(await Roles.Find(invitation.Role, who.OrganizationId, db, cancel) ?? PermissionSet.None, who);
        if (invitation.Role == Roles.Owner)
        {
            await Members.DemandOwner(db, who, cancel);
        }

        return invitation;
    }
}
