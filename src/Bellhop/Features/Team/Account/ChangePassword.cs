using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>A person changes their own password. Every other session of theirs ends.</summary>
public static class ChangePassword
{
    /// <param name="Password">The present password.</param>
    /// <param name="NewPassword">The password from now on, by the rules of <see cref="Passwords"/>.</param>
    public sealed record Input(string Password, string NewPassword);

    /// <exception cref="Refusal">403 for a key and for a wrong present password; 400 for a new one that is easy to guess; 412 if the
    /// password was changed meanwhile; 429 after too many tries.</exception>
    public static async Task Run(
        Input input,
        Actor who,
        CallingSession calling,
        BellhopDb db,
        ActorSource actors,
        FreshProof proofs,
        Passwords passwords,
        CancellationToken cancel
    )
    {
        SeeMe.Demand(who);
        var account = await db.Users.AsNoTracking().SingleAsync(u => u.Id == who.Id, cancel);
        var errors = new ValidationErrors();
        Passwords.Check(errors, "newPassword", input.NewPassword, account.Email ?? "", await Accounts.Houses(account.Id, db, cancel));
        errors.Refuse();
        await proofs.Demand(new(input.Password), who.Id, who, db, cancel);

        // Hash before the save, because hashing is slow on purpose.
        var hash = passwords.Hash(account, input.NewPassword);
        await db.Save(
            async () =>
            {
                var mine = await db.Users.SingleAsync(u => u.Id == who.Id, cancel);
                if (mine.PasswordHash != account.PasswordHash)
                {
                    throw Refusal.Changed();
                }

                mine.PasswordHash = hash;
                await Sessions.Renew(mine, calling, who, db, cancel);
                db.Happened(who, "password.changed", "member", who.Id);
            },
            cancel
        );
        actors.Forget();
    }
}
