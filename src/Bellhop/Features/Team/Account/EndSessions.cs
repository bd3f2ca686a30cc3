using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>A person signs out one of their devices. Its open pages are closed within five seconds.</summary>
public static class EndSession
{
    /// <exception cref="Refusal">403 for a key; 404 for a session that is not the actor's own.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, ActorSource actors, CancellationToken cancel)
    {
        SeeMe.Demand(who);
        if (!await db.Sessions.AnyAsync(s => s.Id == id && s.UserId == who.Id, cancel))
        {
            throw Refusal.NotThere("session", id);
        }

        await SignOut.Run(id, who, db, actors, cancel);
    }
}

/// <summary>A person signs out everywhere but here.</summary>
public static class EndOtherSessions
{
    /// <exception cref="Refusal">403 for a key.</exception>
    public static async Task Run(Actor who, CallingSession calling, BellhopDb db, ActorSource actors, CancellationToken cancel)
    {
        SeeMe.Demand(who);
        await db.Save(() => Sessions.EndOthers(calling, who, db, cancel), cancel);
        actors.Forget();
    }
}

/// <summary>What ends with a changed account.</summary>
internal static class Sessions
{
    /// <summary>
    /// Gives the account another security stamp: every session but the calling one ends, and so do links and known devices. Call it inside
    /// a save, with a tracked account.
    /// </summary>
    public static async Task Renew(User account, CallingSession calling, Actor who, BellhopDb db, CancellationToken cancel)
    {
        account.SecurityStamp = Guid.CreateVersion7().ToString("N");
        await EndOthers(calling, who, db, cancel);
        await db
            .Sessions.Where(s => s.Id == calling.Id && s.UserId == account.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Stamp, account.SecurityStamp), cancel);
    }

    /// <summary>Ends the actor's other sessions. Call it inside a save.</summary>
    public static async Task EndOthers(CallingSession calling, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var others = db.Sessions.Where(s => s.UserId == who.Id && s.Id != calling.Id);
        foreach (var id in await others.Select(s => s.Id).ToListAsync(cancel))
        {
            db.Happened(who, "session.ended", "session", id);
        }

        await others.ExecuteDeleteAsync(cancel);
    }
}
