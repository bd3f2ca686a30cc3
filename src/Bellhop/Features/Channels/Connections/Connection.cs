using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Channels;

/// <summary>One subscription at a provider: it has the secrets, and accounts that guests write to.</summary>
public sealed class Connection
{
    public const int NameMax = 100;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public ConnectionKind Kind { get; init; }
    public required string Name { get; set; }
    public Guid PropertyId { get; set; }

    /// <summary>The encrypted secrets, see <see cref="ConnectionSecrets"/>.</summary>
    public required string Secrets { get; set; }

    /// <summary>The encrypted secrets of before a rotation; they verify events until <see cref="FormerUntil"/>.</summary>
    public string? FormerSecrets { get; set; }
    public DateTime? FormerUntil { get; set; }

    /// <summary>Events are still taken and kept; they are read when the pause ends.</summary>
    public bool Paused { get; set; }

    /// <summary>When an event was last read, UTC.</summary>
    public DateTime? LastEventAt { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>Deleted: it takes no events, and keeps its name for the conversations that it brought.</summary>
    public DateTime? DeletedAt { get; set; }
}

/// <summary>Finds a connection's organisation by the connection's id, which is all that a provider's call has.</summary>
public sealed class ConnectionOwner
{
    public Guid ConnectionId { get; init; }
    public int OrganizationId { get; init; }
}

/// <summary>A number, page, account or bot that guests write to. It belongs to one property, and so do its conversations.</summary>
public sealed class ChannelAccount
{
    public const int NameMax = 100;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid ConnectionId { get; set; }
    public AccountKind Kind { get; init; }

    /// <summary>The provider's id of it; of a bot, the connection's.</summary>
    public required string ExternalId { get; init; }
    public string? Name { get; set; }
    public Guid PropertyId { get; set; }

    /// <summary>The WhatsApp Business account that a number belongs to. News of templates name only this.</summary>
    public string? WabaId { get; set; }

    /// <summary>Taken off its connection: it takes no events, and keeps its conversations.</summary>
    public DateTime? RemovedAt { get; set; }
}

public static class ConnectionRights
{
    /// <summary>
    /// The connections of the actor's organisation of which the actor sees every property, without deleted ones: whoever changes a
    /// connection changes all of its accounts.
    /// </summary>
    public static IQueryable<Connection> VisibleTo(this IQueryable<Connection> connections, Actor who, IQueryable<ChannelAccount> accounts)
    {
        var mine = connections.Where(c => c.OrganizationId == who.OrganizationId && c.DeletedAt == null);
        return who.Properties is { } limited
            ? mine.Where(c =>
                limited.Contains(c.PropertyId)
                && !accounts.Any(a =>
                    a.OrganizationId == c.OrganizationId && a.ConnectionId == c.Id && a.RemovedAt == null && !limited.Contains(a.PropertyId)
                )
            )
            : mine;
    }
}

internal sealed class ConnectionTable : IEntityTypeConfiguration<Connection>
{
    public void Configure(EntityTypeBuilder<Connection> table)
    {
        table.ToTable("connections").HasKey(c => new { c.OrganizationId, c.Id });
        table.IsAudited("connection", c => c.Id, [nameof(Connection.LastEventAt)]);
        table.HasOne<Property>().WithMany().HasForeignKey(c => new { c.OrganizationId, c.PropertyId }).OnDelete(DeleteBehavior.Restrict);
        table.Property(c => c.Kind).HasConversion<string>().HasMaxLength(16);
        table.Property(c => c.Name).HasMaxLength(Connection.NameMax);
    }
}

internal sealed class ConnectionOwnerTable : IEntityTypeConfiguration<ConnectionOwner>
{
    public void Configure(EntityTypeBuilder<ConnectionOwner> table) => table.ToTable("connection_owners").HasKey(o => o.ConnectionId);
}

internal sealed class ChannelAccountTable : IEntityTypeConfiguration<ChannelAccount>
{
    public void Configure(EntityTypeBuilder<ChannelAccount> table)
    {
        table.ToTable("channel_accounts").HasKey(a => new { a.OrganizationId, a.Id });
        table.IsAudited("connection", a => a.ConnectionId);
        table
            .HasOne<Connection>()
            .WithMany()
            .HasForeignKey(a => new { a.OrganizationId, a.ConnectionId })
            .OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Property>().WithMany().HasForeignKey(a => new { a.OrganizationId, a.PropertyId }).OnDelete(DeleteBehavior.Restrict);
        table.Property(a => a.Kind).HasConversion<string>().HasMaxLength(16);
        table.Property(a => a.ExternalId).HasMaxLength(ChannelItem.IdMax);
        table.Property(a => a.Name).HasMaxLength(ChannelAccount.NameMax);
        table.Property(a => a.WabaId).HasMaxLength(64);
        table
            .HasIndex(a => new
            {
                a.OrganizationId,
                a.Kind,
                a.ExternalId,
            })
            .IsUnique();
    }
}
