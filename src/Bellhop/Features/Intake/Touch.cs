using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Intake;

public enum TouchKind
{
    Booking,
    Manual,
    Import,
    Message,

    /// <summary>The guest asked for an offer.</summary>
    Enquiry,
}

/// <summary>
/// One arrival of a guest from somewhere, at one property. The first touch gives the contact its source; later touches keep their own.
/// </summary>
public sealed class Touch
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = OrderedId.Next();
    public Guid ContactId { get; set; }
    public Guid PropertyId { get; init; }
    public TouchKind Kind { get; init; }
    public Source Source { get; init; }
    public DateTime At { get; init; }

    /// <summary>The guest's details are only claimed: a stranger typed them into the public booking form.</summary>
    public bool Claimed { get; init; }

    /// <summary>The booking that this touch is, if it is one.</summary>
    public Guid? BookingId { get; init; }

    /// <summary>The advertisement or link that brought the guest, as JSON; null for none.</summary>
    public string? Referral { get; init; }
}

internal sealed class TouchTable : IEntityTypeConfiguration<Touch>
{
    public void Configure(EntityTypeBuilder<Touch> table)
    {
        table.ToTable("touches").HasKey(t => new { t.OrganizationId, t.Id });
        table.WhenMerged(new(OnMerge.Moves, nameof(Touch.ContactId)) { Booking = nameof(Touch.BookingId) });
        table.HasOne<Contact>().WithMany().HasForeignKey(t => new { t.OrganizationId, t.ContactId }).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Property>().WithMany().HasForeignKey(t => new { t.OrganizationId, t.PropertyId }).OnDelete(DeleteBehavior.Restrict);
        table.Property(t => t.Kind).HasConversion<string>().HasMaxLength(16);
        table.Property(t => t.Source).HasConversion<string>().HasMaxLength(16);
        table.Property(t => t.Referral).HasMaxLength(2000);
        table.HasIndex(t => new
        {
            t.OrganizationId,
            t.ContactId,
            t.At,
            t.Id,
        });
    }
}
