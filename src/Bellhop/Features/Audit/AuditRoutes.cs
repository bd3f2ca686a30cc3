using Bellhop.Platform.Web;

namespace Bellhop.Features.Audit;

internal static class AuditRoutes
{
    public static void MapAudit(this IEndpointRouteBuilder api) =>
        api.MapGet("/audit", ListEvents.Run)
            .WithTags("Audit")
            .WithQuery("limit", "cursor")
            .WithName("ListEvents")
            .WithSummary("Who did what to whom, when, from where; newest first");
}
