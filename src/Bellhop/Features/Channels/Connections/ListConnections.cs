using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Channels;

/// <summary>The connections whose properties the actor sees, oldest first.</summary>
public static class ListConnections
{
    public static async Task<Page<ConnectionRow>> Run(
        PageQuery page,
        Actor who,
        BellhopDb db,
        ConnectionSecrets secrets,
        PublicAddress address,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.SettingsManage);
        var all = await db.Connections.AsNoTracking().VisibleTo(who, db.ChannelAccounts).ToListAsync(cancel);
        var rows = await ConnectionRow.Of(all, who, db, secrets, address, cancel);
        return page.Of(rows, "connections", c => c.Id.ToString("N"), who, cursors);
    }
}

/// <summary>One connection.</summary>
public static class GetConnection
{
    /// <exception cref="Refusal">404.</exception>
    public static async Task<Saved<ConnectionRow>> Run(
        Guid id,
        Actor who,
        BellhopDb db,
        ConnectionSecrets secrets,
        PublicAddress address,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.SettingsManage);
        var connection = await Connections.ForChange(id, who, db, cancel);
        return new((await ConnectionRow.Of([connection], who, db, secrets, address, cancel))[0], connection.UpdatedAt);
    }
}

internal static class Connections
{
    /// <summary>A connection to read.</summary>
    /// <exception cref="Refusal">404 for one that does not exist, is deleted, or has a property that the actor does not see.</exception>
    public static Task<Connection> Find(Guid id, Actor who, BellhopDb db, CancellationToken cancel) =>
        Of(db.Connections.AsNoTracking(), id, who, db, cancel);

    /// <summary>As the other, to change it.</summary>
    /// <exception cref="Refusal">404 as for the other.</exception>
    public static Task<Connection> ForChange(Guid id, Actor who, BellhopDb db, CancellationToken cancel) =>
        Of(db.Connections, id, who, db, cancel);

    private static async Task<Connection> Of(
        IQueryable<Connection> connections,
        Guid id,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        await connections.VisibleTo(who, db.ChannelAccounts).SingleOrDefaultAsync(c => c.Id == id, cancel)
        ?? throw Refusal.NotThere("connection", id);
}
