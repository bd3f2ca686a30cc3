using Bellhop.Data;
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

    /// <summary>The folded name. It is unique in the organisation.</summary>
    public required string NameKey { get; set; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; set; }

    /// <summary>IANA: the zone of the property's days.</summary>
    public required string TimeZone { get; set; }

    /// <summary>ISO 3166-1 alpha-2: the default region of phones typed here.</summary>
    public required string Country { get; set; }

    /// <summary>Origins of the web pages that may show its booking form in a frame, separated by spaces.</summary>
    public string EmbedOrigins { get; set; } = "";

    /// <summary>When its reception is open, in the form of <see cref="OpeningHours"/>; empty when nobody said.</summary>
    public string Hours { get; set; } = "";

    /// <summary>
    /// Whether it is the organisation's only property. Lists over it then read the contacts' own indexes, and the guests' rows at the
    /// property are in no list index of their own. Set when the organisation is made; the save that adds a second property clears it.
    /// </summary>
    public bool IsOnly { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>The zone of the property's days.</summary>
    public TimeZoneInfo Zone =>
        Clock.Zone(TimeZone) ?? throw new InvalidOperationException($"The time zone '{TimeZone}' is not known on this machine.");
}

public static class PropertyRights
{
    /// <summary>The properties of the actor's organisation; where the actor is limited, only the actor's.</summary>
    public static IQueryable<Property> VisibleTo(this IQueryable<Property> properties, Actor who)
    {
        var mine = properties.Where(p => p.OrganizationId == who.OrganizationId);
        return who.Properties is { } limited ? mine.Where(p => limited.Contains(p.Id)) : mine;
    }

    /// <summary>
    /// One property that the actor may see, tracked, and also its organisation. Null when there is none. Within a save, repeated calls ask
    /// the database only once.
    /// </summary>
    public static async Task<Property?> FindProperty(this BellhopDb db, Guid id, Actor who, CancellationToken cancel)
    {
        if (!who.Sees(id))
        {
            return null;
        }

        if (db.Properties.Local.FindEntryUntyped([who.OrganizationId, id]) is { } known)
        {
            return known.Entity;
        }

        var found = await db.ReadFirst(
            $"""
            SELECT p.name, p.name_key, p.currency, p.time_zone, p.country, p.embed_origins, p.hours, p.is_only, p.created_at, p.updated_at,
                o.name, o.currency, o.time_zone, o.public_address, o.accent, o.requires_second_factor,
                o.merge_automatically, o.created_at
            FROM properties p JOIN organizations o ON o.id = p.organization_id
            WHERE p.organization_id = {who.OrganizationId} AND p.id = {id}
            """,
            row => (Property: ReadProperty(row, who.OrganizationId, id), Organization: ReadOrganization(row, who.OrganizationId)),
            cancel
        );
        if (found.Property is null)
        {
            return null;
        }

        if (db.Organizations.Local.FindEntryUntyped([who.OrganizationId]) is null)
        {
            db.Attach(found.Organization);
        }

        return db.Attach(found.Property).Entity;
    }

    private static Property ReadProperty(SqlRow row, int organizationId, Guid id) =>
        new()
        {
            OrganizationId = organizationId,
            Id = id,
            Name = row.Text(),
            NameKey = row.Text(),
            Currency = row.Text(),
            TimeZone = row.Text(),
            Country = row.Text(),
            EmbedOrigins = row.Text(),
            Hours = row.Text(),
            IsOnly = row.Flag(),
            CreatedAt = row.Instant(),
            UpdatedAt = row.Instant(),
        };

    private static Organization ReadOrganization(SqlRow row, int organizationId) =>
        new()
        {
            Id = organizationId,
            Name = row.Text(),
            Currency = row.Text(),
            TimeZone = row.Text(),
            PublicAddress = row.TextOrNull(),
            Accent = row.TextOrNull(),
            RequiresSecondFactor = row.Flag(),
            MergeAutomatically = row.Flag(),
            CreatedAt = row.Instant(),
        };
}

internal sealed class PropertyTable : IEntityTypeConfiguration<Property>
{
    public void Configure(EntityTypeBuilder<Property> table)
    {
        table.ToTable("properties").HasKey(p => new { p.OrganizationId, p.Id });
        table.IsAudited("property", p => p.Id, [nameof(Property.IsOnly)]);
        table.Ignore(p => p.Zone);
        table.HasOne<Organization>().WithMany().HasForeignKey(p => p.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        table.Property(p => p.Name).HasMaxLength(200);
        table.Property(p => p.NameKey).HasMaxLength(400);
        table.HasIndex(p => new { p.OrganizationId, p.NameKey }).IsUnique();
        table.Property(p => p.Currency).HasMaxLength(3);
        table.Property(p => p.TimeZone).HasMaxLength(64);
        table.Property(p => p.Country).HasMaxLength(2);
        table.Property(p => p.EmbedOrigins).HasMaxLength(EmbedOrigin.MostLetters).HasDefaultValue("");
        table.Property(p => p.Hours).HasMaxLength(OpeningHours.MostLetters).HasDefaultValue("");
    }
}
