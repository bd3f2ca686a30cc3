using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Loyalty;

/// <summary>A guest's membership in a property's programme. Whoever writes it holds the contact's row.</summary>
public sealed class LoyaltyMember
{
    public int OrganizationId { get; init; }
    public Guid PropertyId { get; init; }
    public Guid ContactId { get; init; }
    public DateTime Since { get; set; }

    /// <summary>When the guest left. The ledger stays, and nothing more is earned.</summary>
    public DateTime? LeftAt { get; set; }
    public LoyaltyTier Tier { get; set; }

    /// <summary>Staff chose the tier; points do not change it.</summary>
    public bool TierKept { get; set; }

    /// <summary>The sum of the ledger.</summary>
    public long Points { get; set; }

    /// <summary>The sum of the ledger without redemptions. It leads to the tier.</summary>
    public long Collected { get; set; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>Adds an entry to the ledger, with what follows for the sums and the tier.</summary>
    internal LoyaltyEntry Write(
        LoyaltyKind kind,
        long points,
        Programme programme,
        BellhopDb db,
        Func<LoyaltyEntry, LoyaltyEntry>? said = null
    )
    {
        var entry = new LoyaltyEntry
        {
            OrganizationId = OrganizationId,
            PropertyId = PropertyId,
            ContactId = ContactId,
            WrittenFor = ContactId,
            Kind = kind,
            Points = points,
            At = db.Now,
        };
        entry = said?.Invoke(entry) ?? entry;
        db.LoyaltyEntries.Add(entry);
        Points += points;
        Collected += kind == LoyaltyKind.Redemption ? 0 : points;
        Follow(programme, db.Now);
        return entry;
    }

    /// <summary>The tier follows the points, unless staff chose it.</summary>
    internal void Follow(Programme programme, DateTime now)
    {
        Tier = TierKept ? Tier : programme.TierOf(Collected);
        UpdatedAt = now.After(UpdatedAt);
    }
}

public enum LoyaltyKind
{
    Earned,
    Reversed,
    Welcome,
    Adjustment,
    Redemption,
}

/// <summary>A change of a member's points. It is never changed; a merge and a split only say whose it is.</summary>
public sealed record LoyaltyEntry
{
    public const int ReasonMax = 500;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid PropertyId { get; init; }
    public Guid ContactId { get; set; }

    /// <summary>The contact that it was written for. Another than <see cref="ContactId"/> after a merge.</summary>
    public Guid WrittenFor { get; set; }
    public LoyaltyKind Kind { get; init; }
    public long Points { get; init; }
    public Guid? BookingId { get; init; }

    /// <summary>The day on which the booking was completed. Null where the booking earns nothing from this entry on.</summary>
    public DateOnly? EarnedOn { get; init; }

    /// <summary>Staff's words.</summary>
    public string? Reason { get; init; }
    public Guid? AuthorId { get; init; }

    /// <summary>The author's name at that time; null for what follows from a booking.</summary>
    public string? AuthorName { get; init; }
    public DateTime At { get; init; }
}

internal sealed class LoyaltyMemberTable : IEntityTypeConfiguration<LoyaltyMember>
{
    public void Configure(EntityTypeBuilder<LoyaltyMember> table)
    {
        table
            .ToTable("loyalty_members")
            .HasKey(m => new
            {
                m.OrganizationId,
                m.PropertyId,
                m.ContactId,
            });
        table.HasPersonalData().WhenMerged(new(OnMerge.Own, nameof(LoyaltyMember.ContactId)));
        table.HasOne<Property>().WithMany().HasForeignKey(m => new { m.OrganizationId, m.PropertyId }).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Contact>().WithMany().HasForeignKey(m => new { m.OrganizationId, m.ContactId }).OnDelete(DeleteBehavior.Cascade);
        table.Property(m => m.Tier).HasConversion<string>().HasMaxLength(16);
        table.HasIndex(m => new { m.OrganizationId, m.ContactId });
        table.HasIndex(m => new
        {
            m.OrganizationId,
            m.PropertyId,
            m.Points,
            m.ContactId,
        });
        table.HasIndex(m => new
        {
            m.OrganizationId,
            m.PropertyId,
            m.Tier,
            m.ContactId,
        });
    }
}

internal sealed class LoyaltyEntryTable : IEntityTypeConfiguration<LoyaltyEntry>
{
    public void Configure(EntityTypeBuilder<LoyaltyEntry> table)
    {
        table.ToTable("loyalty_entries").HasKey(e => new { e.OrganizationId, e.Id });
        table
            .HasPersonalData()
            .WhenMerged(new(OnMerge.Moves, nameof(LoyaltyEntry.ContactId)) { Asked = "points", Booking = nameof(LoyaltyEntry.BookingId) });
        table.HasOne<Property>().WithMany().HasForeignKey(e => new { e.OrganizationId, e.PropertyId }).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Contact>().WithMany().HasForeignKey(e => new { e.OrganizationId, e.ContactId }).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Booking>().WithMany().HasForeignKey(e => new { e.OrganizationId, e.BookingId }).OnDelete(DeleteBehavior.Restrict);
        table.Property(e => e.Kind).HasConversion<string>().HasMaxLength(16);
        table.Property(e => e.Reason).HasMaxLength(LoyaltyEntry.ReasonMax);
        table.Property(e => e.AuthorName).HasMaxLength(256);
        table.HasIndex(e => new
        {
            e.OrganizationId,
            e.ContactId,
            e.PropertyId,
            e.At,
            e.Id,
        });
        table.HasIndex(e => new { e.OrganizationId, e.BookingId });
        table.HasIndex(e => new
        {
            e.OrganizationId,
            e.PropertyId,
            e.At,
        });
    }
}
