using Bellhop.Platform.Web;

namespace Bellhop.Features.Today;

internal static class TodayRoutes
{
    public static void MapToday(this RouteGroupBuilder api) =>
        api.MapGet("/today", SeeToday.Run)
            .WithTags("Today")
            .WithQuery(TodayQuery.Parameters)
            .WithName("SeeToday")
            .WithSummary("A day at the desk: arrivals, departures, who is in house, and requests, each property on its own day");
}
