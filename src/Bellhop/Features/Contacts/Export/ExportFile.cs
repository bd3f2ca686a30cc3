using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Contacts.Export;

/// <summary>
/// An export that is too long to wait for. A job writes it in the background, and the person who asked fetches it until it expires. The
/// file is in the data folder, under the id.
/// </summary>
public sealed class ExportFile
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Who asked for it. Only this actor may fetch it.</summary>
    public Guid OwnerId { get; init; }
    public ActorKind OwnerKind { get; init; }

    /// <summary>The request, as JSON: the filter's query, the columns, whether the file begins with a byte order mark.</summary>
    public required string Question { get; init; }

    /// <summary>The job that writes it.</summary>
    public Guid JobId { get; init; }

    /// <summary>Rows written, without the heading; null until the file is complete.</summary>
    public long? Rows { get; set; }

    /// <summary>The file's size; null until it is complete.</summary>
    public long? Bytes { get; set; }
    public DateTime CreatedAt { get; init; }

    /// <summary>From this time on it cannot be fetched, and is deleted.</summary>
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
