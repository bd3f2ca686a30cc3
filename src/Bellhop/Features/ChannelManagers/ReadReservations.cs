using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.ChannelManagers;

/// <summary>
/// Takes what was kept during a pause, and what staff replay. Each message may be read twice, and changes the same as once.
/// </summary>
public static class ReadReservations
{
    public static readonly JobHandler Handler = new(
        ReceiveHook.TakingReservations,
        (job, who, db, cancel) => Run(Guid.Parse(job.Argument), who, db, cancel)
    );

    public static async Task Run(Guid connectionId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        while (await Next(connectionId, who, db, cancel) is { } next)
        {
            if (SentMessage.Read(next.Hook.Body) is { } message)
            {
                await ReceiveReservations.Take(next.Connection, message, db, cancel);
            }

            // Also where it reads as another message than when it was kept: it is read only once.
            await db.Save(
                () =>
                    db
                        .Hooks.Where(h => h.OrganizationId == who.OrganizationId && h.Id == next.Hook.Id && h.ReadAt == null)
                        .ExecuteUpdateAsync(set => set.SetProperty(h => h.ReadAt, db.Now), cancel),
                cancel
            );
        }
    }

    private static async Task<(Hook Hook, Connection Connection)?> Next(
        Guid connectionId,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var connection = await db
            .Connections.AsNoTracking()
            .SingleOrDefaultAsync(c => c.OrganizationId == who.OrganizationId && c.Id == connectionId && !c.Paused, cancel);
        var hook = await db
            .Hooks.AsNoTracking()
            .Where(h => h.OrganizationId == who.OrganizationId && h.ConnectionId == connectionId && h.ReadAt == null)
            .OrderBy(h => h.Id)
            .FirstOrDefaultAsync(cancel);
        return connection is null || hook is null ? null : (hook, connection);
    }
}
