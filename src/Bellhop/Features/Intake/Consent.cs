using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Intake;

/// <summary>A way in which marketing reaches a guest; each has a consent of its own.</summary>
public enum ConsentChannel
{
    WhatsApp,
    Email,
}

/// <summary>What a guest said to marketing on one channel. No row: nothing is known, which is no consent.</summary>
public sealed class Consent
{
    public int OrganizationId { get; init; }
    public Guid ContactId { get; set; }
    public ConsentChannel Channel { get; init; }

    /// <summary>True: opted in. False: opted out, which only the guest can take back.</summary>
    public bool Granted { get; set; }

    /// <summary>When it was said, or learnt, UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>Where it was learnt from.</summary>
    public Source Source { get; set; }
}

internal sealed class ConsentTable : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> table)
    {
        table
            .ToTable("consents")
            .HasKey(c => new
            {
                c.OrganizationId,
                c.ContactId,
                c.Channel,
            });
        table.HasOne<Contact>().WithMany().HasForeignKey(c => new { c.OrganizationId, c.ContactId }).OnDelete(DeleteBehavior.Cascade);
        table.Property(c => c.Channel).HasConversion<string>().HasMaxLength(16);
        table.Property(c => c.Source).HasConversion<string>().HasMaxLength(16);
        table.HasIndex(c => new
        {
            c.OrganizationId,
            c.Channel,
            c.Granted,
            c.ContactId,
        });
    }
}
