using Bellhop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Properties;

/// <summary>
/// The organisation, which owns everything. Its id is the first part of every key, so that large installs can distribute data by it.
/// </summary>
public sealed class Organization
{
    public int Id { get; init; }
    public required string Name { get; set; }

    /// <summary>The reporting currency, ISO 4217, of guests' totals.</summary>
    public required string Currency { get; set; }

    /// <summary>IANA zone in which its months begin.</summary>
    public required string TimeZone { get; set; }

    /// <summary>The beginning of links that its guests and team get, where the operator configured none; such as
    /// <c>https://desk.example.org</c>.</summary>
    public string? PublicAddress { get; set; }

    /// <summary>The colour of its main buttons, as <c>#rrggbb</c>; null for Bellhop's own.</summary>
    public string? Accent { get; set; }

    /// <summary>Whether every member must sign in with a second factor.</summary>
    public bool RequiresSecondFactor { get; set; }

    /// <summary>Whether two guests with one proven phone or address, and nothing against it, are merged without a person.</summary>
    public bool MergeAutomatically { get; set; }

    public DateTime CreatedAt { get; init; }
}

internal sealed class OrganizationTable : IEntityTypeConfiguration<Organization>
{
    public const int PublicAddressMax = 200;

    public void Configure(EntityTypeBuilder<Organization> table)
    {
        table.ToTable("organizations").HasKey(o => o.Id);
        table.IsAudited("organization");
        table.Property(o => o.Name).HasMaxLength(200);
        table.HasIndex(o => o.Name).IsUnique();
        table.Property(o => o.Currency).HasMaxLength(3);
        table.Property(o => o.TimeZone).HasMaxLength(64);
        table.Property(o => o.PublicAddress).HasMaxLength(PublicAddressMax);
        table.Property(o => o.Accent).HasMaxLength(7);
    }
}
