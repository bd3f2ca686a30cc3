using Bellhop.Data;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Imports;

/// <summary>A refused row of a file, with the reasons. It is kept until the import is forgotten.</summary>
public sealed class ImportRefusal
{
    public int OrganizationId { get; init; }
    public Guid ImportId { get; init; }

    /// <summary>The line of the file on which the row begins; the headings stand on line 1.</summary>
    public int Line { get; init; }

    /// <summary>The reasons, as a list of errors in JSON.</summary>
    public required string Reasons { get; init; }

    /// <summary>The row's cells, as a JSON list.</summary>
    public required string Cells { get; init; }
}

/// <summary>What an import did to one contact, so that it can be taken back. It is deleted with the contact.</summary>
public sealed class ImportChange
{
    public int OrganizationId { get; init; }
    public Guid ImportId { get; init; }
    public Guid ContactId { get; set; }

    /// <summary>The line of the first row about the contact.</summary>
    public int Line { get; init; }

    /// <summary>Whether the import made the contact.</summary>
    public bool Created { get; init; }

    /// <summary>The values of the changed fields before the import, as JSON; empty for a contact that the import made.</summary>
    public string Before { get; set; } = "";

    /// <summary>
    /// The contact's version after the import's last row about it. A different version means that somebody changed the contact later.
    /// </summary>
    public DateTime Version { get; set; }
}

internal sealed class ImportRefusalTable : IEntityTypeConfiguration<ImportRefusal>
{
    public void Configure(EntityTypeBuilder<ImportRefusal> table)
    {
        table
            .ToTable("import_refusals")
            .HasKey(r => new
            {
                r.OrganizationId,
                r.ImportId,
                r.Line,
            });
        table.HasOne<Import>().WithMany().HasForeignKey(r => new { r.OrganizationId, r.ImportId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ImportChangeTable : IEntityTypeConfiguration<ImportChange>
{
    public void Configure(EntityTypeBuilder<ImportChange> table)
    {
        table
            .ToTable("import_changes")
            .HasKey(c => new
            {
                c.OrganizationId,
                c.ImportId,
                c.ContactId,
            });
        table.HasOne<Import>().WithMany().HasForeignKey(c => new { c.OrganizationId, c.ImportId }).OnDelete(DeleteBehavior.Cascade);
        table.WhenMerged(new(OnMerge.Rests, nameof(ImportChange.ContactId)));
        table.HasOne<Contact>().WithMany().HasForeignKey(c => new { c.OrganizationId, c.ContactId }).OnDelete(DeleteBehavior.Cascade);
        table.HasIndex(c => new { c.OrganizationId, c.ContactId });
    }
}
