using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Platform;

/// <summary>Shows the progress of a job.</summary>
public static class GetJob
{
    /// <exception cref="Refusal">404 for another actor's job, unless the actor may manage settings.</exception>
    public static async Task<JobRow> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        var job =
            await db.Jobs.AsNoTracking().VisibleTo(who).SingleOrDefaultAsync(j => j.Id == id, cancel) ?? throw Refusal.NotThere("job", id);
        return JobRow.Of(job, db.Now);
    }
}

public static class JobRights
{
    /// <summary>The actor's own jobs, or all jobs of the organisation if the actor may manage settings.</summary>
    public static IQueryable<Job> VisibleTo(this IQueryable<Job> jobs, Actor who)
    {
        var mine = jobs.Where(j => j.OrganizationId == who.OrganizationId);
        return who.Can(Permission.SettingsManage) && who.Properties is null
            ? mine
            : mine.Where(j => j.StarterId == who.Id && j.StarterKind == who.Kind);
    }
}
