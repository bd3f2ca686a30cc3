using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Inbox;

/// <summary>A change of a message that is not there yet: providers deliver in any order. It is applied when the message arrives.</summary>
public sealed class EarlyChange
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = OrderedId.Next();
    public Guid AccountId { get; init; }

    /// <summary>The provider's id of the message.</summary>
    public required string ExternalId { get; init; }
    public EarlyKind Kind { get; init; }
    public string? Text { get; init; }
    public DateTime At { get; init; }
    public DateTime CreatedAt { get; init; }
}

public enum EarlyKind
{
    Edit,
    Withdrawal,
    Reaction,
}

internal sealed class EarlyChangeTable : IEntityTypeConfiguration<EarlyChange>
{
    public void Configure(EntityTypeBuilder<EarlyChange> table)
    {
        table.ToTable("early_changes").HasKey(c => new { c.OrganizationId, c.Id });
        table.HasPersonalData();
        table.Property(c => c.ExternalId).HasMaxLength(ChannelItem.IdMax);
        table.Property(c => c.Kind).HasConversion<string>().HasMaxLength(16);
        table.Property(c => c.Text).HasMaxLength(ChannelItem.TextMax);
        table
            .HasIndex(c => new
            {
                c.OrganizationId,
                c.AccountId,
                c.ExternalId,
                c.Kind,
                c.At,
            })
            .IsUnique();
        table.HasIndex(c => c.CreatedAt);
    }
}
