using Bellhop.Data;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Contacts.Bulk;

/// <summary>A contact that a bulk job has still to change. Contacts are chosen when the job is started, not by a filter later.</summary>
public sealed class BulkItem
{
    public int OrganizationId { get; init; }
    public Guid JobId { get; init; }
    public Guid ContactId { get; init; }
}

internal sealed class BulkItemTable : IEntityTypeConfiguration<BulkItem>
{
    public void Configure(EntityTypeBuilder<BulkItem> table)
    {
        table
            .ToTable("bulk_items")
            .HasKey(i => new
            {
                i.OrganizationId,
                i.JobId,
                i.ContactId,
            });
        table.WhenMerged(new(OnMerge.Ends, nameof(BulkItem.ContactId)));
        table.HasOne<Contact>().WithMany().HasForeignKey(i => new { i.OrganizationId, i.ContactId }).OnDelete(DeleteBehavior.Cascade);
        table.HasIndex(i => new { i.OrganizationId, i.ContactId });
    }
}
