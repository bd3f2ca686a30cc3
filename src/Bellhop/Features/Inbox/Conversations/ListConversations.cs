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
        var reading = new ConversationReading(where, query.Filter.Newest, query.Page.Limit + 1, who, db);
        var rows = await reading.Run(after, await ConversationSearch.Of(query.Filter.Q, who, db, cancel), cancel);
        return query.Page.Page(rows, reading.PlaceOf, cursors, binding);
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
