using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Contacts.Bulk;

/// <summary>An action on many contacts that can be undone while its changes are kept.</summary>
public sealed class BulkRun
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary><c>addTag</c>, <c>removeTag</c> or <c>assignProperty</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The tag that was added or removed.</summary>
    public Guid? TagId { get; init; }

    /// <summary>The property that was assigned.</summary>
    public Guid? PropertyId { get; init; }

    /// <summary>Who did it. Only this actor may undo it.</summary>
    public Guid StarterId { get; init; }
    public ActorKind StarterKind { get; init; }
    public DateTime At { get; init; }

    /// <summary>When it was undone; null when it was not.</summary>
    public DateTime? UndoneAt { get; set; }
}

/// <summary>A contact that a run really changed. A contact that needed no change has no row.</summary>
public sealed class BulkChange
{
    public int OrganizationId { get; init; }
    public Guid RunId { get; init; }
    public Guid ContactId { get; set; }

    /// <summary>The assigned property before the run.</summary>
    public Guid? PropertyBefore { get; init; }
}

internal sealed class BulkRunTable : IEntityTypeConfiguration<BulkRun>
{
    public void Configure(EntityTypeBuilder<BulkRun> table)
    {
        table.ToTable("bulk_runs").HasKey(r => new { r.OrganizationId, r.Id });
        table.Property(r => r.Action).HasMaxLength(16);
        table.Property(r => r.StarterKind).HasConversion<string>().HasMaxLength(16);
        table.HasIndex(r => r.At);
    }
}

internal sealed class BulkChangeTable : IEntityTypeConfiguration<BulkChange>
{
    public void Configure(EntityTypeBuilder<BulkChange> table)
    {
        table
            .ToTable("bulk_changes")
            .HasKey(c => new
            {
                c.OrganizationId,
                c.RunId,
                c.ContactId,
            });
        table.HasOne<BulkRun>().WithMany().HasForeignKey(c => new { c.OrganizationId, c.RunId }).OnDelete(DeleteBehavior.Cascade);
        table.WhenMerged(new(OnMerge.Rests, nameof(BulkChange.ContactId)));
        table.HasOne<Contact>().WithMany().HasForeignKey(c => new { c.OrganizationId, c.ContactId }).OnDelete(DeleteBehavior.Cascade);
        table.HasIndex(c => new { c.OrganizationId, c.ContactId });
    }
}
