using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Platform;

/// <summary>
/// Restarts a parked job with all its tries. It runs as its first starter, or as the current actor if the first starter has lost the right.
/// </summary>
public static class RetryJob
{
    /// <exception cref="Refusal">404; 409 <c>not-parked</c> if the job runs, waits or is done.</exception>
    public static async Task<JobRow> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        return await db.Save(
            async () =>
            {
                var job = await db.Jobs.VisibleTo(who).SingleOrDefaultAsync(j => j.Id == id, cancel) ?? throw Refusal.NotThere("job", id);
                if (job.State != JobState.Parked)
                {
                    throw Refusal.Conflict("not-parked", ErrorText.Of<PlatformTexts>("Refusal.NotParked"));
                }

                job.TakeUp(who, db.Now);
                db.Happened(who, "job.retried", "job", job.Id);
                return JobRow.Of(job, db.Now);
            },
            cancel
        );
    }
}
