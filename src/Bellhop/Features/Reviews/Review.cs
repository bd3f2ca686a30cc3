using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Reviews;

public enum ReviewOrigin
{
    /// <summary>From the API, or entered by staff.</summary>
    Given,

    /// <summary>From the guest, through the link that was sent for the stay. Only one review a stay.</summary>
    Link,
}

/// <summary>
/// A guest's review of a stay. When the contact is deleted, the stars stay with the property, without the person and the comment.
/// </summary>
public sealed class Review
{
    public const int Fewest = 1;
    public const int Most = 5;
    public const int CommentMax = 4000;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>
    /// The property of the stay. For a review without a booking: where the guest is assigned or, if the actor does not see that property,
    /// the first of the actor's properties that the guest is known to.
    /// </summary>
    public Guid PropertyId { get; init; }
    public Guid? ContactId { get; set; }
    public Guid? BookingId { get; init; }

    /// <summary>1 to 5.</summary>
    public short Stars { get; set; }
    public string? Comment { get; set; }

    /// <summary>The outside system's key, unique at the property.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The time of the review, UTC.</summary>
    public DateTime At { get; set; }
    public ReviewOrigin Origin { get; init; }

    /// <summary>The guest was deleted. Later updates do not write a comment again.</summary>
    public bool GuestDeleted { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }
}

public static class ReviewRights
{
    /// <summary>The reviews of the actor's organisation; where the actor is limited, only those at the actor's properties.</summary>
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
        table.WhenMerged(new(OnMerge.Moves, nameof(Review.ContactId)) { Asked = "review", Booking = nameof(Review.BookingId) });
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

        // The filter names FlagRows.PoorStars: guests are found by these reviews.
        table.HasIndex(r => new { r.OrganizationId, r.ContactId }).HasFilter("stars <= 2").HasDatabaseName("ix_reviews_poor");

        // A link allows one rating. Of two ratings sent at the same time, this index stops one.
        table
            .HasIndex(r => new { r.OrganizationId, r.BookingId })
            .IsUnique()
            .HasFilter("origin = 'Link'")
            .HasDatabaseName("ix_reviews_by_link");
    }
}
