using Bellhop.Platform.Web;

namespace Bellhop.Platform;

internal static class JobRoutes
{
    public static void MapJobs(this RouteGroupBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("Jobs");
        jobs.MapGet("/", ListJobs.Run)
            .WithQuery("state", "limit", "cursor")
            .WithName("ListJobs")
            .WithSummary("Background work, newest first; state=parked for what waits for a person");
        jobs.MapGet("/{id}", GetJob.Run).WithName("GetJob").WithSummary("How far a piece of background work has got");
        jobs.MapPost("/{id}/retries", RetryJob.Run)
            .WithName("RetryJob")
            .Needs(Permission.SettingsManage)
            .WithSummary("Asks for a parked job again");
    }
}
