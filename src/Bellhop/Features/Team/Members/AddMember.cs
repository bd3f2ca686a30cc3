using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>
/// Gives a person a place on the team: with a new account, or with one they have in another organisation and whose password they type.
/// </summary>
public static class AddMember
{
    /// <param name="Role">The name of a role.</param>
    /// <param name="Password">The new account's first password; of an account that is there already, its own.</param>
    /// <param name="Name">As colleagues see it; the address where left out.</param>
    /// <param name="Properties">Ids; left out, all that the one who adds sees.</param>
    public sealed record Input(string Email, string Role, string Password, string? Name = null, IReadOnlyList<Guid>? Properties = null);

    /// <exception cref="Refusal">409 for somebody who is on the team, or whose account's password is another; 403 for a role or property
    /// beyond the actor's own.</exception>
    public static async Task<Saved<MemberRow>> Run(
        Input input,
        Actor who,
        BellhopDb db,
        Passwords passwords,
        ILookupNormalizer names,
        Throttles throttles,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.TeamManage);
        var errors = new ValidationErrors();
        var email = Accounts.ReadEmail(errors, "email", input.Email);
        var name = errors.Text("name", input.Name, 200);
        Members.CheckRole(errors, input.Role);
        Passwords.Check(errors, "password", input.Password, email ?? "");
        if (input.Properties is { Count: 0 })
        {
            errors.Add("properties", ErrorText.Of<TeamTexts>("NoProperties"));
        }

        errors.Refuse();
        Rights.DemandOwn(Roles.Of(input.Role), who);
        if (throttles.SignInsOfAccount.Take(email!) is { } wait)
        {
            throw Refusal.TooMany(wait); // an existing account's password may be guessed here no faster than at the sign-in
        }

        var fresh = Accounts.New(email!, name, input.Password, passwords, names, db.Now);
        return await db.Save(
            async () =>
            {
                await db.LockSettings(who.OrganizationId, alone: true, cancel);
                if (input.Role == Roles.Owner)
                {
                    await Members.DemandOwner(db, who, cancel);
                }

                var properties = await Rights.Properties(input.Properties, who, db, cancel);
                var account = await db.Users.SingleOrDefaultAsync(u => u.NormalizedEmail == fresh.NormalizedEmail, cancel);
                if (account is not null)
                {
                    if (await db.Memberships.AnyAsync(m => m.OrganizationId == who.OrganizationId && m.UserId == account.Id, cancel))
                    {
                        throw Refusal.Conflict("already-member", ErrorText.Of<TeamTexts>("AlreadyMember"));
                    }

                    if (!passwords.Fits(account, input.Password))
                    {
                        throw Refusal.Conflict("account-exists", ErrorText.Of<TeamTexts>("AccountExists"));
                    }
                }
                else
                {
                    db.Users.Add(account = fresh);
                }

                var place = new Membership
                {
                    OrganizationId = who.OrganizationId,
                    UserId = account.Id,
                    Role = input.Role,
                    Properties = properties,
                    CreatedAt = db.Now,
                    UpdatedAt = db.Now,
                };
                db.Memberships.Add(place);
                db.Happened(who, "member.added", "member", account.Id, "role", "properties");
                return MemberRow.Saved(place, account, await Members.PropertyNames(db, who, cancel), created: true);
            },
            cancel
        );
    }
}
