using System.Security.Cryptography;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Shows a person the invitation of their link.</summary>
public static class SeeInvitation
{
    /// <param name="Organization">The organisation's name.</param>
    /// <param name="Email">The invited address.</param>
    /// <param name="Name">The name in the invitation.</param>
    /// <param name="HasAccount">An account with this address exists; the person must sign in to accept.</param>
    /// <param name="IsYou">The viewer is signed in with that account.</param>
    public sealed record Row(string Organization, string Email, string? Name, bool HasAccount, bool IsYou);

    /// <param name="who">The signed-in actor, or an anonymous one.</param>
    /// <exception cref="Refusal">404 for a link that is wrong or no longer works.</exception>
    public static async Task<Row> Run(string token, Actor who, BellhopDb db, ILookupNormalizer names, CancellationToken cancel)
    {
        var invitation = await Find(token, db.Invitations.AsNoTracking(), db, cancel);
        var organization = await db.Organizations.Where(o => o.Id == invitation.OrganizationId).Select(o => o.Name).SingleAsync(cancel);
        var key = names.NormalizeEmail(invitation.Email);
        var account = await db.Users.Where(u => u.NormalizedEmail == key).Select(u => (Guid?)u.Id).SingleOrDefaultAsync(cancel);
        return new(
            organization,
            invitation.Email,
            invitation.Name,
            account is not null,
            account is not null && who.Kind == ActorKind.User && who.Id == account
        );
    }

    /// <exception cref="Refusal">404 for a link that is wrong or no longer works, and when the inviter may no longer give these
    /// rights.</exception>
    internal static async Task<Invitation> Find(string token, IQueryable<Invitation> among, BellhopDb db, CancellationToken cancel)
    {
        var (organizationId, id, hash) = InvitationToken.Read(token) ?? throw Refusal.NotThere();
        var now = db.Now;
        var invitation = await among.SingleOrDefaultAsync(
            i => i.OrganizationId == organizationId && i.Id == id && i.ExpiresAt > now,
            cancel
        );
        if (invitation is null || !CryptographicOperations.FixedTimeEquals(invitation.TokenHash, hash))
        {
            throw Refusal.NotThere();
        }

        var rights = await Roles.Find(invitation.Role, organizationId, db, cancel) ?? throw Refusal.NotThere();
        if (invitation.InviterKind != ActorKind.System)
        {
            var inviter = await ActorSource.Find(invitation.InviterKind, invitation.InviterId, organizationId, db, cancel);
            if (
                inviter is null
                || !inviter.Can(Permission.TeamManage)
                || !inviter.Covers(invitation.Properties)
                || !rights.List().All(inviter.Can)
            )
            {
                throw Refusal.NotThere();
            }
        }

        return invitation;
    }
}

/// <summary>
/// A person accepts an invitation, with the account they are signed in with or with a new one and its first password. Then they are signed
/// in to the organisation.
/// </summary>
public static class AcceptInvitation
{
    /// <param name="Password">The password of a new account.</param>
    /// <param name="Name">The name of a new account, as colleagues see it.</param>
    /// <param name="Agent">The browser's name, for the list of sessions.</param>
    public sealed record Input(string? Password, string? Name, string? Agent = null);

    /// <param name="who">The signed-in actor, or an anonymous one.</param>
    /// <exception cref="Refusal">404 for a link that is wrong or no longer works; 401 when the address has an account that is not signed
    /// in; 400 listing every field at fault.</exception>
    public static async Task<Session> Run(
        string token,
        Input input,
        Actor who,
        BellhopDb db,
        Passwords passwords,
        ILookupNormalizer names,
        ActorSource actors,
        CancellationToken cancel
    )
    {
        var seen = await SeeInvitation.Run(token, who, db, names, cancel);
        if (seen is { HasAccount: true, IsYou: false })
        {
            throw SignInFirst();
        }

        var organizationId = (await SeeInvitation.Find(token, db.Invitations.AsNoTracking(), db, cancel)).OrganizationId;

        // Hash before the save, because hashing is slow on purpose.
        var fresh = seen.HasAccount ? null : New(seen, input, passwords, names, db.Now);
        var session = await db.Save(
            async () =>
            {
                var invitation = await SeeInvitation.Find(token, db.Invitations, db, cancel);
                var key = names.NormalizeEmail(invitation.Email);
                var account = await db.Users.SingleOrDefaultAsync(u => u.NormalizedEmail == key, cancel);
                if (account is not null && (who.Kind != ActorKind.User || who.Id != account.Id))
                {
                    throw SignInFirst(); // somebody made it meanwhile
                }

                if (account is null)
                {
                    db.Users.Add(account = fresh ?? throw SignInFirst());
                }

                var place = await Place(invitation, account, who, db, cancel);
                db.Invitations.Remove(invitation);
                return SignIn.Begin(account, place, who.From, input.Agent, db);
            },
            cancel,
            SettingsLock.Alone(organizationId)
        );
        actors.Forget();
        return session;
    }

    private static User New(SeeInvitation.Row seen, Input input, Passwords passwords, ILookupNormalizer names, DateTime now)
    {
        var errors = new ValidationErrors();
        var name = errors.Text("name", input.Name, 200) ?? seen.Name;
        Passwords.Check(errors, "password", input.Password ?? "", seen.Email, seen.Organization);
        errors.Refuse();
        return Accounts.New(seen.Email, name, input.Password!, passwords, names, now);
    }

    private static async Task<Membership> Place(Invitation invitation, User account, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var (organizationId, userId) = (invitation.OrganizationId, account.Id);
        if (await db.Memberships.SingleOrDefaultAsync(m => m.OrganizationId == organizationId && m.UserId == userId, cancel) is { } there)
        {
            return there; // on the team already: as they are
        }

        var place = new Membership
        {
            OrganizationId = organizationId,
            UserId = userId,
            Role = invitation.Role,
            Properties = invitation.Properties,
            CreatedAt = db.Now,
            UpdatedAt = db.Now,
            LastSeenAt = db.Now,
        };
        db.Memberships.Add(place);
        db.Happened(
            ActorSource.Named(account, organizationId) with
            {
                From = who.From,
            },
            "member.added",
            "member",
            userId,
            "role",
            "properties"
        );
        return place;
    }

    private static Refusal SignInFirst() => Refusal.NotProved(ErrorText.Of<TeamTexts>("SignInFirst"));
}
