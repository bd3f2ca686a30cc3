using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Team;

/// <summary>
/// A key pair on a person's device, which the device uses only after a fingerprint, a face or a PIN. Bellhop has the public half. It signs
/// in without a password, and it is both factors at once.
/// </summary>
public sealed class Passkey
{
    /// <summary>So many has a person at most.</summary>
    public const int Most = 20;
    public const int NameMax = 100;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid UserId { get; init; }

    /// <summary>The name that the device gave the key pair.</summary>
    public required byte[] CredentialId { get; init; }

    /// <summary>In the form of COSE (RFC 9052).</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>The name that the person gave it.</summary>
    public required string Name { get; set; }

    /// <summary>How often the device has signed with it, as it says itself; 0 for a device that does not count.</summary>
    public long SignCount { get; set; }

    /// <summary>Whether the device may copy it to the person's other devices.</summary>
    public bool IsBackupEligible { get; init; }
    public bool IsBackedUp { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }
    public DateTime? LastUsedAt { get; set; }
}

/// <summary>What a passkey signed once: it is refused a second time until it is too old anyway.</summary>
public sealed class SpentChallenge
{
    /// <summary>SHA-256 of the challenge as Bellhop sealed it.</summary>
    public required byte[] Hash { get; init; }
    public DateTime ExpiresAt { get; init; }
}

internal sealed class PasskeyTable : IEntityTypeConfiguration<Passkey>
{
    public void Configure(EntityTypeBuilder<Passkey> table)
    {
        table.ToTable("passkeys").HasKey(p => p.Id);
        table.HasOne<User>().WithMany().HasForeignKey(p => p.UserId).OnDelete(DeleteBehavior.Cascade);
        table.Property(p => p.CredentialId).HasMaxLength(1024);
        table.Property(p => p.Name).HasMaxLength(Passkey.NameMax);
        table.HasIndex(p => p.CredentialId).IsUnique();
        table.HasIndex(p => p.UserId);
    }
}

internal sealed class SpentChallengeTable : IEntityTypeConfiguration<SpentChallenge>
{
    public void Configure(EntityTypeBuilder<SpentChallenge> table)
    {
        table.ToTable("spent_challenges").HasKey(c => c.Hash);
        table.HasIndex(c => c.ExpiresAt);
    }
}
