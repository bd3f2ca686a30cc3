using Bellhop.Platform.Web;

namespace Bellhop.Features.Profile;

internal static class ProfileRoutes
{
    public static void MapProfile(this RouteGroupBuilder api) =>
        api.MapGet("/contacts/{id}/timeline", ListTimeline.Run)
            .WithTags("Contacts")
            .WithQuery("limit", "cursor")
            .WithName("ListTimeline")
            .WithSummary("Every touch of a guest and what was changed since, newest first");
}
