using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.ChannelManagers;

/// <summary>A guest asks for an offer through a channel manager. It is no booking, and is counted nowhere.</summary>
public sealed class Enquiry
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid ConnectionId { get; init; }
    public Guid PropertyId { get; init; }
    public Guid ContactId { get; set; }

    /// <summary>The sender's id of it.</summary>
    public required string ExternalId { get; init; }
    public Source Source { get; init; }

    /// <summary>The first day that the guest may come; null where the guest does not say.</summary>
    public DateOnly? Arrival { get; set; }
    public DateOnly? Departure { get; set; }
    public int? Adults { get; set; }
    public int? Children { get; set; }
    public string? RoomType { get; set; }

    /// <summary>What the guest wrote.</summary>
    public string? Notes { get; set; }
    public DateTime At { get; init; }

    /// <summary>When it was booked, withdrawn or answered, UTC; null while it waits.</summary>
    public DateTime? DoneAt { get; set; }
}

/// <summary>
/// A reservation that is known and is no booking: an enquiry, or one that was cancelled before it was seen. It says nothing of a guest, and
/// stays when the guest is deleted, so that a repeated message makes nobody.
/// </summary>
public sealed class UnbookedReservation
{
    public int OrganizationId { get; init; }
    public Guid ConnectionId { get; init; }
    public required string ExternalId { get; init; }
    public SentState State { get; set; }
    public long? Revision { get; set; }
    public DateTime At { get; init; }
}

internal sealed class EnquiryTable : IEntityTypeConfiguration<Enquiry>
{
    public void Configure(EntityTypeBuilder<Enquiry> table)
    {
        table.ToTable("enquiries").HasKey(e => new { e.OrganizationId, e.Id });
        table.HasPersonalData();
        table.WhenMerged(new(OnMerge.Moves, nameof(Enquiry.ContactId)) { Asked = "enquiry" });
        table.HasOne<Contact>().WithMany().HasForeignKey(e => new { e.OrganizationId, e.ContactId }).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Property>().WithMany().HasForeignKey(e => new { e.OrganizationId, e.PropertyId }).OnDelete(DeleteBehavior.Restrict);
        table
            .HasOne<Connection>()
            .WithMany()
            .HasForeignKey(e => new { e.OrganizationId, e.ConnectionId })
            .OnDelete(DeleteBehavior.Restrict);
        table.Property(e => e.ExternalId).HasMaxLength(SentReservation.KeyMax);
        table.Property(e => e.Source).HasConversion<string>().HasMaxLength(16);
        table.Property(e => e.RoomType).HasMaxLength(200);
        table.Property(e => e.Notes).HasMaxLength(4000);
        table
            .HasIndex(e => new
            {
                e.OrganizationId,
                e.ConnectionId,
                e.ExternalId,
            })
            .IsUnique();
        table.HasIndex(e => new { e.OrganizationId, e.ContactId });
        table
            .HasIndex(e => new
            {
                e.OrganizationId,
                e.PropertyId,
                e.At,
            })
            .HasFilter("done_at IS NULL")
            .HasDatabaseName("ix_enquiries_waiting");
    }
}

internal sealed class UnbookedReservationTable : IEntityTypeConfiguration<UnbookedReservation>
{
    public void Configure(EntityTypeBuilder<UnbookedReservation> table)
    {
        table
            .ToTable("unbooked_reservations")
            .HasKey(r => new
            {
                r.OrganizationId,
                r.ConnectionId,
                r.ExternalId,
            });
        table.Property(r => r.ExternalId).HasMaxLength(SentReservation.KeyMax);
        table.Property(r => r.State).HasConversion<string>().HasMaxLength(16);
    }
}
