using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Reviews;

/// <summary>
/// A review goes for good; the guest's stars are those of the latest that is left. An outside system that sends it again makes it anew.
/// </summary>
public static class DeleteReview
{
    /// <exception cref="Refusal">404 where it is not there or at a property that is not the actor's; 412 where <paramref name="match"/>
    /// names another version.</exception>
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
                    // A kept answer may quote it: those of this guest go too.
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
