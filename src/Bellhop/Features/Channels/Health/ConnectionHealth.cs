using Bellhop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Channels;

/// <summary>What the last look at a connection's provider found.</summary>
public sealed class ConnectionHealth
{
    public int OrganizationId { get; init; }
    public Guid ConnectionId { get; init; }
    public DateTime CheckedAt { get; set; }

    /// <summary>A name of ours for what is wrong, such as <c>token</c>; null if all is well.</summary>
    public string? Problem { get; set; }

    /// <summary>What was looked at, as JSON: a list of name, whether it is well, and the code of what is wrong.</summary>
    public required string Checks { get; set; }
}

internal sealed class ConnectionHealthTable : IEntityTypeConfiguration<ConnectionHealth>
{
    public void Configure(EntityTypeBuilder<ConnectionHealth> table)
    {
        table.ToTable("connection_health").HasKey(h => new { h.OrganizationId, h.ConnectionId });
        table.HasOne<Connection>().WithMany().HasForeignKey(h => new { h.OrganizationId, h.ConnectionId }).OnDelete(DeleteBehavior.Cascade);
        table.Property(h => h.Problem).HasMaxLength(40);
    }
}
