using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>Checks that an actor sees a conversation: that of another property's account is not there.</summary>
internal static class ConversationSeenBy
{
    /// <exception cref="Refusal">404.</exception>
    public static async Task Demand(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var seen = await db.Read($"SELECT c.id FROM conversations c{ConversationRow.Mine(who)} AND c.id = {id}", row => row.Id(), cancel);
        if (seen.Count == 0)
        {
            throw Refusal.NotThere("conversation", id);
        }
    }

    /// <summary>The conversation, held until the save ends.</summary>
    /// <exception cref="Refusal">404.</exception>
    public static async Task<Conversation> ForChange(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var conversation =
            await db.Conversations.VisibleTo(who).SingleOrDefaultAsync(c => c.Id == id, cancel)
            ?? throw Refusal.NotThere("conversation", id);
        await Conversations.Hold(conversation, db, cancel);
        return db.Entry(conversation).State == EntityState.Detached ? throw Refusal.NotThere("conversation", id) : conversation;
    }
}
