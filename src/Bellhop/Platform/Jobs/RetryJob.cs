using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Platform;

/// <summary>
/// A parked job is asked for again: it starts with all its tries, as the one who first asked, or, where that one may not any more, as the
/// one who asks now.
/// </summary>
public static class RetryJob
{
    /// <exception cref="Refusal">404; 409 <c>not-parked</c> where it runs, waits or is done.</exception>
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
