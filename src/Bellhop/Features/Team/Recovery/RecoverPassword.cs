using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>
/// A person sets a new password by the link of a mail. Every session of theirs ends, and every other link. Passkeys and the connection with
/// a provider stay, as the link proves less than they do; a mail names them.
/// </summary>
public static class RecoverPassword
{
    /// <param name="Password">The new password, by the rules of <see cref="Passwords"/>.</param>
    public sealed record Input(string Password);

    /// <returns>What else signs in to the account.</returns>
    /// <exception cref="Refusal">404 for a link that is wrong or no longer works; 400 for a password that is easy to guess.</exception>
    internal static async Task<OtherWays> Run(
        string token,
        Input input,
        Actor who,
        BellhopDb db,
        Passwords passwords,
        OpenIdSettings provider,
        ActorSource actors,
        CancellationToken cancel
    )
    {
        var (_, seen) = await AccountLinks.Find(token, isRecovery: true, db, cancel);
        var errors = new ValidationErrors();
        Passwords.Check(errors, "password", input.Password, seen.Email ?? "", await Accounts.Houses(seen.Id, db, cancel));
        errors.Refuse();

        // Hash before the save, because hashing is slow on purpose.
        var hash = passwords.Hash(seen, input.Password);
        var ways = await db.Save(
            async () =>
            {
                var (_, account) = await AccountLinks.Find(token, isRecovery: true, db, cancel);
                account.PasswordHash = hash;
                var self = await Accounts.AsMember(account, who.From, db, cancel);
                await Sessions.Renew(account, new(Id: null), self, db, cancel);
                await db.AccountLinks.Where(l => l.UserId == account.Id && l.Kind != AccountLinkKind.EmailUndo).ExecuteDeleteAsync(cancel);
                db.Happened(self, "password.recovered", "member", account.Id);
                await db.Queue(Actor.System(self.OrganizationId), MailRecovered.Kind, account.Id.ToString(), cancel: cancel);
                return await OtherWays.Of(account.Id, provider, db, cancel);
            },
            cancel
        );
        actors.Forget();
        return ways;
    }
}
