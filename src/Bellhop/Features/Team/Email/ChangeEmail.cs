using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>
/// A person asks for another address of their account. It changes when they follow the link that goes to the new one. The answer does not
/// show whether the address has an account already.
/// </summary>
public static class ChangeEmail
{
    /// <param name="Email">The new address.</param>
    /// <param name="Proof">Proves that the actor is who they say.</param>
    public sealed record Input(string Email, Proof Proof);

    /// <exception cref="Refusal">400 for something that is no address; 403 for a key and for a wrong proof; 409 <c>no-mail</c> without a
    /// mail server; 429 after too many tries.</exception>
    public static async Task Run(Input input, Actor who, BellhopDb db, FreshProof proofs, Mailer mailer, CancellationToken cancel)
    {
        SeeMe.Demand(who);
        if (!mailer.IsOn)
        {
            throw Refusal.Conflict("no-mail", ErrorText.Of<TeamTexts>("NoMail"));
        }

        var errors = new ValidationErrors();
        var email = Accounts.ReadEmail(errors, "email", input.Email);
        errors.Refuse();
        await proofs.Demand(input.Proof, who.Id, who, db, cancel);
        await db.Save(
            async () =>
            {
                var account = await db.Users.AsNoTracking().SingleAsync(u => u.Id == who.Id, cancel);
                await db.AccountLinks.Where(l => l.UserId == who.Id && l.Kind == AccountLinkKind.EmailChange).ExecuteDeleteAsync(cancel);
                var link = new AccountLink
                {
                    UserId = who.Id,
                    Kind = AccountLinkKind.EmailChange,
                    TokenHash = AccountLinks.NewToken().Hash, // nobody's, until the mail is sent
                    Email = email,
                    Stamp = account.SecurityStamp,
                    ExpiresAt = db.Now + AccountLinks.Lasts,
                };
                db.AccountLinks.Add(link);
                db.Happened(who, "email.asked", "member", who.Id);
                await db.Queue(Actor.System(who.OrganizationId), MailEmailLink.Kind, link.Id.ToString(), cancel: cancel);
            },
            cancel
        );
    }
}

/// <summary>What the link of a mail about an address would do.</summary>
public static class SeeEmailLink
{
    /// <param name="Email">The address that the account gets.</param>
    /// <param name="IsUndo">Whether the account gets its former address back.</param>
    public sealed record Row(string Email, bool IsUndo);

    /// <summary>Anybody may call it who has the link.</summary>
    /// <exception cref="Refusal">404 for a link that is wrong or no longer works.</exception>
    public static async Task<Row> Run(string token, BellhopDb db, CancellationToken cancel)
    {
        var (link, _) = await AccountLinks.Find(token, isRecovery: false, db, cancel);
        return new(link.Email ?? "", link.Kind == AccountLinkKind.EmailUndo);
    }
}

/// <summary>
/// A person follows the link of a mail: the account gets the new address, and the old one a link to undo it; or it gets its old address
/// back. Every other session of theirs ends.
/// </summary>
public static class ConfirmEmail
{
    /// <exception cref="Refusal">404 for a link that is wrong or no longer works, and for an address that has an account
    /// meanwhile.</exception>
    public static async Task Run(
        string token,
        Actor who,
        CallingSession calling,
        BellhopDb db,
        ILookupNormalizer names,
        ActorSource actors,
        CancellationToken cancel
    )
    {
        await db.Save(
            async () =>
            {
                var (link, account) = await AccountLinks.Find(token, isRecovery: false, db, cancel);
                var key = names.NormalizeEmail(link.Email);
                if (await db.Users.AnyAsync(u => u.NormalizedEmail == key && u.Id != account.Id, cancel))
                {
                    throw Refusal.NotThere();
                }

                var self = await Accounts.AsMember(account, who.From, db, cancel);
                var isUndo = link.Kind == AccountLinkKind.EmailUndo;
                if (!isUndo)
                {
                    var undo = new AccountLink
                    {
                        UserId = account.Id,
                        Kind = AccountLinkKind.EmailUndo,
                        TokenHash = AccountLinks.NewToken().Hash, // nobody's, until the mail is sent
                        Email = account.Email,
                        ExpiresAt = db.Now + AccountLinks.UndoLasts,
                    };
                    db.AccountLinks.Add(undo);
                    await db.Queue(Actor.System(self.OrganizationId), MailEmailLink.Kind, undo.Id.ToString(), cancel: cancel);
                }

                (account.Email, account.NormalizedEmail) = (link.Email, key);
                (account.UserName, account.NormalizedUserName) = (link.Email, names.NormalizeName(link.Email));

                // Who undoes it does not trust the sessions of whoever changed it.
                CallingSession kept = isUndo || who.Id != account.Id ? new(Id: null) : calling;
                await Sessions.Renew(account, kept, self, db, cancel);
                db.AccountLinks.Remove(link);
                db.Happened(self, isUndo ? "email.undone" : "email.changed", "member", account.Id);
            },
            cancel
        );
        actors.Forget();
    }
}
