using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>The templates that can answer a conversation: those of its account, by name, those that can be sent first.</summary>
internal static class SeeTemplates
{
    /// <summary>Blanks with a name that say the same as a placeholder of a saved reply.</summary>
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.Ordinal)
    {
        ["name"] = Placeholders.Guest,
        ["guest_name"] = Placeholders.Guest,
        ["customer_name"] = Placeholders.Guest,
        ["check_in"] = Placeholders.Arrival,
        ["check_out"] = Placeholders.Departure,
    };

    /// <exception cref="Refusal">404 for a conversation that the actor does not see.</exception>
    public static async Task<IReadOnlyList<TemplateRow>> Run(Guid conversationId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsReply);
        var conversation =
            await db.Conversations.VisibleTo(who).AsNoTracking().SingleOrDefaultAsync(c => c.Id == conversationId, cancel)
            ?? throw Refusal.NotThere("conversation", conversationId);
        return
        [
            .. (await Of(conversation, db).ToListAsync(cancel))
                .OrderBy(t => t.Status != TemplateText.Approved)
                .ThenBy(t => t.Name, StringComparer.Ordinal)
                .ThenBy(t => t.Language, StringComparer.Ordinal)
                .Select(TemplateRow.Of),
        ];
    }

    /// <summary>What may stand in blanks that have a name: what is known of the guest. Nothing for those that have only a number.</summary>
    /// <exception cref="Refusal">404 for a conversation that the actor does not see.</exception>
    public static async Task<Dictionary<string, string>> Suggest(
        Guid conversationId,
        IReadOnlyList<string> blanks,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ConversationsReply);
        var wanted = blanks
            .Select(blank => (Blank: blank, Bare: blank.Split('.')[^1]))
            .Select(b => (b.Blank, Placeholder: Synonyms.GetValueOrDefault(b.Bare, b.Bare)))
            .Where(b => Placeholders.All.Contains(b.Placeholder, StringComparer.Ordinal))
            .ToList();
        if (wanted.Count == 0)
        {
            await ConversationSeenBy.Demand(conversationId, who, db, cancel);
            return [];
        }

        var values = await FillReply.Values(conversationId, who, db, cursors, cancel);
        return wanted
            .Select(w => (w.Blank, Value: values[w.Placeholder]))
            .Where(w => w.Value is not null)
            .ToDictionary(w => w.Blank, w => w.Value!, StringComparer.Ordinal);
    }

    /// <summary>The templates of the conversation's account, whatever their status.</summary>
    internal static IQueryable<MessageTemplate> Of(Conversation conversation, BellhopDb db) =>
        db
            .MessageTemplates.AsNoTracking()
            .Where(t => t.OrganizationId == conversation.OrganizationId)
            .Where(t =>
                db.ChannelAccounts.Any(a =>
                    a.OrganizationId == t.OrganizationId
                    && a.Id == conversation.AccountId
                    && a.ConnectionId == t.ConnectionId
                    && a.WabaId == t.WabaId
                )
            );
}
