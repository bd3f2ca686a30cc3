using System.Globalization;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Inbox;

/// <summary>The messages of a conversation with staff's notes among them, the newest first.</summary>
public static class ListMessages
{
    /// <exception cref="Refusal">404 for a conversation that the actor does not see.</exception>
    public static async Task<Page<MessageRow>> Run(
        Guid id,
        PageQuery query,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        IStringLocalizer<ChannelTexts> texts,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ConversationsView);
        query.Refuse();
        var (binding, most) = ($"messages/{who.OrganizationId}/{id}", query.Limit + 1);
        var after = Place.Read(query.After(cursors, binding));
        var messages = await db.Read(
            $"""
            SELECT {MessageRow.Columns} FROM messages m
            WHERE m.organization_id = {who.OrganizationId} AND m.conversation_id = {id}{GoesOn($"m.at", $"m.id")}
                AND EXISTS (SELECT 1 FROM conversations c{ConversationRow.Mine(who)} AND c.id = {id})
            ORDER BY m.at DESC, m.id DESC LIMIT {most:fixed}
            """,
            MessageRow.Of,
            cancel
        );
        if (messages.Count == 0)
        {
            await ConversationSeenBy.Demand(id, who, db, cancel);
        }

        var notes = await db.Read(
            $"""
            SELECT n.id, n.author_id, n.author_name, n.text, n.at FROM conversation_notes n
            WHERE n.organization_id = {who.OrganizationId} AND n.conversation_id = {id}{GoesOn($"n.at", $"n.id")}
            ORDER BY n.at DESC, n.id DESC LIMIT {most:fixed}
            """,
            MessageRow.OfNote,
            cancel
        );
        var rows = notes.Count == 0 ? messages : [.. messages.Concat(notes).OrderByDescending(r => (r.At, r.Id)).Take(most)];
        var inWords = rows.ConvertAll(r => r.InWords(texts));
        return query.Page(await MessageRow.WithFiles(inWords, who, db, cancel), r => Place.Write(r.At, r.Id), cursors, binding);

        Sql GoesOn(Sql at, Sql row) => after is { } place ? $" AND ({at}, {row}) < ({place.At}, {place.Id})" : Sql.None;
    }
}

/// <summary>Where a page of a list by time ended.</summary>
internal readonly record struct Place(DateTime At, Guid Id)
{
    public static string Write(DateTime at, Guid id) => string.Create(CultureInfo.InvariantCulture, $"{at.Ticks}/{id}");

    public static Place? Read(string? written) =>
        written?.Split('/') is [var at, var id]
            ? new(new(long.Parse(at, CultureInfo.InvariantCulture), DateTimeKind.Utc), Guid.Parse(id))
            : null;
}
