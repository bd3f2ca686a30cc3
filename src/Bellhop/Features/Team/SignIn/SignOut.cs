using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Ends the session for ever, so a copy of its cookie no longer works.</summary>
public static class SignOut
{
    /// <summary>Ends one of the actor's own sessions. A session that has ended already is not an error.</summary>
    public static async Task Run(Guid sessionId, Actor who, BellhopDb db, ActorSource actors, CancellationToken cancel)
    {
        who.DemandKnown();
        await db.Save(
            async () =>
            {
                if (await db.Sessions.Where(s => s.Id == sessionId && s.UserId == who.Id).ExecuteDeleteAsync(cancel) > 0)
                {
                    db.Happened(who, "session.ended", "session", sessionId);
                }
            },
            cancel
        );
        actors.Forget();
    }
}
