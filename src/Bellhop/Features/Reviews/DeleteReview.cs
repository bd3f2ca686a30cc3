using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Reviews;

/// <summary>
/// Deletes a review. The guest's stars become those of the latest review that is left. If an outside system sends the review again, it is
/// made again.
/// </summary>
public static class DeleteReview
{
    /// <exception cref="Refusal">404 when the review does not exist or is at a property that the actor does not see; 412 when <paramref
    /// name="match"/> names another version.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, IfMatch match, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsManage);
        await db.Save(
            async () =>
            {
                var review =
                    await db.Reviews.VisibleTo(who).SingleOrDefaultAsync(r => r.Id == id, cancel) ?? throw Refusal.NotThere("review", id);
                match.Demand(review.UpdatedAt);
                db.Reviews.Remove(review);
                if (review.ContactId is { } guest)
                {
                    // A stored idempotent response may contain the review, so delete this guest's stored responses too.
                    await db
                        .IdempotentResponses.Where(a => a.OrganizationId == who.OrganizationId && a.ContactId == guest)
                        .ExecuteDeleteAsync(cancel);
                }

                db.Happened(who, "review.deleted", "review", id);
            },
            cancel
        );
    }
}
