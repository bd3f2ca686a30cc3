using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Loyalty;

/// <summary>From the lowest to the highest.</summary>
public enum LoyaltyTier
{
    Bronze,
    Silver,
    Gold,
    Platinum,
}

/// <summary>A property's loyalty programme. A property has at most one.</summary>
public sealed class Programme
{
    public const int NameMax = 80;
    public const long PointsMost = 100_000_000;

    public int OrganizationId { get; init; }
    public Guid PropertyId { get; init; }

    /// <summary>Whether guests collect points. While it is off, what they have stays.</summary>
    public bool Enabled { get; set; }
    public required string Name { get; set; }

    /// <summary>ISO 4217: the property's currency when the programme was last saved.</summary>
    public required string Currency { get; set; }

    /// <summary>What one point is worth, in minor units of <see cref="Currency"/>.</summary>
    public long PointValue { get; set; }

    /// <summary>How much of a booking points may pay, in per cent.</summary>
    public int MaxRedemption { get; set; }

    /// <summary>Points that a new member gets once.</summary>
    public long WelcomeBonus { get; set; }

    /// <summary>A guest becomes a member with the first counted booking at the property.</summary>
    public bool EnrolsAtBooking { get; set; }

    /// <summary>The points collected from which a member is in the tier. Bronze begins with none.</summary>
    public long SilverFrom { get; set; }
    public long GoldFrom { get; set; }
    public long PlatinumFrom { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>The tier that so many collected points lead to.</summary>
    public LoyaltyTier TierOf(long collected) =>
        collected >= PlatinumFrom ? LoyaltyTier.Platinum
        : collected >= GoldFrom ? LoyaltyTier.Gold
        : collected >= SilverFrom ? LoyaltyTier.Silver
        : LoyaltyTier.Bronze;

    /// <summary>Where a tier begins.</summary>
    public long From(LoyaltyTier tier) =>
        tier switch
        {
            LoyaltyTier.Silver => SilverFrom,
            LoyaltyTier.Gold => GoldFrom,
            LoyaltyTier.Platinum => PlatinumFrom,
            _ => 0,
        };

    /// <summary>The points that a member has still to collect for the next tier; null at the highest, and where staff chose.</summary>
    public long? ToNext(LoyaltyTier tier, bool isKept, long collected) =>
        isKept || tier == LoyaltyTier.Platinum ? null : From(tier + 1) - collected;
}

/// <summary>How many points a unit of the currency gives, from a day on.</summary>
public sealed class PointRate
{
    public int OrganizationId { get; init; }
    public Guid PropertyId { get; init; }

    /// <summary>The first day, where the property is.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Thousandths of a point for one unit of the currency.</summary>
    public long PerUnit { get; set; }

    /// <summary>The rates of a property's programme, the latest first.</summary>
    internal static IQueryable<PointRate> LatestFirst(int organizationId, Guid propertyId, BellhopDb db) =>
        db.PointRates.Where(r => r.OrganizationId == organizationId && r.PropertyId == propertyId).OrderByDescending(r => r.Day);
}

internal sealed class ProgrammeTable : IEntityTypeConfiguration<Programme>
{
    public void Configure(EntityTypeBuilder<Programme> table)
    {
        table.ToTable("loyalty_programmes").HasKey(p => new { p.OrganizationId, p.PropertyId });
        table.IsAudited("programme", p => p.PropertyId);
        table.HasOne<Property>().WithMany().HasForeignKey(p => new { p.OrganizationId, p.PropertyId }).OnDelete(DeleteBehavior.Restrict);
        table.Property(p => p.Name).HasMaxLength(Programme.NameMax);
        table.Property(p => p.Currency).HasMaxLength(3);
    }
}

internal sealed class PointRateTable : IEntityTypeConfiguration<PointRate>
{
    public void Configure(EntityTypeBuilder<PointRate> table)
    {
        table
            .ToTable("loyalty_rates")
            .HasKey(r => new
            {
                r.OrganizationId,
                r.PropertyId,
                r.Day,
            });
        table.IsAudited("programme", r => r.PropertyId);
        table.HasOne<Property>().WithMany().HasForeignKey(r => new { r.OrganizationId, r.PropertyId }).OnDelete(DeleteBehavior.Restrict);
    }
}
