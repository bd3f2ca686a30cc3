using Bellhop.Features.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Notices;

/// <summary>
/// A browser that shows a person's notices although no page is open. It ends with its session: who is signed out hears nothing.
/// </summary>
public sealed class PushSubscription
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid UserId { get; init; }
    public Guid SessionId { get; init; }

    /// <summary>The address at the browser maker's push service. Whoever knows it can send there.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The browser's public key: a point of the curve P-256, not compressed.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>What the browser and Bellhop alone know.</summary>
    public required byte[] Auth { get; init; }
    public DateTime CreatedAt { get; init; }
}

/// <summary>The key pair by which push services know this Bellhop (VAPID, RFC 8292). There is one.</summary>
public sealed class PushKey
{
    public const int Only = 1;

    public int Id { get; init; } = Only;
    public required byte[] PublicKey { get; init; }

    /// <summary>Encrypted with the keys that protect cookies.</summary>
    public required byte[] PrivateKey { get; init; }
}

internal sealed class PushSubscriptionTable : IEntityTypeConfiguration<PushSubscription>
{
    public void Configure(EntityTypeBuilder<PushSubscription> table)
    {
        table.ToTable("push_subscriptions").HasKey(s => s.Id);
        table.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Session>().WithMany().HasForeignKey(s => s.SessionId).OnDelete(DeleteBehavior.Cascade);
        table.Property(s => s.Endpoint).HasMaxLength(AddPushSubscription.EndpointMax);
        table.HasIndex(s => s.UserId);
        table.HasIndex(s => s.SessionId).IsUnique();
    }
}

internal sealed class PushKeyTable : IEntityTypeConfiguration<PushKey>
{
    public void Configure(EntityTypeBuilder<PushKey> table)
    {
        table.ToTable("push_keys").HasKey(k => k.Id);
        table.Property(k => k.Id).ValueGeneratedNever();
    }
}
