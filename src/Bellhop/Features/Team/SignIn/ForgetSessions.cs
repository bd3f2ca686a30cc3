using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Deletes expired sessions, invitations and links.</summary>
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
                    await db.AccountLinks.Where(l => l.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
                    await db.SpentChallenges.Where(c => c.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
                    await db.Invitations.Where(i => i.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
                },
                cancel
            );
        }
    );
}
