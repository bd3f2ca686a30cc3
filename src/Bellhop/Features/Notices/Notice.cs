using Bellhop.Features.Properties;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Notices;

/// <summary>
/// Tells one person of one thing. It holds only ids: what it says is read when it is shown, so that nothing is said of what the person may
/// no longer see.
/// </summary>
public sealed class Notice
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid UserId { get; init; }

    /// <summary>A name of <see cref="NoticeKind.All"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The note, import or endpoint.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>A person gets a notice with this text once.</summary>
    public required string Once { get; init; }
    public DateTime At { get; init; }

    /// <summary>When the person saw it, UTC; null for one that is new.</summary>
    public DateTime? SeenAt { get; set; }
}

/// <summary>A kind of notice that a person does not want. All others are wanted.</summary>
public sealed class UnwantedNotice
{
    public int OrganizationId { get; init; }
    public Guid UserId { get; init; }
    public required string Kind { get; init; }
}

internal sealed class NoticeTable : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> table)
    {
        table.ToTable("notices").HasKey(n => new { n.OrganizationId, n.Id });
        table.HasOne<Organization>().WithMany().HasForeignKey(n => n.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        table.Property(n => n.Kind).HasMaxLength(32);
        table.Property(n => n.Once).HasMaxLength(100);
        table
            .HasIndex(n => new
            {
                n.OrganizationId,
                n.UserId,
                n.Once,
            })
            .IsUnique();
        table.HasIndex(n => new
        {
            n.OrganizationId,
            n.UserId,
            n.At,
        });
    }
}

internal sealed class UnwantedNoticeTable : IEntityTypeConfiguration<UnwantedNotice>
{
    public void Configure(EntityTypeBuilder<UnwantedNotice> table)
    {
        table
            .ToTable("unwanted_notices")
            .HasKey(u => new
            {
                u.OrganizationId,
                u.UserId,
                u.Kind,
            });
        table.Property(u => u.Kind).HasMaxLength(32);
    }
}
