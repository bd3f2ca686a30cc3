using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Audit;

internal static class AuditRoutes
{
    public static void MapAudit(this RouteGroupBuilder api)
    {
        api.MapGet("/audit", ListEvents.Run)
            .WithTags("Audit")
            .WithQuery([.. EventQuery.Names, .. PageQuery.Names])
            .WithName("ListEvents")
            .WithSummary("Who did what to whom, when, from where; newest first");
        api.MapGet("/audit.csv", EventsCsv.Run)
            .WithTags("Audit")
            .WithQuery(EventQuery.Names)
            .WithName("ListEventsFile")
            .WithSummary("The same as a file, whole")
            .Produces(200, contentType: "text/csv");
    }
}
