using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Reviews;

/// <summary>Makes the link with which a guest rates a completed stay. Staff send it. It works once.</summary>
public static class MakeReviewLink
{
    /// <param name="Path">From the site's root.</param>
    /// <param name="ExpiresAt">UTC.</param>
    public sealed record Row(string Path, DateTime ExpiresAt);

    /// <exception cref="Refusal">404; 409 when the stay is not completed, or was already rated through its link.</exception>
    public static async Task<Row> Run(Guid bookingId, Actor who, BellhopDb db, ReviewLinks links, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsManage);
        var status =
            await db
                .Bookings.VisibleTo(who)
                .Where(b => b.Id == bookingId)
                .Select(b => new
                {
                    b.Status,
                    b.GuestDeleted,
                    b.RatedByLink,
                })
                .SingleOrDefaultAsync(cancel)
            ?? throw Refusal.NotThere("booking", bookingId);
        if (status is not { Status: BookingStatus.Completed, GuestDeleted: false })
        {
            throw Refusal.Conflict("not-completed", ErrorText.Of<ReviewTexts>("NotCompleted"));
        }

        if (status.RatedByLink)
        {
            throw Refusal.Conflict("rated-already", ErrorText.Of<ReviewTexts>("RatedAlready"));
        }

        var expires = db.Now + ReviewLinks.Lasts;
        return new("/review/" + links.Write(who.OrganizationId, bookingId, expires), expires);
    }
}
