using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Intake;

/// <summary>A channel of marketing. A guest consents to each channel separately.</summary>
public enum ConsentChannel
{
    WhatsApp,
    Email,
}

/// <summary>A guest's answer to marketing on one channel. Without a row the answer is not known, and that counts as no consent.</summary>
public sealed class Consent
{
    public int OrganizationId { get; init; }
    public Guid ContactId { get; set; }
    public ConsentChannel Channel { get; init; }

    /// <summary>True: the guest opted in. False: the guest opted out, and only the guest can opt in again.</summary>
    public bool Granted { get; set; }

    /// <summary>When the guest said it, or when Bellhop learnt of it, UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>Where Bellhop learnt it from.</summary>
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
        table.WhenMerged(new(OnMerge.Own, nameof(Consent.ContactId)));
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
