using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Sessions and invitations that have run out are forgotten.</summary>
public static class ForgetSessions
{
    public static readonly RecurringTask Recurring = new(
        "forgetSessions",
        (db, cancel) =>
        {
            var now = db.Now;
            return db.Save(
                async () =>
                {
                    await db.Sessions.Where(s => s.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
                    await db.Invitations.Where(i => i.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
                },
                cancel
            );
        }
    );
}
