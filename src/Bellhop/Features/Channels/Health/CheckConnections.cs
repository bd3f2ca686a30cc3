using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Channels;

/// <summary>
/// Looks at each connection once an hour, and at one whose secrets or accounts have changed. It asks for the events only after a change:
/// if another program has taken them over since, the two would take them from each other for ever.
/// </summary>
public sealed class CheckConnections(LookAtConnection look)
{
    /// <summary>The name of the job; its argument is the connection.</summary>
    public const string Kind = "checkConnection";

    /// <summary>The name of the job that also asks for the events; its argument is the connection.</summary>
    public const string Subscribing = "subscribeConnection";

    /// <summary>Where another process has looked since, it is soon enough.</summary>
    private static readonly TimeSpan SoonEnough = TimeSpan.FromMinutes(50);

    public static readonly RecurringTask Recurring = new(
        "checkConnections",
        async (db, cancel) =>
        {
            var since = db.Now - SoonEnough;
            var all = await db
                .Connections.AsNoTracking()
                .Where(c => c.Kind != ConnectionKind.ChannelManager && !c.Paused && c.DeletedAt == null)
                .Where(c =>
                    !db.ConnectionHealths.Any(h => h.OrganizationId == c.OrganizationId && h.ConnectionId == c.Id && h.CheckedAt > since)
                )
                .ToListAsync(cancel);
            foreach (var connection in all)
            {
                await db.Save(() => Queue(connection.OrganizationId, connection.Id, Kind, db, cancel), cancel);
            }
        }
    );

    public JobHandler Handler => new(Kind, (job, who, db, cancel) => Run(job, subscribes: false, who, db, cancel));

    public JobHandler Subscriber => new(Subscribing, (job, who, db, cancel) => Run(job, subscribes: true, who, db, cancel));

    /// <summary>Looks at a connection soon, in a save.</summary>
    internal static Task Queue(int organizationId, Guid connectionId, string kind, BellhopDb db, CancellationToken cancel) =>
        db.Queue(Actor.System(organizationId), kind, connectionId.ToString(), once: connectionId.ToString(), cancel: cancel);

    /// <summary>
    /// After a change of secrets or accounts, in its save. Without a public address, the provider has nowhere to send to.
    /// </summary>
    internal static Task Changed(Connection connection, PublicAddress address, BellhopDb db, CancellationToken cancel) =>
        address.IsSet && connection.Kind != ConnectionKind.ChannelManager
            ? Queue(connection.OrganizationId, connection.Id, Subscribing, db, cancel)
            : Task.CompletedTask;

    private async Task Run(Job job, bool subscribes, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        var id = Guid.Parse(job.Argument);
        if (await Find(id, who, db, cancel) is not { } connection)
        {
            return;
        }

        var checks = await look.Run(connection, subscribes, db, cancel);
        await db.Save(
            async () =>
            {
                if (await Find(id, who, db, cancel) is not null)
                {
                    await ConnectionHealths.Keep(who.OrganizationId, id, checks, db, cancel);
                }
            },
            cancel
        );
    }

    private static Task<Connection?> Find(Guid id, Actor who, BellhopDb db, CancellationToken cancel) =>
        db
            .Connections.AsNoTracking()
            .SingleOrDefaultAsync(c => c.OrganizationId == who.OrganizationId && c.Id == id && c.DeletedAt == null, cancel);
}
