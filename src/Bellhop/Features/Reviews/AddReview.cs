using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Reviews;

/// <summary>
/// Saves a guest's review of a stay, from staff or an outside system: makes it, or updates the one with the same outside key.
/// </summary>
public static class AddReview
{
    /// <param name="Stars">1 to 5.</param>
    /// <param name="BookingId">The reviewed booking. At least one of booking and contact is required.</param>
    /// <param name="ContactId">The guest. When both are given, the booking must be this guest's.</param>
    /// <param name="Comment">Up to 4,000 characters; line breaks are allowed.</param>
    /// <param name="ExternalId">The outside system's key, unique at the property.</param>
    /// <param name="At">The time of the review; the present time when left out.</param>
    public sealed record Input(
        int Stars,
        Guid? BookingId = null,
        Guid? ContactId = null,
        string? Comment = null,
        string? ExternalId = null,
        DateTimeOffset? At = null
    );

    /// <exception cref="Refusal">400 listing every field at fault; 404 for a booking or contact that the actor does not see; 409
    /// <c>other-guest</c> when the outside key belongs to another guest's review.</exception>
    public static async Task<Saved<ReviewRow>> Run(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsManage);
        var said = Said.Read(input, db.Now);
        return await db.Save(
            async () =>
            {
                var stay = await Find(input, who, db, cancel);
                var present = said.ExternalId is { } key
                    ? await db
                        .Reviews.VisibleTo(who)
                        .SingleOrDefaultAsync(r => r.PropertyId == stay.PropertyId && r.ExternalId == key, cancel)
                    : null;
                if (present is null)
                {
                    return Make(stay, said, ReviewOrigin.Given, who, db);
                }

                if (
                    !(stay.BookingId is { } booking && present.BookingId == booking)
                    && !(stay.ContactId is { } guest && present.ContactId == guest)
                )
                {
                    throw Refusal.Conflict("other-guest", ErrorText.Of<ReviewTexts>("OtherGuest"));
                }

                return Update(present, said, who, db);
            },
            cancel
        );
    }

    /// <summary>The review's content, fully checked.</summary>
    internal sealed record Said(short Stars, string? Comment, string? ExternalId, DateTime? At)
    {
        /// <exception cref="Refusal">400 listing every field at fault.</exception>
        public static Said Read(Input input, DateTime now)
        {
            var errors = new ValidationErrors();
            if (input is { BookingId: null, ContactId: null })
            {
                errors.Add("bookingId", ErrorText.Of<ReviewTexts>("Whose"));
            }

            errors.Range("stars", input.Stars, Review.Fewest, Review.Most);
            var comment = errors.Text("comment", input.Comment, Review.CommentMax, multiline: true);
            var externalId = errors.Text("externalId", input.ExternalId, 128);
            var at = input.At?.UtcDateTime.ToMilliseconds();
            if (at is { } when && (when.Year < Clock.Earliest.Year || when > now.AddDays(1)))
            {
                errors.Add("at", ErrorText.Of<ReviewTexts>("InFuture"));
            }

            errors.Refuse();
            return new((short)input.Stars, comment, externalId, at);
        }
    }

    /// <summary>The property, the booking and the guest of a review.</summary>
    internal sealed record Stay(Guid PropertyId, Guid? BookingId, Guid? ContactId, bool GuestDeleted);

    /// <summary>Makes a review, inside a save. If there is a contact, its row must be locked already.</summary>
    internal static Saved<ReviewRow> Make(Stay stay, Said said, ReviewOrigin origin, Actor who, BellhopDb db)
    {
        var review = new Review
        {
            OrganizationId = who.OrganizationId,
            PropertyId = stay.PropertyId,
            BookingId = stay.BookingId,
            ContactId = stay.ContactId,
            Stars = said.Stars,
            Comment = stay.GuestDeleted ? null : said.Comment,
            ExternalId = said.ExternalId,
            At = said.At ?? db.Now,
            Origin = origin,
            GuestDeleted = stay.GuestDeleted,
            CreatedAt = db.Now,
            UpdatedAt = db.Now,
        };
        db.Reviews.Add(review);
        db.Happened(who, "review.created", "review", review.Id);
        return new(ReviewRow.Of(review), review.UpdatedAt, $"/reviews/{review.Id}", review.ContactId);
    }

    /// <summary>
    /// Finds the stay of a booking, inside a save. Locks the booking and then its contact. Null when the booking is not found.
    /// </summary>
    internal static async Task<Stay?> OfBooking(
        Guid bookingId,
        IQueryable<Booking> among,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        await db.LockBooking(organizationId, bookingId, cancel);
        if (await among.AsNoTracking().SingleOrDefaultAsync(b => b.Id == bookingId, cancel) is not { } booking)
        {
            return null;
        }

        var guest = booking.ContactId is { } id ? await ResolveContact.ForChange(db, organizationId, id, cancel) : null;
        return new(booking.PropertyId, booking.Id, guest?.Id, booking.GuestDeleted || (booking.ContactId is not null && guest is null));
    }

    private static async Task<Stay> Find(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var stay = input.BookingId is { } booking
            ? await OfBooking(booking, db.Bookings.VisibleTo(who), who.OrganizationId, db, cancel)
                ?? throw Refusal.NotThere("booking", booking)
            : null;
        if (input.ContactId is not { } id)
        {
            return stay!;
        }

        await ContactSeen.Demand(id, who, db, cancel);
        var contact = await ResolveContact.ForChange(db, who.OrganizationId, id, cancel) ?? throw Refusal.NotThere("contact", id);
        if (stay is not null)
        {
            return stay.ContactId == id ? stay : throw Refusal.Invalid("contactId", ErrorText.Of<ReviewTexts>("OtherStay"));
        }

        // The property that the guest is assigned to. If the actor does not see it, the first of the actor's properties that the guest is
        // known to.
        var limited = who.Properties;
        var place = who.Sees(contact.PropertyId)
            ? contact.PropertyId
            : await db
                .ContactsAtProperty.Where(a =>
                    a.OrganizationId == who.OrganizationId && a.ContactId == id && limited!.Contains(a.PropertyId)
                )
                .OrderBy(a => a.CreatedAt)
                .ThenBy(a => a.PropertyId)
                .Select(a => a.PropertyId)
                .FirstAsync(cancel);
        return new(place, null, id, false);
    }

    private static Saved<ReviewRow> Update(Review review, Said said, Actor who, BellhopDb db)
    {
        review.Stars = said.Stars;
        review.Comment = review.GuestDeleted ? null : said.Comment;
        review.At = said.At ?? review.At;
        var changed = db.Entry(review)
            .Properties.Where(p => p.IsModified)
            .Select(p => char.ToLowerInvariant(p.Metadata.Name[0]) + p.Metadata.Name[1..])
            .ToList();
        if (changed.Count > 0)
        {
            review.UpdatedAt = db.Now.After(review.UpdatedAt);
            db.Happened(who, "review.updated", "review", review.Id, changed);
        }

        return new(ReviewRow.Of(review), review.UpdatedAt, ContactId: review.ContactId);
    }
}
