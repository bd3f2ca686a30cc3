using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Contacts.Segments;

internal static class SegmentRoutes
{
    public static void MapSegments(this RouteGroupBuilder api)
    {
        var segments = api.MapGroup("/segments").WithTags("Segments");
        segments
            .MapGet("/", ListSegments.Run)
            .WithQuery("limit", "cursor")
            .WithName("ListSegments")
            .WithSummary("Shared segments and one's own, by name, without counts");
        segments
            .MapPost("/", AddSegment.Run)
            .WithName("AddSegment")
            .Needs(Permission.ContactsView)
            .WithSummary("Saves a filter under a name");
        segments.MapGet("/{id}", GetSegment.Run).WithName("GetSegment").WithSummary("One segment, with how many match it now");
        segments
            .MapPatch("/{id}", ChangeSegment.Run)
            .WithName("ChangeSegment")
            .Needs(Permission.ContactsView)
            .WithSummary("Changes name, conditions or who sees it by merge patch");
        segments.MapDelete("/{id}", DeleteSegment.Run).WithName("DeleteSegment").WithSummary("Deletes a segment; its contacts stay");
        segments
            .MapGet("/{id}/contacts/{contactId}", ExplainSegment.Run)
            .WithName("ExplainSegment")
            .WithSummary("Why a guest is in a segment or is not, condition by condition");
    }
}
