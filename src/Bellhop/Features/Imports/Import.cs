using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Imports;

/// <summary>What a row does to a contact that is known already.</summary>
public enum ImportMode
{
    /// <summary>Nothing: it is a duplicate.</summary>
    Create,

    /// <summary>Fills what the contact has not; never overwrites.</summary>
    Fill,

    /// <summary>The file's word stands, where it has one.</summary>
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

    /// <summary>Being taken back.</summary>
    Reversing,
    Reversed,
}

/// <summary>
/// One file of guests and what becomes of it. The file lies in the data folder, under the id, until the import has ended.
/// </summary>
public sealed class Import
{
    public const int FileNameMax = 255;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid StarterId { get; init; }
    public ActorKind StarterKind { get; init; }

    /// <summary>What its sender called it: shown, never a path of ours.</summary>
    public required string FileName { get; init; }
    public long Bytes { get; init; }

    /// <summary>Where its guests become known, and what new ones are assigned to, unless a row says otherwise.</summary>
    public Guid PropertyId { get; set; }
    public ImportMode Mode { get; set; } = ImportMode.Fill;
    public ImportState State { get; set; }

    /// <summary>A rehearsal: every row is looked at against live data, nothing of a guest is written.</summary>
    public bool DryRun { get; set; }

    /// <summary>How the file is written (encoding, delimiter, headings), as JSON.</summary>
    public required string Layout { get; init; }

    /// <summary>Column → field, as JSON.</summary>
    public required string Mapping { get; set; }

    /// <summary>Names of tags for every guest in it, as a JSON list.</summary>
    public string Tags { get; set; } = "[]";

    /// <summary>The job that works on it.</summary>
    public Guid? JobId { get; set; }

    /// <summary>Why it failed, as an error's JSON.</summary>
    public string? Error { get; set; }
    public int TotalRows { get; set; }

    /// <summary>Rows seen to; of these:</summary>
    public int ProcessedRows { get; set; }
    public int Created { get; set; }
    public int Updated { get; set; }
    public int Duplicates { get; set; }
    public int Failed { get; set; }

    /// <summary>Rows taken although something of them was left out.</summary>
    public int Warnings { get; set; }

    /// <summary>Phones without a country code that a column of countries made another country's than the property's.</summary>
    public int ForeignPhones { get; set; }

    /// <summary>Tags that it made.</summary>
    public Guid[] MadeTags { get; set; } = [];

    /// <summary>Contacts taken back, and those left as they are since somebody changed them meanwhile.</summary>
    public int Reverted { get; set; }
    public int Kept { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime? StartedAt { get; set; }
    public DateTime? FinishedAt { get; set; }

    /// <summary>When somebody asked it to stop.</summary>
    public DateTime? CancelAskedAt { get; set; }

    /// <summary>SHA-256 of the file, in hexadecimal.</summary>
    public string ContentHash { get; init; } = "";

    /// <summary>What is done with which file, by whom: while it is at work, the same asked for again is this import.</summary>
    public string? RunKey { get; set; }

    /// <summary>Somebody waits for a job to do something with it.</summary>
    public bool IsAtWork => State is ImportState.Queued or ImportState.Running or ImportState.Reversing;

    /// <summary>No row is seen to yet.</summary>
    /// <param name="totalRows">How many there are; 0 where they are not counted yet.</param>
    internal void Begin(int totalRows)
    {
        (TotalRows, ProcessedRows) = (totalRows, 0);
        (Created, Updated, Duplicates, Failed, Warnings, ForeignPhones) = (0, 0, 0, 0, 0, 0);
    }
}

/// <summary>How the columns of files with the same headings were mapped last time.</summary>
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
