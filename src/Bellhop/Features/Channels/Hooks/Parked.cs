using System.Security.Cryptography;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Channels;

/// <summary>Something that could not be read, as it is shown; nothing of a guest.</summary>
/// <param name="At">When it was parked, UTC.</param>
/// <param name="Reason">Why.</param>
/// <param name="Summary">What it is, such as <c>whatsApp message</c>.</param>
public sealed record ParkedRow(Guid Id, DateTime At, ParkedRow.Why Reason, string Summary)
{
    /// <param name="Code">Such as <c>unknown-account</c>.</param>
    /// <param name="Title">The reason in words.</param>
    public sealed record Why(string Code, string Title);

    internal static ParkedRow Of(ParkedItem item, IStringLocalizer<ChannelTexts> texts) =>
        new(item.Id, item.At, new(item.Reason, texts["Parked." + item.Reason]), item.Summary);
}

/// <summary>What could not be read of a connection's events, oldest first.</summary>
public static class ListParked
{
    /// <exception cref="Refusal">404 for a connection that the actor does not see.</exception>
    public static async Task<Page<ParkedRow>> Run(
        Guid id,
        PageQuery query,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        IStringLocalizer<ChannelTexts> texts,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.SettingsManage);
        query.Refuse();
        _ = await Connections.ForChange(id, who, db, cancel);
        var binding = $"parked/{who.OrganizationId}/{id}";
        Sql goesOn = query.After(cursors, binding) is { } after ? $" AND id > {Guid.Parse(after)}" : Sql.None;
        var rows = await db.Read(
            $"""
            SELECT id, at, reason, summary FROM parked_items WHERE organization_id = {who.OrganizationId} AND connection_id = {id}{goesOn}
            ORDER BY id{SqlDialect.Limit(query.Limit + 1)}
            """,
            row =>
            {
                var (parked, at, reason) = (row.Id(), row.Instant(), row.Text());
                return new ParkedRow(parked, at, new(reason, texts["Parked." + reason]), row.Text());
            },
            cancel
        );
        return query.Page(rows, r => r.Id.ToString(), cursors, binding);
    }
}

/// <summary>Has a parked item read again, for example after its account was added.</summary>
public static class ReplayParked
{
    /// <exception cref="Refusal">404.</exception>
    public static async Task<Answered<ParkedRow>> Run(
        Guid id,
        Actor who,
        BellhopDb db,
        IStringLocalizer<ChannelTexts> texts,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.SettingsManage);
        return await db.Save(
            async () =>
            {
                var (item, connection) = await ParkedItems.ForChange(id, who, db, cancel);
                var digest = SHA256.HashData(item.Body);
                var known = await db.Hooks.SingleOrDefaultAsync(
                    h => h.OrganizationId == who.OrganizationId && h.ConnectionId == connection.Id && h.Digest == digest,
                    cancel
                );
                if (known is null)
                {
                    db.Hooks.Add(
                        new()
                        {
                            OrganizationId = who.OrganizationId,
                            ConnectionId = connection.Id,
                            Digest = digest,
                            Body = item.Body,
                            ReceivedAt = item.At,
                        }
                    );
                }
                else
                {
                    (known.ReadAt, known.ItemsRead) = (null, 0);
                }

                db.ParkedItems.Remove(item);
                await ReceiveHook.QueueReading(connection, db, cancel);
                db.Happened(who, "connection.replayed", "connection", connection.Id);
                return new Answered<ParkedRow>(ParkedRow.Of(item, texts), 202, $"/connections/{connection.Id}/parked");
            },
            cancel
        );
    }
}

/// <summary>Throws a parked item away.</summary>
public static class DeleteParked
{
    /// <exception cref="Refusal">404.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        await db.Save(
            async () =>
            {
                var (item, connection) = await ParkedItems.ForChange(id, who, db, cancel);
                db.ParkedItems.Remove(item);
                db.Happened(who, "connection.itemDeleted", "connection", connection.Id);
            },
            cancel
        );
    }
}

internal static class ParkedItems
{
    /// <exception cref="Refusal">404 for one that does not exist, or of a connection that the actor does not see.</exception>
    public static async Task<(ParkedItem Item, Connection Connection)> ForChange(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var connection =
            await db
                .Connections.VisibleTo(who, db.ChannelAccounts)
                .SingleOrDefaultAsync(
                    c => db.ParkedItems.Any(p => p.OrganizationId == c.OrganizationId && p.Id == id && p.ConnectionId == c.Id),
                    cancel
                )
            ?? throw Refusal.NotThere("parked", id);
        return (
            await db.ParkedItems.SingleAsync(
                p => p.OrganizationId == who.OrganizationId && p.ConnectionId == connection.Id && p.Id == id,
                cancel
            ),
            connection
        );
    }
}
