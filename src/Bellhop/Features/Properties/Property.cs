using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Properties;

/// <summary>A hostel or hotel.</summary>
public sealed class Property
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set; }

    /// <summary>Folded name: unique in the organisation.</summary>
    public required string NameKey { get; set; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; set; }

    /// <summary>IANA; its days begin and end by it.</summary>
    public required string TimeZone { get; set; }

    /// <summary>ISO 3166-1 alpha-2: the default region of phones typed here.</summary>
    public required string Country { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>Its zone, by which its days begin.</summary>
    public TimeZoneInfo Zone => Clock.Zone(TimeZone) ?? throw new InvalidOperationException($"The time zone '{TimeZone}' is not known on this machine.");
}

public static class PropertyRights
{
    /// <summary>The properties an actor may see: of their organisation, and where limited only theirs.</summary>
    public static IQueryable<Property> VisibleTo(this IQueryable<Property> properties, Actor who)
    {
        var mine = properties.Where(p => p.OrganizationId == who.OrganizationId);
        return who.Properties is { } limited ? mine.Where(p => limited.Contains(p.Id)) : mine;
    }

    /// <summary>One property the actor may see, tracked; asks the database once in a save however often it is asked.</summary>
    public static async Task<Property?> FindVisible(this DbSet<Property> properties, Guid id, Actor who, CancellationToken cancel) =>
        who.Sees(id) ? await properties.FindAsync([who.OrganizationId, id], cancel) : null;
}

internal sealed class PropertyTable : IEntityTypeConfiguration<Property>
{
    public void Configure(EntityTypeBuilder<Property> table)
    {
        table.ToTable("properties").HasKey(p => new { p.OrganizationId, p.Id });
        table.Ignore(p => p.Zone);
        table.HasOne<Organization>().WithMany().HasForeignKey(p => p.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        table.Property(p => p.Name).HasMaxLength(200);
        table.Property(p => p.NameKey).HasMaxLength(400);
        table.HasIndex(p => new { p.OrganizationId, p.NameKey }).IsUnique();
        table.Property(p => p.Currency).HasMaxLength(3);
        table.Property(p => p.TimeZone).HasMaxLength(64);
        table.Property(p => p.Country).HasMaxLength(2);
    }
}
