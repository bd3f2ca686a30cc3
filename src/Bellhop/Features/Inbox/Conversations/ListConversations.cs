using System.Reflection;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>A page of the conversations that the actor sees: who waits longest first, or the newest first.</summary>
public static class ListConversations
{
    /// <param name="Filter">The conversations to list.</param>
    /// <param name="Page">The page's size and its cursor.</param>
    public sealed record Query(ConversationFilter Filter, PageQuery Page)
    {
        internal static string[] Parameters { get; } = [.. ConversationFilter.Parameters, .. PageQuery.Names];

        /// <summary>Reads a request's parameters. The use case throws the errors after it has checked the permission.</summary>
        public static ValueTask<Query?> BindAsync(HttpContext http, ParameterInfo _)
        {
            var errors = new ValidationErrors();
            var filter = ConversationFilter.Read(http.Request.Query, errors) with { Wrong = errors };
            return ValueTask.FromResult<Query?>(
                new(filter, PageQuery.Read(http.Request.Query, errors, Parameters.Select(p => p.TrimEnd('*'))))
            );
        }
    }

    /// <exception cref="Refusal">403 without conversations.view; 400 for a parameter with a wrong value; 404 for a property that the actor
    /// does not see.</exception>
    public static async Task<Page<ConversationRow>> Run(Query query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsView);
        query.Filter.Wrong?.Refuse();
        query.Page.Refuse();
        var limited = who.Properties is { } mine ? string.Join(',', mine.Order()) : "all";
        var binding = $"conversations/{who.OrganizationId}/{limited}/{query.Filter.Binding}";
        var after = query.Page.After(cursors, binding);
        var where = await query.Filter.Where(who, db, cancel);
        if (query.Filter.Newest)
        {
            var place = Place.Read(after);
            Sql goesOn = place is { } p ? $" AND (c.last_at, c.id) < ({p.At}, {p.Id})" : Sql.None;
            var rows = await Read($"{where}{goesOn} ORDER BY c.last_at DESC, c.id DESC", query.Page.Limit + 1, who, db, cancel);
            return query.Page.Page(rows, r => Place.Write(r.Shown.LastAt, r.Id), cursors, binding);
        }

        var waiting = await ByWaiting(where, after, query.Page.Limit + 1, who, db, cancel);
        return query.Page.Page(
            waiting,
            r => r.WaitingSince is { } since ? Waits + Place.Write(since, r.Id) : "-" + Place.Write(r.Shown.LastAt, r.Id),
            cursors,
            binding
        );
    }

    // A cursor says first in which part it stands.
    private const string Waits = "w";

    /// <summary>Two parts, each off an index: who waits longest first, and then who does not wait, the newest first.</summary>
    private static async Task<IReadOnlyList<ConversationRow>> ByWaiting(
        Sql where,
        string? after,
        int most,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var rows = new List<ConversationRow>();
        if (after is null || after.StartsWith(Waits, StringComparison.Ordinal))
        {
            Sql goesOn = Place.Read(after?[1..]) is { } place ? $" AND (c.waiting_since, c.id) > ({place.At}, {place.Id})" : Sql.None;
            rows.AddRange(await Read($"{where} AND c.waiting_empty = 0{goesOn} ORDER BY c.waiting_since, c.id", most, who, db, cancel));
            after = null;
        }

        if (rows.Count < most)
        {
            Sql goesOn = Place.Read(after?[1..]) is { } place ? $" AND (c.last_at, c.id) < ({place.At}, {place.Id})" : Sql.None;
            rows.AddRange(
                await Read(
                    $"{where} AND c.waiting_empty = 1{goesOn} ORDER BY c.last_at DESC, c.id DESC",
                    most - rows.Count,
                    who,
                    db,
                    cancel
                )
            );
        }

        return rows;
    }

    private static async Task<IReadOnlyList<ConversationRow>> Read(Sql rest, int most, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var now = db.Now;
        return await db.Read(
            $"SELECT {ConversationRow.Columns}{ConversationRow.From(who)}{rest}{SqlDialect.Limit(most)}",
            row => ConversationRow.Of(row, now),
            cancel
        );
    }
}

/// <summary>One conversation.</summary>
public static class GetConversation
{
    /// <exception cref="Refusal">404.</exception>
    public static async Task<Saved<ConversationRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsView);
        var row = await Read(id, who, db, cancel) ?? throw Refusal.NotThere("conversation", id);
        return new(row, row.UpdatedAt, ContactId: row.Contact?.Id);
    }

    internal static async Task<ConversationRow?> Read(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var now = db.Now;
        var rows = await db.Read(
            $"SELECT {ConversationRow.Columns}{ConversationRow.From(who)} AND c.id = {id}",
            row => ConversationRow.Of(row, now),
            cancel
        );
        return rows.Count == 0 ? null : rows[0];
    }
}

/// <summary>
/// A guest's conversations at the properties that the actor sees, the newest first. Who may not read conversations learns that there are
/// some, and nothing that was written.
/// </summary>
public static class ListContactConversations
{
    /// <exception cref="Refusal">404 for a contact that the actor does not see.</exception>
    public static async Task<Page<ConversationRow>> Run(
        Guid id,
        PageQuery query,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsView);
        query.Refuse();
        await ContactSeen.Demand(id, who, db, cancel);
        var binding = $"conversationsOf/{who.OrganizationId}/{id}";
        Sql goesOn = Place.Read(query.After(cursors, binding)) is { } p ? $" AND (c.last_at, c.id) < ({p.At}, {p.Id})" : Sql.None;
        var now = db.Now;
        var rows = await db.Read(
            $"""
            SELECT {ConversationRow.Columns}{ConversationRow.From(who)} AND c.contact_id = {id}{goesOn}
            ORDER BY c.last_at DESC, c.id DESC{SqlDialect.Limit(query.Limit + 1)}
            """,
            row => ConversationRow.Of(row, now),
            cancel
        );
        var page = query.Page(rows, r => Place.Write(r.Shown.LastAt, r.Id), cursors, binding);
        return who.Can(Permission.ConversationsView) ? page : page with { Items = [.. page.Items.Select(r => r with { Last = null })] };
    }
}
