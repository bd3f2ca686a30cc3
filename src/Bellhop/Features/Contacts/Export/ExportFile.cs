using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Contacts.Export;

/// <summary>
/// An export too long to wait for: written in the background, fetched by the one who asked for it until it expires. The file lies in the
/// data folder, under the id.
/// </summary>
public sealed class ExportFile
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Who asked, and alone may fetch it.</summary>
    public Guid OwnerId { get; init; }
    public ActorKind OwnerKind { get; init; }

    /// <summary>What was asked for, as JSON: the filter's query, the columns, whether a byte order mark stands before.</summary>
    public required string Question { get; init; }

    /// <summary>The job that writes it.</summary>
    public Guid JobId { get; init; }

    /// <summary>Rows written, without the heading; null until it is whole.</summary>
    public long? Rows { get; set; }

    /// <summary>Its size; null until it is whole.</summary>
    public long? Bytes { get; set; }
    public DateTime CreatedAt { get; init; }

    /// <summary>From then on it is not given out any more, and is deleted.</summary>
    public DateTime ExpiresAt { get; set; }
}

internal sealed class ExportFileTable : IEntityTypeConfiguration<ExportFile>
{
    public void Configure(EntityTypeBuilder<ExportFile> table)
    {
        table.ToTable("export_files").HasKey(e => new { e.OrganizationId, e.Id });
        table.Property(e => e.OwnerKind).HasConversion<string>().HasMaxLength(16);
        table.HasIndex(e => e.ExpiresAt);
    }
}
