using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>A person begins to add a passkey: their browser is asked to make one.</summary>
public static class BeginPasskey
{
    /// <param name="Proof">Proves that the actor is who they say.</param>
    public sealed record Input(Proof Proof);

    /// <exception cref="Refusal">403 for a key and for a wrong proof; 409 <c>no-passkeys</c> where Bellhop's address allows none,
    /// <c>too-many-passkeys</c> for whoever has twenty; 429 after too many tries.</exception>
    public static async Task<Answered<PasskeyQuestion>> Run(
        Input input,
        Actor who,
        BellhopDb db,
        FreshProof proofs,
        PasskeyRules passkeys,
        CancellationToken cancel
    )
    {
        SeeMe.Demand(who);
        await proofs.Demand(input.Proof, who.Id, who, db, cancel);
        await AddPasskey.DemandRoom(who.Id, db, cancel);
        var account = await db.Users.AsNoTracking().SingleAsync(u => u.Id == who.Id, cancel);
        return new(await passkeys.AskForNew(account, db)) { Keep = new("", "") };
    }
}

/// <summary>A person keeps the passkey that their browser made. Every other session of theirs ends.</summary>
public static class AddPasskey
{
    /// <param name="Passkey">The browser's answer.</param>
    /// <param name="Name">1 to 100 characters.</param>
    public sealed record Input(PasskeyAnswer Passkey, string Name);

    /// <exception cref="Refusal">403 for a key; 400 for an answer that is wrong, late or used before; 409 as
    /// <see cref="BeginPasskey"/>.</exception>
    public static async Task<Saved<PasskeyRow>> Run(
        Input input,
        Actor who,
        CallingSession calling,
        BellhopDb db,
        PasskeyRules passkeys,
        ActorSource actors,
        CancellationToken cancel
    )
    {
        SeeMe.Demand(who);
        var errors = new ValidationErrors();
        var name = ReadName(errors, input.Name);
        errors.Refuse();
        var made = await passkeys.ReadNew(input.Passkey, who.Id, db) ?? throw Wrong();
        var saved = await db.Save(
            async () =>
            {
                await DemandRoom(who.Id, db, cancel);
                if (!await passkeys.Spend(input.Passkey, db, cancel))
                {
                    throw Wrong();
                }

                var now = db.Now;
                var key = new Passkey
                {
                    UserId = who.Id,
                    CredentialId = made.CredentialId,
                    PublicKey = made.PublicKey,
                    Name = name!,
                    SignCount = made.SignCount,
                    IsBackupEligible = made.IsBackupEligible,
                    IsBackedUp = made.IsBackedUp,
                    CreatedAt = now,
                    UpdatedAt = now,
                };
                db.Passkeys.Add(key);
                var account = await db.Users.SingleAsync(u => u.Id == who.Id, cancel);
                await Sessions.Renew(account, calling, who, db, cancel);
                db.Happened(who, "passkey.added", "member", who.Id);
                return new Saved<PasskeyRow>(PasskeyRow.Of(key), key.UpdatedAt, $"/me/passkeys/{key.Id}");
            },
            cancel
        );
        actors.Forget();
        return saved;
    }

    internal static string? ReadName(ValidationErrors errors, string? name) =>
        errors.Text("name", Text.OneLine(name), Passkey.NameMax, required: true);

    internal static async Task DemandRoom(Guid userId, BellhopDb db, CancellationToken cancel)
    {
        if (await db.Passkeys.CountAsync(p => p.UserId == userId, cancel) >= Passkey.Most)
        {
            throw Refusal.Conflict("too-many-passkeys", ErrorText.Of<TeamTexts>("Passkeys.TooMany", Passkey.Most));
        }
    }

    private static Refusal Wrong() => Refusal.Invalid("passkey", ErrorText.Of<TeamTexts>("WrongPasskey"));
}
