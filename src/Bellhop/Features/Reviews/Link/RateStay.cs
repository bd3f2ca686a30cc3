using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Reviews;

/// <summary>Shows the stay of a review link to a guest without an account: property and days, no personal data.</summary>
public static class SeeStay
{
    /// <param name="Property">The property's name.</param>
    /// <param name="Rated">The stay was already rated through this link.</param>
    public sealed record Row(string Property, DateOnly Arrival, DateOnly Departure, bool Rated);

    /// <exception cref="Refusal">404 for a link that is wrong or no longer works.</exception>
    public static async Task<Row> Run(string token, BellhopDb db, ReviewLinks links, CancellationToken cancel)
    {
        var (organizationId, bookingId) = links.Read(token) ?? throw Refusal.NotThere();
        var stay =
            await Open(db, organizationId)
                .Where(b => b.Id == bookingId)
                .Join(
                    db.Properties,
                    b => new { b.OrganizationId, Id = b.PropertyId },
                    p => new { p.OrganizationId, p.Id },
                    (b, p) =>
                        new
                        {
                            p.Name,
                            b.Arrival,
                            b.Departure,
                            b.RatedByLink,
                        }
                )
                .SingleOrDefaultAsync(cancel)
            ?? throw Refusal.NotThere();
        return new(stay.Name, stay.Arrival, stay.Departure, stay.RatedByLink);
    }

    /// <summary>The stays that a guest may rate. Bookings that are not completed and those of deleted guests are left out.</summary>
    internal static IQueryable<Booking> Open(BellhopDb db, int organizationId) =>
        db.Bookings.AsNoTracking().Where(b => b.OrganizationId == organizationId && b.Status == BookingStatus.Completed && !b.GuestDeleted);
}

/// <summary>Saves a guest's rating of the stay of a review link. It works once, even if several people have the link.</summary>
public static class RateStay
{
    /// <param name="Stars">1 to 5.</param>
    /// <param name="Comment">Up to 4,000 characters; line breaks are allowed.</param>
    public sealed record Input(int Stars, string? Comment);

    /// <summary>Returns false, and changes nothing, when the stay was already rated through its link.</summary>
    /// <param name="from">The network address, for the audit log.</param>
    /// <exception cref="Refusal">404 for a link that is wrong or no longer works; 400 listing every field at fault.</exception>
    public static async Task<bool> Run(string token, Input input, string? from, BellhopDb db, ReviewLinks links, CancellationToken cancel)
    {
        var (organizationId, bookingId) = links.Read(token) ?? throw Refusal.NotThere();
        var said = AddReview.Said.Read(new(input.Stars, bookingId, Comment: input.Comment), db.Now);
        var who = Actor.System(organizationId) with { Name = "Review link", From = from };
        return await db.Save(
            async () =>
            {
                var stay =
                    await AddReview.OfBooking(bookingId, SeeStay.Open(db, organizationId), organizationId, db, cancel)
                    ?? throw Refusal.NotThere();
                var rated = await db.Bookings.SingleAsync(b => b.OrganizationId == organizationId && b.Id == bookingId, cancel);
                if (rated.RatedByLink)
                {
                    return false; // also where the review was deleted since
                }

                rated.RatedByLink = true;
                AddReview.Make(stay, said, ReviewOrigin.Link, who, db);
                return true;
            },
            cancel
        );
    }
}
