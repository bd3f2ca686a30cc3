using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Ends the session for good: a copy of its cookie is worth nothing.</summary>
public static class SignOut
{
    /// <summary>Ends one of the actor's own sessions; one that is gone already is no mistake.</summary>
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
