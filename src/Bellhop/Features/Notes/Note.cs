using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Notes;

public enum NoteKind
{
    Other,
    Preference,
    Incident,
    Allergy,
}

/// <summary>
/// A note about a guest that staff write for each other; the guest never sees it. It belongs to the contact, whatever the property where it
/// was written.
/// </summary>
public sealed class Note
{
    public const int TextMax = 5000;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid ContactId { get; set; }
    public required string Text { get; set; }
    public NoteKind Kind { get; set; }

    /// <summary>Whether the note is above the others.</summary>
    public bool Pinned { get; set; }

    /// <summary>The day by which somebody must do something; null for a note that is only to be read.</summary>
    public DateOnly? Due { get; set; }

    /// <summary>Whether what was due is done.</summary>
    public bool Done { get; set; }
    public ActorKind AuthorKind { get; init; }
    public Guid AuthorId { get; init; }

    /// <summary>The author's name at that time.</summary>
    public required string AuthorName { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }
}

internal sealed class NoteTable : IEntityTypeConfiguration<Note>
{
    public void Configure(EntityTypeBuilder<Note> table)
    {
        table.ToTable("notes").HasKey(n => new { n.OrganizationId, n.Id });
        table.IsAudited("contact", n => n.ContactId).HasPersonalData();
        table.WhenMerged(new(OnMerge.Moves, nameof(Note.ContactId)) { Asked = "note" });
        table.HasOne<Contact>().WithMany().HasForeignKey(n => new { n.OrganizationId, n.ContactId }).OnDelete(DeleteBehavior.Cascade);
        table.Property(n => n.Text).HasMaxLength(Note.TextMax);
        table.Property(n => n.Kind).HasConversion<string>().HasMaxLength(16);
        table.Property(n => n.AuthorKind).HasConversion<string>().HasMaxLength(16);
        table.Property(n => n.AuthorName).HasMaxLength(256);
        table.HasIndex(n => new
        {
            n.OrganizationId,
            n.ContactId,
            n.Pinned,
            n.Id,
        });
        // The filter is FlagRows.Noted: guests are found by these notes.
        table
            .HasIndex(n => new { n.OrganizationId, n.ContactId })
            .HasFilter("(pinned = true OR kind IN ('Allergy', 'Incident'))")
            .HasDatabaseName("ix_notes_flags");
        table
            .HasIndex(n => new
            {
                n.OrganizationId,
                n.Due,
                n.Id,
            })
            .HasFilter("due IS NOT NULL AND done = false")
            .HasDatabaseName("ix_notes_due");
    }
}

/// <summary>A guest with a note has more than an import brought.</summary>
internal sealed class NoteFollower : Follower
{
    public override IReadOnlyList<Type> Tables { get; } = [typeof(Note)];

    public override Task<bool> HasMoreThanImport(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel) =>
        db.Notes.AnyAsync(n => n.OrganizationId == organizationId && n.ContactId == contactId, cancel);
}
