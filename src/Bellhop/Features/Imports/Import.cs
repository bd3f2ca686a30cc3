using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Imports;

/// <summary>What a row does to a contact that exists already.</summary>
public enum ImportMode
{
    /// <summary>Nothing: the row is a duplicate.</summary>
    Create,

    /// <summary>Fills empty fields and never overwrites.</summary>
    Fill,

    /// <summary>Values of the file overwrite the contact's; empty cells do not.</summary>
    Overwrite,
}

public enum ImportState
{
    /// <summary>Uploaded; columns and options are still being chosen.</summary>
    Draft,
    Queued,
    Running,
    Completed,
    Failed,
    Cancelled,

    /// <summary>The import is being reversed.</summary>
    Reversing,
    Reversed,
}

/// <summary>
/// One import of a file with guests. The file is kept in the data folder, named by the import's id, until the import has ended.
/// </summary>
public sealed class Import
{
    public const int FileNameMax = 255;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid StarterId { get; init; }
    public ActorKind StarterKind { get; init; }

    /// <summary>The sender's name for the file. It is shown, but never used as a path.</summary>
    public required string FileName { get; init; }
    public long Bytes { get; init; }

    /// <summary>Guests become known to this property, and new guests are assigned to it, unless a row names another one.</summary>
    public Guid PropertyId { get; set; }
    public ImportMode Mode { get; set; } = ImportMode.Fill;
    public ImportState State { get; set; }

    /// <summary>A rehearsal: every row is checked against live data, and no guest is changed.</summary>
    public bool DryRun { get; set; }

    /// <summary>The file's format (encoding, delimiter, headings), as JSON.</summary>
    public required string Layout { get; init; }

    /// <summary>Column → field, as JSON.</summary>
    public required string Mapping { get; set; }

    /// <summary>Names of tags for every guest of the file, as a JSON list.</summary>
    public string Tags { get; set; } = "[]";

    /// <summary>The job that works on the import.</summary>
    public Guid? JobId { get; set; }

    /// <summary>Why the import failed: an error as JSON.</summary>
    public string? Error { get; set; }
    public int TotalRows { get; set; }

    /// <summary>Rows that are done. The next counts are parts of this one.</summary>
    public int ProcessedRows { get; set; }
    public int Created { get; set; }
    public int Updated { get; set; }
    public int Duplicates { get; set; }
    public int Failed { get; set; }

    /// <summary>Rows that were taken without some of their values.</summary>
    public int Warnings { get; set; }

    /// <summary>
    /// Phones without a country code that were read as another country's than the property's, because of a country column.
    /// </summary>
    public int ForeignPhones { get; set; }

    /// <summary>Tags that the import made.</summary>
    public Guid[] MadeTags { get; set; } = [];

    /// <summary>Contacts that were taken back; next, contacts that were kept because somebody changed them later.</summary>
    public int Reverted { get; set; }
    public int Kept { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime? StartedAt { get; set; }
    public DateTime? FinishedAt { get; set; }

    /// <summary>When somebody asked the import to stop.</summary>
    public DateTime? CancelAskedAt { get; set; }

    /// <summary>SHA-256 of the file, in hexadecimal.</summary>
    public string ContentHash { get; init; } = "";

    /// <summary>
    /// A hash of the file, the options and the starter. While the import is at work, a second equal request returns this import.
    /// </summary>
    public string? RunKey { get; set; }

    /// <summary>A job is to work, or works, on the import.</summary>
    public bool IsAtWork => State is ImportState.Queued or ImportState.Running or ImportState.Reversing;

    /// <summary>Sets all counts back to zero.</summary>
    /// <param name="totalRows">The number of rows; 0 while they are not counted yet.</param>
    internal void Begin(int totalRows)
    {
        (TotalRows, ProcessedRows) = (totalRows, 0);
        (Created, Updated, Duplicates, Failed, Warnings, ForeignPhones) = (0, 0, 0, 0, 0, 0);
    }
}

/// <summary>The column mapping last chosen for files with these headings.</summary>
public sealed class ImportMapping
{
    public int OrganizationId { get; init; }

    /// <summary>SHA-256 of the headings, in hexadecimal.</summary>
    public required string HeadingsKey { get; init; }

    /// <summary>Column → field, as JSON.</summary>
    public required string Mapping { get; set; }
    public DateTime UpdatedAt { get; set; }
}

internal sealed class ImportTable : IEntityTypeConfiguration<Import>
{
    public void Configure(EntityTypeBuilder<Import> table)
    {
        table.ToTable("imports").HasKey(i => new { i.OrganizationId, i.Id });
        table.HasOne<Property>().WithMany().HasForeignKey(i => new { i.OrganizationId, i.PropertyId }).OnDelete(DeleteBehavior.Restrict);
        table.Ignore(i => i.IsAtWork);
        table.Property(i => i.StarterKind).HasConversion<string>().HasMaxLength(16);
        table.Property(i => i.FileName).HasMaxLength(Import.FileNameMax);
        table.Property(i => i.Mode).HasConversion<string>().HasMaxLength(16);
        table.Property(i => i.State).HasConversion<string>().HasMaxLength(16);
        table.Property(i => i.ContentHash).HasMaxLength(64);
        table.Property(i => i.RunKey).HasMaxLength(64);
        table.HasIndex(i => i.CreatedAt);
        table
            .HasIndex(i => new { i.OrganizationId, i.RunKey })
            .IsUnique()
            .HasFilter("state IN ('Queued', 'Running')")
            .HasDatabaseName("ix_imports_at_work");
    }
}

internal sealed class ImportMappingTable : IEntityTypeConfiguration<ImportMapping>
{
    public void Configure(EntityTypeBuilder<ImportMapping> table)
    {
        table.ToTable("import_mappings").HasKey(m => new { m.OrganizationId, m.HeadingsKey });
        table.Property(m => m.HeadingsKey).HasMaxLength(64);
    }
}
