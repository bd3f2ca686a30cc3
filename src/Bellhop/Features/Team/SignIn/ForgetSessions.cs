using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Sessions that have run out are forgotten.</summary>
public static class ForgetSessions
{
    public static readonly RecurringTask Recurring = new(
        "forgetSessions",
        (db, cancel) =>
        {
            var now = db.Now;
            return db.Save(() => db.Sessions.Where(s => s.ExpiresAt <= now).ExecuteDeleteAsync(cancel), cancel);
        }
    );
}
