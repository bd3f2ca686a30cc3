using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>A person gives one of their passkeys another name.</summary>
public static class RenamePasskey
{
    /// <param name="Name">1 to 100 characters.</param>
    public sealed record Input(Optional<string> Name = default);

    /// <exception cref="Refusal">403 for a key; 404 for a passkey that is not the actor's own; 412; 400.</exception>
    public static async Task<Saved<PasskeyRow>> Run(Guid id, Input input, Actor who, BellhopDb db, IfMatch match, CancellationToken cancel)
    {
        SeeMe.Demand(who);
        return await db.Save(
            async () =>
            {
                var key = await MyPasskeys.Find(id, who, db, cancel);
                match.Demand(key.UpdatedAt);
                var errors = new ValidationErrors();
                var name = input.Name.IsGiven ? AddPasskey.ReadName(errors, input.Name.Value) : key.Name;
                errors.Refuse();
                if (name != key.Name)
                {
                    (key.Name, key.UpdatedAt) = (name!, db.Now.After(key.UpdatedAt));
                    db.Happened(who, "passkey.renamed", "member", who.Id);
                }

                return new Saved<PasskeyRow>(PasskeyRow.Of(key), key.UpdatedAt);
            },
            cancel
        );
    }
}

/// <summary>A person removes one of their passkeys. Every other session of theirs ends.</summary>
public static class RemovePasskey
{
    /// <param name="Proof">Proves that the actor is who they say.</param>
    public sealed record Input(Proof Proof);

    /// <exception cref="Refusal">403 for a key and for a wrong proof; 404 for a passkey that is not the actor's own; 409
    /// <c>second-factor-required</c> for the last factor where an organisation asks for one; 429 after too many tries.</exception>
    public static async Task Run(
        Guid id,
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
        await MyPasskeys.Find(id, who, db, cancel);
        await proofs.Demand(input.Proof, who.Id, who, db, cancel);
        await db.Save(
            async () =>
            {
                db.Passkeys.Remove(await MyPasskeys.Find(id, who, db, cancel));
                var others = await db.Passkeys.AnyAsync(p => p.UserId == who.Id && p.Id != id, cancel);
                if (!others && !await SecondFactors.IsOn(who.Id, db, cancel))
                {
                    await SecondFactors.EndLast(who.Id, db, cancel);
                }

                var account = await db.Users.SingleAsync(u => u.Id == who.Id, cancel);
                await Sessions.Renew(account, calling, who, db, cancel);
                db.Happened(who, "passkey.removed", "member", who.Id);
            },
            cancel
        );
        actors.Forget();
    }
}

internal static class MyPasskeys
{
    /// <summary>One of the actor's own passkeys, tracked.</summary>
    /// <exception cref="Refusal">404.</exception>
    public static async Task<Passkey> Find(Guid id, Actor who, BellhopDb db, CancellationToken cancel) =>
        await db.Passkeys.SingleOrDefaultAsync(p => p.Id == id && p.UserId == who.Id, cancel) ?? throw Refusal.NotThere("passkey", id);
}
