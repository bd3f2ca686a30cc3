using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Reviews;

internal static class ReviewRoutes
{
    public static void MapReviews(this RouteGroupBuilder api)
    {
        var reviews = api.MapGroup("/reviews").WithTags("Reviews");
        reviews
            .MapGet("/", ListReviews.Run)
            .WithQuery(ListReviews.Query.Parameters)
            .WithName("ListReviews")
            .WithSummary("Reviews at the properties one sees, the latest first");
        reviews
            .MapPost("/", AddReview.Run)
            .WithName("AddReview")
            .Needs(Permission.BookingsManage)
            .WithSummary("What a guest said of a stay: made, or updated by its external id");
        reviews.MapGet("/{id}", GetReview.Run).WithName("GetReview").WithSummary("One review");
        reviews.MapDelete("/{id}", DeleteReview.Run).WithName("DeleteReview").WithSummary("Deletes a review for good");
    }
}
