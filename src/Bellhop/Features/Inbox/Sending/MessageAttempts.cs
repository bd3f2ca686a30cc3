using Bellhop.Data;
using Bellhop.Features.Channels;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>Told to the senders when something is queued.</summary>
internal static class MessageAttempts
{
    public const string Kind = "messageAttempt";

    /// <summary>Queues one more try to send the message, in the caller's save.</summary>
    public static async Task Add(Message message, Conversation conversation, BellhopDb db, CancellationToken cancel)
    {
        // Several messages of one save keep their order, though the clock may stand still between them.
        var at = message.At > db.Now ? message.At : db.Now;
        var last = db.MessageAttempts.Local.Where(a => a.ConversationId == conversation.Id).Max(a => (DateTime?)a.CreatedAt);
        db.MessageAttempts.Add(
            new()
            {
                OrganizationId = message.OrganizationId,
                MessageId = message.Id,
                ConversationId = conversation.Id,
                AccountId = conversation.AccountId,
                DueAt = db.Now,
                AnsweredBefore = conversation.AnsweredUntil,
                WaitedSince = conversation.WaitingSince,
                CreatedAt = last is { } before ? Platform.Versions.After(at, before) : at,
            }
        );
        if (await db.AccountOutboxes.FindAsync([message.OrganizationId, conversation.AccountId], cancel) is null)
        {
            db.AccountOutboxes.Add(
                new()
                {
                    OrganizationId = message.OrganizationId,
                    AccountId = conversation.AccountId,
                    LeasedUntil = db.Now,
                }
            );
        }

        db.TellOfMany(message.OrganizationId, Kind);
    }

    /// <summary>The message with its conversation, held until the save ends.</summary>
    /// <exception cref="Platform.Refusal">404 for one of a conversation that the actor does not see, and for a guest's.</exception>
    public static async Task<(Message Message, Conversation Conversation)> ForChange(
        Guid id,
        Platform.Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var conversationId =
            await db
                .Conversations.VisibleTo(who)
                .Where(c =>
                    db.Messages.Any(m =>
                        m.OrganizationId == c.OrganizationId && m.Id == id && m.ConversationId == c.Id && m.Direction == Direction.Out
                    )
                )
                .Select(c => (Guid?)c.Id)
                .SingleOrDefaultAsync(cancel)
            ?? throw Platform.Refusal.NotThere("message", id);
        var conversation = await ConversationSeenBy.ForChange(conversationId, who, db, cancel);
        await db.LockRows($"messages", who.OrganizationId, [id], cancel);
        return (await db.Messages.SingleAsync(m => m.OrganizationId == who.OrganizationId && m.Id == id, cancel), conversation);
    }
}
