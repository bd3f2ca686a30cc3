using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Whether a person signs in with a second factor.</summary>
/// <param name="On">Whether an app on a phone is asked for a code.</param>
/// <param name="RecoveryCodesLeft">How many recovery codes still work.</param>
/// <param name="Required">Whether the organisation asks every member for a second factor.</param>
/// <param name="Passkeys">How many passkeys the person has; each counts as a second factor too.</param>
public sealed record SecondFactorRow(bool On, int RecoveryCodesLeft, bool Required, int Passkeys);

/// <summary>A person's own second factor.</summary>
public static class SeeSecondFactor
{
    /// <exception cref="Refusal">403 for a key.</exception>
    public static async Task<SecondFactorRow> Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        SeeMe.Demand(who);
        return new(
            await SecondFactors.IsOn(who.Id, db, cancel),
            await db.RecoveryCodes.CountAsync(c => c.UserId == who.Id, cancel),
            await db.Organizations.Where(o => o.Id == who.OrganizationId).Select(o => o.RequiresSecondFactor).SingleAsync(cancel),
            await db.Passkeys.CountAsync(p => p.UserId == who.Id, cancel)
        );
    }
}

/// <summary>A person begins to set up an app that makes codes. Nothing is asked for until <see cref="ConfirmSecondFactor"/>.</summary>
public static class BeginSecondFactor
{
    /// <param name="Proof">Proves that the actor is who they say.</param>
    public sealed record Input(Proof Proof);

    /// <param name="Secret">The secret as a person types it into an app.</param>
    /// <param name="Address">The same as an <c>otpauth</c> address, for a picture that a phone reads.</param>
    public sealed record Result(string Secret, string Address);

    /// <exception cref="Refusal">403 for a key and for a wrong proof; 409 <c>second-factor-on</c> if it is set up; 429 after too many
    /// tries.</exception>
    public static async Task<Answered<Result>> Run(
        Input input,
        Actor who,
        BellhopDb db,
        FreshProof proofs,
        Totp totp,
        CancellationToken cancel
    )
    {
        SeeMe.Demand(who);
        await proofs.Demand(input.Proof, who.Id, who, db, cancel);
        var secret = totp.NewSecret();
        var email = await db.Save(
            async () =>
            {
                if (await SecondFactors.IsOn(who.Id, db, cancel))
                {
                    throw Refusal.Conflict("second-factor-on", ErrorText.Of<TeamTexts>("SecondFactorOn"));
                }

                await db.SecondFactors.Where(f => f.UserId == who.Id).ExecuteDeleteAsync(cancel);
                db.SecondFactors.Add(new() { UserId = who.Id, Secret = secret });
                return await db.Users.Where(u => u.Id == who.Id).Select(u => u.Email).SingleAsync(cancel);
            },
            cancel
        );
        var result = new Result(totp.Text(secret), totp.Address(secret, email ?? ""));
        return new(result) { Keep = new("", "") };
    }
}

/// <summary>A person shows that the app makes right codes. From now on signing in asks for one; every other session ends.</summary>
public static class ConfirmSecondFactor
{
    /// <param name="Code">A code of the app.</param>
    public sealed record Input(string Code);

    /// <param name="RecoveryCodes">Each replaces the app once. They are shown only in this answer.</param>
    public sealed record Result(IReadOnlyList<string> RecoveryCodes);

    /// <exception cref="Refusal">403 for a key; 400 for a wrong code; 429 after too many tries.</exception>
    public static async Task<Answered<Result>> Run(
        Input input,
        Actor who,
        CallingSession calling,
        BellhopDb db,
        Totp totp,
        Throttles throttles,
        ActorSource actors,
        CancellationToken cancel
    )
    {
        SeeMe.Demand(who);
        if (!await CodeTries.Check(throttles, who.Id, () => SecondFactors.Use(who.Id, input.Code, totp, confirmed: false, db, cancel)))
        {
            throw Refusal.Invalid("code", ErrorText.Of<TeamTexts>("WrongCode"));
        }

        var codes = await db.Save(
            async () =>
            {
                var factor = await db.SecondFactors.SingleAsync(f => f.UserId == who.Id, cancel);
                factor.ConfirmedAt = db.Now;
                var account = await db.Users.SingleAsync(u => u.Id == who.Id, cancel);
                account.TwoFactorEnabled = true;
                await Sessions.Renew(account, calling, who, db, cancel);
                db.Happened(who, "secondFactor.on", "member", who.Id);
                return await RecoveryCodes.Renew(who.Id, db, cancel);
            },
            cancel
        );
        actors.Forget();
        return new(new Result(codes)) { Keep = new([]) };
    }
}

/// <summary>A person makes new recovery codes. The old ones stop working.</summary>
public static class RenewRecoveryCodes
{
    /// <param name="Proof">Proves that the actor is who they say.</param>
    public sealed record Input(Proof Proof);

    /// <exception cref="Refusal">403 for a key and for a wrong proof; 409 <c>second-factor-off</c> where none is set up; 429 after too many
    /// tries.</exception>
    public static async Task<Answered<ConfirmSecondFactor.Result>> Run(
        Input input,
        Actor who,
        BellhopDb db,
        FreshProof proofs,
        CancellationToken cancel
    )
    {
        SeeMe.Demand(who);
        await proofs.Demand(input.Proof, who.Id, who, db, cancel);
        var codes = await db.Save(
            async () =>
            {
                if (!await SecondFactors.Has(who.Id, db, cancel))
                {
                    throw Refusal.Conflict("second-factor-off", ErrorText.Of<TeamTexts>("SecondFactorOff"));
                }

                db.Happened(who, "recoveryCodes.renewed", "member", who.Id);
                return await RecoveryCodes.Renew(who.Id, db, cancel);
            },
            cancel
        );
        return new(new ConfirmSecondFactor.Result(codes)) { Keep = new([]) };
    }
}

/// <summary>A person signs in without the app again.</summary>
public static class RemoveSecondFactor
{
    /// <param name="Proof">Proves that the actor is who they say.</param>
    public sealed record Input(Proof Proof);

    /// <exception cref="Refusal">403 for a key and for a wrong proof; 409 <c>second-factor-required</c> where the organisation asks for
    /// one; 429 after too many tries.</exception>
    public static async Task Run(
        Input input,
        Actor who,
        CallingSession calling,
        BellhopDb db,
        FreshProof proofs,
        ActorSource actors,
        CancellationToken cancel
    )
    {
        SeeMe.Demand(who);
        await proofs.Demand(input.Proof, who.Id, who, db, cancel);
        await db.Save(
            async () =>
            {
                if (!await db.Passkeys.AnyAsync(p => p.UserId == who.Id, cancel))
                {
                    await SecondFactors.EndLast(who.Id, db, cancel);
                }

                if (await db.SecondFactors.Where(f => f.UserId == who.Id).ExecuteDeleteAsync(cancel) == 0)
                {
                    return;
                }

                var account = await db.Users.SingleAsync(u => u.Id == who.Id, cancel);
                account.TwoFactorEnabled = false;
                await Sessions.Renew(account, calling, who, db, cancel);
                db.Happened(who, "secondFactor.off", "member", who.Id);
            },
            cancel
        );
        actors.Forget();
    }
}
