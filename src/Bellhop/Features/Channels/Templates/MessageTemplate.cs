using Bellhop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Channels;

/// <summary>A WhatsApp template as the provider has it: a text that may be sent when the guest has not written for a day.</summary>
public sealed class MessageTemplate
{
    public const int NameMax = 512;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid ConnectionId { get; set; }

    /// <summary>The WhatsApp Business account that it belongs to. All its numbers may send it.</summary>
    public required string WabaId { get; init; }

    /// <summary>The provider's id.</summary>
    public string? ExternalId { get; set; }
    public required string Name { get; init; }
    public required string Language { get; init; }

    /// <summary><c>MARKETING</c>, <c>UTILITY</c> or <c>AUTHENTICATION</c>; as the provider says.</summary>
    public required string Category { get; set; }

    /// <summary>As the provider says; only <c>APPROVED</c> ones can be sent.</summary>
    public required string Status { get; set; }

    /// <summary><c>GREEN</c>, <c>YELLOW</c> or <c>RED</c>; null while unknown.</summary>
    public string? Quality { get; set; }

    /// <summary>Whether its blanks have names instead of numbers.</summary>
    public bool IsNamed { get; set; }

    /// <summary>Its parts, as the provider's JSON.</summary>
    public required string Components { get; set; }
    public DateTime UpdatedAt { get; set; }
}

internal sealed class MessageTemplateTable : IEntityTypeConfiguration<MessageTemplate>
{
    public void Configure(EntityTypeBuilder<MessageTemplate> table)
    {
        table.ToTable("message_templates").HasKey(t => new { t.OrganizationId, t.Id });
        table.HasOne<Connection>().WithMany().HasForeignKey(t => new { t.OrganizationId, t.ConnectionId }).OnDelete(DeleteBehavior.Cascade);
        table.Property(t => t.WabaId).HasMaxLength(64);
        table.Property(t => t.ExternalId).HasMaxLength(64);
        table.Property(t => t.Name).HasMaxLength(MessageTemplate.NameMax);
        table.Property(t => t.Language).HasMaxLength(16);
        table.Property(t => t.Category).HasMaxLength(32);
        table.Property(t => t.Status).HasMaxLength(32);
        table.Property(t => t.Quality).HasMaxLength(16);
        table
            .HasIndex(t => new
            {
                t.OrganizationId,
                t.ConnectionId,
                t.WabaId,
                t.Name,
                t.Language,
            })
            .IsUnique();
    }
}
