using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Reviews;

public enum ReviewOrigin
{
    /// <summary>By the API, or typed in by staff.</summary>
    Given,

    /// <summary>By the guest, through the link that was sent for the stay: once a stay.</summary>
    Link,
}

/// <summary>
/// How a guest liked a stay. The stars stay with the property when the contact is deleted, then without person and words.
/// </summary>
public sealed class Review
{
    public const int Fewest = 1;
    public const int Most = 5;
    public const int CommentMax = 4000;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Where the stay was; of a review without a booking, where the contact is assigned.</summary>
    public Guid PropertyId { get; init; }
    public Guid? ContactId { get; set; }
    public Guid? BookingId { get; init; }

    /// <summary>1 to 5.</summary>
    public short Stars { get; set; }
    public string? Comment { get; set; }

    /// <summary>The outside system's key: unique at the property.</summary>
    public string? ExternalId { get; init; }

    /// <summary>When the guest said so, UTC.</summary>
    public DateTime At { get; set; }
    public ReviewOrigin Origin { get; init; }

    /// <summary>The guest was deleted: later updates bring no words back.</summary>
    public bool GuestDeleted { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }
}

public static class ReviewRights
{
    /// <summary>The reviews an actor may see: of their organisation and, where limited, of their properties.</summary>
    public static IQueryable<Review> VisibleTo(this IQueryable<Review> reviews, Platform.Actor who)
    {
        var mine = reviews.Where(r => r.OrganizationId == who.OrganizationId);
        return who.Properties is { } limited ? mine.Where(r => limited.Contains(r.PropertyId)) : mine;
    }
}

internal sealed class ReviewTable : IEntityTypeConfiguration<Review>
{
    public void Configure(EntityTypeBuilder<Review> table)
    {
        table.ToTable("reviews").HasKey(r => new { r.OrganizationId, r.Id });
        table.IsAudited("review", r => r.Id).HasPersonalData();
        table.HasOne<Property>().WithMany().HasForeignKey(r => new { r.OrganizationId, r.PropertyId }).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Contact>().WithMany().HasForeignKey(r => new { r.OrganizationId, r.ContactId }).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Booking>().WithMany().HasForeignKey(r => new { r.OrganizationId, r.BookingId }).OnDelete(DeleteBehavior.Restrict);
        table.Property(r => r.Comment).HasMaxLength(Review.CommentMax);
        table.Property(r => r.ExternalId).HasMaxLength(128);
        table.Property(r => r.Origin).HasConversion<string>().HasMaxLength(16);
        table
            .HasIndex(r => new
            {
                r.OrganizationId,
                r.PropertyId,
                r.ExternalId,
            })
            .IsUnique();
        table.HasIndex(r => new
        {
            r.OrganizationId,
            r.At,
            r.Id,
        });
        table.HasIndex(r => new
        {
            r.OrganizationId,
            r.PropertyId,
            r.At,
            r.Id,
        });
        table.HasIndex(r => new
        {
            r.OrganizationId,
            r.ContactId,
            r.At,
            r.Id,
        });
        table.HasIndex(r => new
        {
            r.OrganizationId,
            r.BookingId,
            r.At,
            r.Id,
        });

        // A link is for one rating: of two sent at once one finds this.
        table
            .HasIndex(r => new { r.OrganizationId, r.BookingId })
            .IsUnique()
            .HasFilter("origin = 'Link'")
            .HasDatabaseName("ix_reviews_by_link");
    }
}
