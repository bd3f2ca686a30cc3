using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>What a signed-in person gives to prove again who they are. Exactly one member is given.</summary>
/// <param name="Password">The person's own password.</param>
/// <param name="Code">A code of the person's second factor, or a recovery code.</param>
/// <param name="Passkey">What the browser answered when it was asked for a passkey of the person.</param>
public sealed record Proof(string? Password = null, string? Code = null, PasskeyAnswer? Passkey = null);

/// <summary>
/// Checks fresh proofs, for everything that an unlocked screen alone must not be enough for. Wrong proofs count as failed sign-ins of the
/// person whose proof it is.
/// </summary>
public sealed class FreshProof(Passwords passwords, Totp totp, PasskeyRules passkeys, Throttles throttles)
{
    /// <summary>Demands that the proof is this person's. The check is slow on purpose, so call it before the save.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="personId">The account whose proof it must be: the actor's own, or a colleague's who stands beside.</param>
    /// <param name="who">The actor who gives the proof.</param>
    /// <exception cref="Refusal">400 without exactly one proof; 403 for a wrong one or an unknown person; 429 after too many
    /// tries.</exception>
    public async Task Demand(Proof proof, Guid personId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (proof is { Password: { } password, Code: null, Passkey: null })
        {
            await DemandPassword(password, personId, who, db, cancel);
        }
        else if (proof is { Code: { } code, Password: null, Passkey: null })
        {
            if (!await CodeTries.Check(throttles, personId, () => SecondFactors.Use(personId, code, totp, confirmed: true, db, cancel)))
            {
                throw Refusal.Forbidden(ErrorText.Of<TeamTexts>("WrongCode"));
            }
        }
        else if (proof is { Passkey: { } passkey, Password: null, Code: null })
        {
            if ((await passkeys.Read(passkey, db, cancel))?.Id != personId)
            {
                throw Refusal.Forbidden(ErrorText.Of<TeamTexts>("WrongPasskey"));
            }
        }
        else
        {
            throw Refusal.Invalid("proof", ErrorText.Of<TeamTexts>("OneProof"));
        }
    }

    private async Task DemandPassword(string password, Guid personId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var account = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == personId, cancel);
        var tries = SignInTries.Take(throttles, account?.Email ?? "", who.From, isKnown: true);
        if (!passwords.Fits(account, password))
        {
            tries.Wrong();
            throw Refusal.Forbidden(ErrorText.Of<TeamTexts>("WrongPassword"));
        }

        tries.Right();
    }
}
