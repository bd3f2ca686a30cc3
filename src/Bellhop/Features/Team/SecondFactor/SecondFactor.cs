using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Team;

/// <summary>The secret that a person shares with an app on their phone, which makes codes from it.</summary>
public sealed class SecondFactor
{
    public Guid UserId { get; init; }

    /// <summary>Encrypted with the keys that protect cookies.</summary>
    public required byte[] Secret { get; set; }

    /// <summary>The time step of the last code that was used: a code works once.</summary>
    public long LastStep { get; set; }

    /// <summary>When the person showed a first right code; null while it is being set up.</summary>
    public DateTime? ConfirmedAt { get; set; }
}

/// <summary>A code for whoever has lost the phone. It works once, and is deleted then.</summary>
public sealed class RecoveryCode
{
    public Guid UserId { get; init; }

    /// <summary>SHA-256 of the code.</summary>
    public required byte[] Hash { get; init; }
}

/// <summary>Checks codes. A right code is used up in the same save.</summary>
internal static class SecondFactors
{
    /// <summary>Whether the person has an app that makes codes.</summary>
    public static Task<bool> IsOn(Guid userId, BellhopDb db, CancellationToken cancel) =>
        db.SecondFactors.AnyAsync(f => f.UserId == userId && f.ConfirmedAt != null, cancel);

    /// <summary>Whether the person has an app that makes codes, or a passkey.</summary>
    public static async Task<bool> Has(Guid userId, BellhopDb db, CancellationToken cancel) =>
        await IsOn(userId, db, cancel) || await db.Passkeys.AnyAsync(p => p.UserId == userId, cancel);

    /// <summary>
    /// Whether the password alone does not sign the person in: they have an app, or a passkey and an organisation that asks for a second
    /// factor. Elsewhere whoever has only a passkey may sign in by either.
    /// </summary>
    public static async Task<bool> IsAsked(Guid userId, BellhopDb db, CancellationToken cancel) =>
        await IsOn(userId, db, cancel)
        || (await IsRequired(userId, db, cancel) && await db.Passkeys.AnyAsync(p => p.UserId == userId, cancel));

    /// <summary>The person's last factor goes, and the recovery codes with it. Call it inside the save.</summary>
    /// <exception cref="Refusal">409 <c>second-factor-required</c> where an organisation of the person asks for one.</exception>
    public static async Task EndLast(Guid userId, BellhopDb db, CancellationToken cancel)
    {
        if (await IsRequired(userId, db, cancel))
        {
            throw Refusal.Conflict("second-factor-required", ErrorText.Of<TeamTexts>("SecondFactorRequired"));
        }

        await db.RecoveryCodes.Where(c => c.UserId == userId).ExecuteDeleteAsync(cancel);
    }

    private static Task<bool> IsRequired(Guid userId, BellhopDb db, CancellationToken cancel) =>
        db.Organizations.AnyAsync(
            o => o.RequiresSecondFactor && db.Memberships.Any(m => m.OrganizationId == o.Id && m.UserId == userId),
            cancel
        );

    /// <summary>Whether a code of the app, or a recovery code, is right. Then it no longer works.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="code">The code as typed.</param>
    /// <param name="totp">Reads the app's codes.</param>
    /// <param name="confirmed">Whether the app must be set up; false while it is being.</param>
    public static Task<bool> Use(Guid userId, string code, Totp totp, bool confirmed, BellhopDb db, CancellationToken cancel)
    {
        var hash = RecoveryCodes.Hash(code);
        return db.Save(
            async () =>
            {
                var factor = await db
                    .SecondFactors.AsNoTracking()
                    .SingleOrDefaultAsync(f => f.UserId == userId && (f.ConfirmedAt != null) == confirmed, cancel);
                if (factor is not null && totp.Match(factor.Secret, code) is { } step)
                {
                    return await db
                            .SecondFactors.Where(f => f.UserId == userId && f.LastStep < step)
                            .ExecuteUpdateAsync(set => set.SetProperty(f => f.LastStep, step), cancel) == 1;
                }

                return confirmed && await db.RecoveryCodes.Where(c => c.UserId == userId && c.Hash == hash).ExecuteDeleteAsync(cancel) == 1;
            },
            cancel
        );
    }
}

internal sealed class SecondFactorTable : IEntityTypeConfiguration<SecondFactor>
{
    public void Configure(EntityTypeBuilder<SecondFactor> table)
    {
        table.ToTable("second_factors").HasKey(f => f.UserId);
        table.HasOne<User>().WithMany().HasForeignKey(f => f.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RecoveryCodeTable : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> table)
    {
        table.ToTable("recovery_codes").HasKey(c => new { c.UserId, c.Hash });
        table.HasOne<User>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
