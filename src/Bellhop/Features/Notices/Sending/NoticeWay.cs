using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Notices;

/// <summary>How a notice reaches a person who does not look at Bellhop.</summary>
public enum NoticeWay
{
    Mail,
    Push,
}

/// <summary>A kind of notice that a person wants in this way too. None is wanted unasked.</summary>
public sealed class WantedNotice
{
    public int OrganizationId { get; init; }
    public Guid UserId { get; init; }
    public required string Kind { get; init; }
    public NoticeWay Way { get; init; }
}

internal sealed class WantedNoticeTable : IEntityTypeConfiguration<WantedNotice>
{
    public void Configure(EntityTypeBuilder<WantedNotice> table)
    {
        table
            .ToTable("wanted_notices")
            .HasKey(w => new
            {
                w.OrganizationId,
                w.UserId,
                w.Kind,
                w.Way,
            });
        table.Property(w => w.Kind).HasMaxLength(32);
        table.Property(w => w.Way).HasConversion<string>().HasMaxLength(8);
    }
}
