using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>
/// Asks a person to take a place on the team. Whether the address has an account already changes neither the answer nor its time.
/// </summary>
public static class InviteMember
{
    /// <param name="Email">Whose account takes the place, now or once there is one.</param>
    /// <param name="Role">The name of a role.</param>
    /// <param name="Properties">Ids; left out, all that the one who invites sees.</param>
    /// <param name="Name">As colleagues see them; they choose it themselves where left out.</param>
    public sealed record Input(string Email, string Role, IReadOnlyList<Guid>? Properties = null, string? Name = null);

    /// <param name="ExpiresAt">Until then it can be accepted, UTC.</param>
    /// <param name="Link">Where the person accepts: shown in this answer alone, to be handed on.</param>
    public sealed record Result(Guid Id, DateTime ExpiresAt, string? Link);

    /// <exception cref="Refusal">400 listing every field at fault; 403 for a role beyond the actor's own; 404 for a property that is not
    /// theirs.</exception>
    public static async Task<Answered<Result>> Run(Input input, Actor who, BellhopDb db, PublicAddress address, CancellationToken cancel)
    {
        who.Demand(Permission.TeamManage);
        var errors = new ValidationErrors();
        var email = Accounts.ReadEmail(errors, "email", input.Email);
        var name = errors.Text("name", input.Name, 200);
        Members.CheckRole(errors, input.Role);
        if (input.Properties is { Count: 0 })
        {
            errors.Add("properties", ErrorText.Of<TeamTexts>("NoProperties"));
        }

        errors.Refuse();
        Rights.DemandOwn(Roles.Of(input.Role), who);
        return await db.Save(
            async () =>
            {
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
                return Send(invitation, who, db, address);
            },
            cancel
        );
    }

    /// <summary>A new link for it: one that was handed out before leads nowhere from here on.</summary>
    internal static Answered<Result> Send(Invitation invitation, Actor who, BellhopDb db, PublicAddress address)
    {
        var (token, hash) = InvitationToken.New(invitation.OrganizationId, invitation.Id);
        (invitation.TokenHash, invitation.ExpiresAt, invitation.InviterId, invitation.InviterKind) = (
            hash,
            db.Now + Invitation.Lasts,
            who.Id,
            who.Kind
        );
        var result = new Result(invitation.Id, invitation.ExpiresAt, address.Of(InvitationToken.Path(token)));
        return new(result, 202, $"/team/invitations/{invitation.Id}") { Keep = result with { Link = null } };
    }
}

/// <summary>Gives an invitation another link and seven days more; the link it had ends.</summary>
public static class ResendInvitation
{
    /// <exception cref="Refusal">404; 403 for a role beyond the actor's own.</exception>
    public static async Task<Answered<InviteMember.Result>> Run(
        Guid id,
        Actor who,
        BellhopDb db,
        PublicAddress address,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.TeamManage);
        return await db.Save(
            async () =>
            {
                var invitation = await Invitations.ForChange(id, who, db, cancel);
                db.Happened(who, "invitation.resent", "invitation", id);
                return InviteMember.Send(invitation, who, db, address);
            },
            cancel
        );
    }
}

/// <summary>Takes an invitation back: its link leads nowhere from here on.</summary>
public static class WithdrawInvitation
{
    /// <exception cref="Refusal">404; 403 for a role beyond the actor's own.</exception>
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

/// <summary>Who may see and change which invitation: as with members.</summary>
internal static class Invitations
{
    /// <summary>Those an actor may see: to places at properties that are all theirs.</summary>
    public static async Task<List<Invitation>> Visible(Actor who, BellhopDb db, CancellationToken cancel)
    {
        var all = await db
            .Invitations.AsNoTracking()
            .Where(i => i.OrganizationId == who.OrganizationId && i.ExpiresAt > db.Now)
            .ToListAsync(cancel);
        return all.FindAll(i => who.Covers(i.Properties));
    }

    /// <exception cref="Refusal">404 for one that is not there or not seen; 403 for one with rights the actor has not.</exception>
    public static async Task<Invitation> ForChange(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var invitation = await db.Invitations.SingleOrDefaultAsync(i => i.OrganizationId == who.OrganizationId && i.Id == id, cancel);
        if (invitation is null || !who.Covers(invitation.Properties))
        {
            throw Refusal.NotThere("invitation", id);
        }

        Rights.DemandOwn(Roles.Of(invitation.Role), who);
        if (invitation.Role == Roles.Owner)
        {
            await Members.DemandOwner(db, who, cancel);
        }

        return invitation;
    }
}
