using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Ui;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Team;

/// <summary>A person's account, found by e-mail. A person has one for all organisations.</summary>
public sealed class User : IdentityUser<Guid>
{
    public User() => Id = Guid.CreateVersion7();

    public string? DisplayName { get; set; }

    /// <summary>A name of <see cref="Languages.Offered"/>; null for what the browser asks for.</summary>
    public string? Language { get; set; }

    /// <summary>The page after signing in: a name of <see cref="LandingPages.All"/>; null for the usual one.</summary>
    public string? Landing { get; set; }

    /// <summary>When the person last changed what they chose for themselves.</summary>
    public DateTime ChosenAt { get; set; } = DateTime.UnixEpoch;
    public DateTime CreatedAt { get; init; }
}

/// <summary>A person's membership in one organisation: a role, and the properties it is limited to.</summary>
public sealed class Membership
{
    public int OrganizationId { get; init; }
    public Guid UserId { get; init; }

    /// <summary>The name of a role: a built-in one or the organisation's own.</summary>
    public required string Role { get; set; }

    /// <summary>Property ids; null for all, later ones too.</summary>
    public Guid[]? Properties { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>Since when the person cannot sign in to this organisation; null for a member who can.</summary>
    public DateTime? DisabledAt { get; set; }

    /// <summary>The salted hash of the PIN with which the person approves at somebody else's screen; null for none.</summary>
    public string? PinHash { get; set; }

    /// <summary>Accurate to a quarter of an hour; null for a person who never signed in.</summary>
    public DateTime? LastSeenAt { get; set; }

    /// <summary>Whether the person sees what belongs to a property.</summary>
    internal bool Sees(Guid propertyId) => Properties is not { } limited || limited.Contains(propertyId);
}

/// <summary>One sign-in on one device. Ending it signs that device out within five seconds.</summary>
public sealed class Session
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid UserId { get; init; }
    public int OrganizationId { get; set; }

    /// <summary>
    /// The account's security stamp at sign-in. The session ends when the stamp changes, for example with a new password.
    /// </summary>
    public required string Stamp { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime LastSeenAt { get; set; }
    public DateTime ExpiresAt { get; set; }
    public string? From { get; init; }
    public string? Agent { get; init; }
}

/// <summary>A key for a program. The key itself is shown once; only its SHA-256 is kept.</summary>
public sealed class ApiKey
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; init; }

    /// <summary>SHA-256 of the whole key.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>The form of <see cref="PermissionSet.Stored"/>.</summary>
    public required string Permissions { get; init; }

    /// <summary>Property ids; null for all, later ones too.</summary>
    public Guid[]? Properties { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime? ExpiresAt { get; init; }
    public DateTime? RevokedAt { get; set; }

    /// <summary>Accurate to a quarter of an hour; null for a key that was never used.</summary>
    public DateTime? LastUsedAt { get; set; }

    /// <summary>Whether the key is neither revoked nor expired.</summary>
    public bool Lives(DateTime now) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);
}

/// <summary>
/// Finds a key's organisation by the key's hash, while the organisation is not known yet. A rotated key has several for some hours.
/// </summary>
public sealed class ApiKeyOwner
{
    public required byte[] Hash { get; init; }
    public int OrganizationId { get; init; }
    public Guid ApiKeyId { get; init; }

    /// <summary>From this time on, a rotated secret is refused; null for the present one.</summary>
    public DateTime? EndsAt { get; set; }
}

internal sealed class UserTable : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> table)
    {
        table.ToTable("users");
        table.Property(u => u.DisplayName).HasMaxLength(MyRow.NameMax);
        table.Property(u => u.Language).HasMaxLength(20);
        table.Property(u => u.Landing).HasMaxLength(20);
        table.HasIndex(u => u.NormalizedEmail).IsUnique();
    }
}

internal sealed class MembershipTable : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> table)
    {
        table.ToTable("memberships").HasKey(m => new { m.OrganizationId, m.UserId });
        table.IsAudited("member", m => m.UserId, [nameof(Membership.LastSeenAt)]);
        table.HasOne<Organization>().WithMany().HasForeignKey(m => m.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
        table.Property(m => m.Role).HasMaxLength(50);
        table.Property(m => m.PinHash).HasMaxLength(200);
        table.HasIndex(m => m.UserId);
    }
}

internal sealed class SessionTable : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> table)
    {
        table.ToTable("sessions").HasKey(s => s.Id);
        table.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        table.Property(s => s.Stamp).HasMaxLength(64);
        table.Property(s => s.From).HasMaxLength(64);
        table.Property(s => s.Agent).HasMaxLength(256);
        table.HasIndex(s => s.UserId);
        table.HasIndex(s => s.ExpiresAt);
    }
}

internal sealed class ApiKeyTable : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> table)
    {
        table.ToTable("api_keys").HasKey(k => new { k.OrganizationId, k.Id });
        table.IsAudited("apiKey", k => k.Id, [nameof(ApiKey.LastUsedAt)]);
        table.HasOne<Organization>().WithMany().HasForeignKey(k => k.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        table.Property(k => k.Name).HasMaxLength(100);
        table.Property(k => k.Permissions).HasMaxLength(1000);
    }
}

internal sealed class ApiKeyOwnerTable : IEntityTypeConfiguration<ApiKeyOwner>
{
    public void Configure(EntityTypeBuilder<ApiKeyOwner> table) => table.ToTable("api_key_owners").HasKey(o => o.Hash);
}
