using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Channels;

/// <summary>Asks a connection's provider now how it is, and asks for the events where they are not sent to us.</summary>
public static class TestConnection
{
    /// <exception cref="Refusal">404 for a connection that the actor does not see whole.</exception>
    public static async Task<Answered<ConnectionTestRow>> Run(
        Guid id,
        Actor who,
        BellhopDb db,
        LookAtConnection look,
        IStringLocalizer<ChannelTexts> texts,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.SettingsManage);
        var connection = await Connections.ForChange(id, who, db, cancel);
        var checks = await look.Run(connection, subscribes: true, db, cancel);
        return await db.Save(
            async () =>
            {
                _ = await Connections.ForChange(id, who, db, cancel);
                await ConnectionHealths.Keep(who.OrganizationId, id, checks, db, cancel);
                db.Happened(who, "connection.tested", "connection", id);
                return new Answered<ConnectionTestRow>(ConnectionTestRow.Of(db.Now, checks, texts));
            },
            cancel
        );
    }
}

/// <summary>What the last look at a connection's provider found.</summary>
public static class SeeConnectionTest
{
    /// <returns>Null for a connection that nobody has looked at yet.</returns>
    /// <exception cref="Refusal">404 for a connection that the actor does not see whole.</exception>
    public static async Task<ConnectionTestRow?> Run(
        Guid id,
        Actor who,
        BellhopDb db,
        IStringLocalizer<ChannelTexts> texts,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.SettingsManage);
        _ = await Connections.Find(id, who, db, cancel);
        var health = await db
            .ConnectionHealths.AsNoTracking()
            .SingleOrDefaultAsync(h => h.OrganizationId == who.OrganizationId && h.ConnectionId == id, cancel);
        return health is null ? null : ConnectionTestRow.Of(health.CheckedAt, ConnectionCheck.Read(health.Checks), texts);
    }
}

internal static class ConnectionHealths
{
    /// <summary>Keeps what was found. Runs inside a save.</summary>
    public static async Task Keep(
        int organizationId,
        Guid connectionId,
        IReadOnlyList<ConnectionCheck> checks,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var health = await db.ConnectionHealths.SingleOrDefaultAsync(
            h => h.OrganizationId == organizationId && h.ConnectionId == connectionId,
            cancel
        );
        if (health is null)
        {
            health = new()
            {
                OrganizationId = organizationId,
                ConnectionId = connectionId,
                Checks = "[]",
            };
            db.ConnectionHealths.Add(health);
        }

        var problems = checks.Select(c => c.Problem).OfType<string>().ToList();
        if (!problems.Contains(ConnectionCheck.Away, StringComparer.Ordinal))
        {
            health.Problem = problems.FirstOrDefault();
        }

        (health.CheckedAt, health.Checks) = (db.Now, ConnectionCheck.Write(checks));
        db.TellOfMany(organizationId, "connection");
    }
}
