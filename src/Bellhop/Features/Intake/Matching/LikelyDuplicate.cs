using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Intake;

/// <summary>Two contacts that may be one guest. A person decides; Bellhop never merges them by itself.</summary>
public sealed class LikelyDuplicate
{
    public int OrganizationId { get; init; }

    /// <summary>The older contact (the smaller id).</summary>
    public Guid OlderId { get; init; }
    public Guid NewerId { get; init; }

    /// <summary>Why: <c>same-phone</c>, <c>same-email</c>, comma-separated.</summary>
    public required string Reasons { get; set; }
    public DateTime FoundAt { get; init; }
}

internal sealed class LikelyDuplicateTable : IEntityTypeConfiguration<LikelyDuplicate>
{
    public void Configure(EntityTypeBuilder<LikelyDuplicate> table)
    {
        table
            .ToTable("likely_duplicates")
            .HasKey(d => new
            {
                d.OrganizationId,
                d.OlderId,
                d.NewerId,
            });
        table.HasOne<Contact>().WithMany().HasForeignKey(d => new { d.OrganizationId, d.OlderId }).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Contact>().WithMany().HasForeignKey(d => new { d.OrganizationId, d.NewerId }).OnDelete(DeleteBehavior.Cascade);
        table.Property(d => d.Reasons).HasMaxLength(100);
        table.HasIndex(d => new { d.OrganizationId, d.NewerId });
    }
}
