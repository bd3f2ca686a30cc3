using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Reviews;

/// <summary>
/// Keeps a contact's stars equal to those of its latest review. When a contact is deleted, removes the person and the comment from its
/// reviews.
/// </summary>
internal sealed class ReviewFollower : Follower
{
    public override IReadOnlyList<Type> Tables { get; } = [typeof(Review)];

    public override async Task Writing(BellhopDb db, CancellationToken cancel)
    {
        foreach (var entry in db.ChangeTracker.Entries<Review>())
        {
            var isChanged =
                entry.State is EntityState.Added or EntityState.Deleted
                || (
                    entry.State == EntityState.Modified
                    && (
                        entry.Property(r => r.Stars).IsModified
                        || entry.Property(r => r.At).IsModified
                        || entry.Property(r => r.ContactId).IsModified
                    )
                );
            foreach (var guest in isChanged ? new[] { entry.Property(r => r.ContactId).OriginalValue, entry.Entity.ContactId } : [])
            {
                if (guest is { } id)
                {
                    db.SaveContext.Rerate.Add((entry.Entity.OrganizationId, id));
                }
            }
        }

        await FindGuests(db, cancel);
    }

    /// <summary>When a booking without a contact gets one, its reviews get the same contact.</summary>
    private static async Task FindGuests(BellhopDb db, CancellationToken cancel)
    {
        foreach (
            var entry in db
                .ChangeTracker.Entries<Booking>()
                .Where(e => e.State == EntityState.Modified && e.Property(b => b.ContactId).IsModified && e.Entity.ContactId is not null)
                .ToList()
        )
        {
            var (organizationId, bookingId, guest) = (entry.Entity.OrganizationId, entry.Entity.Id, entry.Entity.ContactId!.Value);
            foreach (
                var review in await db
                    .Reviews.Where(r =>
                        r.OrganizationId == organizationId && r.BookingId == bookingId && r.ContactId == null && !r.GuestDeleted
                    )
                    .ToListAsync(cancel)
            )
            {
                review.ContactId = guest;
                db.SaveContext.Rerate.Add((organizationId, guest));
            }
        }
    }

    public override async Task<bool> Follow(BellhopDb db, CancellationToken cancel)
    {
        // In the order of the key, so that two writers cannot deadlock.
        var changed = db.SaveContext.Rerate.Order().ToList();
        db.SaveContext.Rerate.Clear();
        foreach (var (organizationId, contactId) in changed)
        {
            if (await ResolveContact.ForChange(db, organizationId, contactId, cancel) is not { } contact)
            {
                continue;
            }

            var stars = await Latest(db.Reviews.Where(r => r.OrganizationId == organizationId && r.ContactId == contactId))
                .Select(r => (short?)r.Stars)
                .FirstOrDefaultAsync(cancel);
            Show(contact, stars);
            foreach (
                var place in await db
                    .ContactsAtProperty.Where(a => a.OrganizationId == organizationId && a.ContactId == contactId)
                    .ToListAsync(cancel)
            )
            {
                Show(place, stars);
            }
        }

        return changed.Count > 0;
    }

    public override Task<bool> HasMoreThanImport(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel) =>
        db.Reviews.AnyAsync(r => r.OrganizationId == organizationId && r.ContactId == contactId, cancel);

    public override async Task ContactDeleted(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel)
    {
        var now = db.Now;
        await db
            .Reviews.Where(r => r.OrganizationId == organizationId && r.ContactId == contactId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(r => r.UpdatedAt, r => r.UpdatedAt < now ? now : r.UpdatedAt)
                        .SetProperty(r => r.ContactId, (Guid?)null)
                        .SetProperty(r => r.Comment, (string?)null)
                        .SetProperty(r => r.GuestDeleted, true),
                cancel
            );
    }

    /// <summary>The latest first. Of two with the same time, the one with the greater id comes first.</summary>
    internal static IOrderedQueryable<Review> Latest(IQueryable<Review> reviews) =>
        reviews.OrderByDescending(r => r.At).ThenByDescending(r => r.Id);

    /// <summary>The stars of the latest of one guest's reviews, in the same order. Null when there is none.</summary>
    internal static short? LatestStars(IEnumerable<Review> reviews) => reviews.MaxBy(r => (r.At, r.Id))?.Stars;

    /// <summary>Writes the stars to the columns that the list reads.</summary>
    internal static void Show(Figures figures, short? stars)
    {
        figures.Rating = stars;
        figures.RatingEmpty = (short)(stars is null ? 1 : 0);
    }
}
