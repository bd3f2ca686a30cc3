using Bellhop.Data;
using Bellhop.Features.Channels;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>How far our messages came. Statuses come in any order; a message only goes on.</summary>
internal static class ReceiveStatus
{
    // A guest who reads has read at most this many of ours since the last time.
    private const int Most = 500;

    public static async Task Run(StatusItem item, Arrived call, CancellationToken cancel)
    {
        var status = Of(item.Status);
        var (own, attempt) = await ByOwnId(item.OwnId, call, cancel);
        if (
            own is not null
            && status == MessageStatus.Failed
            && attempt is not null
            && await SendOutcomes.IsOvertaken(attempt, call.Db, cancel)
        )
        {
            attempt.End(AttemptState.Failed, call.Db.Now); // staff have tried it again since
            return;
        }

        var messages = own is null ? await Concerned(item, call, cancel) : [own];
        foreach (var message in messages)
        {
            if (item.Ids.Count == 1)
            {
                message.ExternalId ??= item.Ids[0]; // our own id came back, from a send whose answer was lost
            }

            if (await Settle(message, attempt, status, call, cancel) && status == MessageStatus.Failed)
            {
                (message.ErrorCode, message.ErrorText) = (item.ErrorCode, item.ErrorText);
                await SendConsequences.Draw(message, await ConversationOf(message, call, cancel), item.ErrorCode, call.At, call.Db, cancel);
            }
        }

        if (messages.Count > 0)
        {
            call.Db.TellOfMany(call.OrganizationId, "conversation");
        }
    }

    internal static MessageStatus Of(DeliveryStatus status) =>
        status switch
        {
            DeliveryStatus.Sent => MessageStatus.Sent,
            DeliveryStatus.Failed => MessageStatus.Failed,
            DeliveryStatus.Delivered => MessageStatus.Delivered,
            _ => MessageStatus.Read,
        };

    /// <summary>The message of ours that an own id names: a try's, or the message's itself.</summary>
    internal static async Task<(Message? Message, MessageAttempt? Attempt)> ByOwnId(string? ownId, Arrived call, CancellationToken cancel)
    {
        if (!Guid.TryParse(ownId, out var id))
        {
            return (null, null);
        }

        var attempt = await call.Db.MessageAttempts.SingleOrDefaultAsync(
            a => a.OrganizationId == call.OrganizationId && a.AccountId == call.Account.Id && a.Id == id,
            cancel
        );
        var messageId = attempt?.MessageId ?? id;
        var messages = await Held(Ours(call).Where(m => m.Id == messageId), call, cancel);
        return (messages.SingleOrDefault(), attempt);
    }

    /// <summary>Moves a message and its try on by what the provider tells.</summary>
    /// <returns>Whether the message moved.</returns>
    internal static async Task<bool> Settle(
        Message message,
        MessageAttempt? attempt,
        MessageStatus status,
        Arrived call,
        CancellationToken cancel
    )
    {
        attempt?.End(status == MessageStatus.Failed ? AttemptState.Failed : AttemptState.Sent, call.Db.Now);
        if (status != MessageStatus.Failed && message.Status is MessageStatus.Queued or MessageStatus.Unknown or MessageStatus.Failed)
        {
            await SendOutcomes.TakeBackWaiting(message, call.Db, cancel);
        }

        if (!Raise(message, status))
        {
            return false;
        }

        if (status == MessageStatus.Failed && attempt is not null)
        {
            Conversations.WaitsAgain(await ConversationOf(message, call, cancel), attempt);
        }

        return true;
    }

    private static async Task<Conversation> ConversationOf(Message message, Arrived call, CancellationToken cancel)
    {
        var conversation = await call.Db.Conversations.SingleAsync(
            c => c.OrganizationId == call.OrganizationId && c.Id == message.ConversationId,
            cancel
        );
        if (call.Save.Held.Add(conversation.Id))
        {
            await Conversations.Hold(conversation, call.Db, cancel);
        }

        return conversation;
    }

    /// <summary>
    /// Moves a message on, never back. What failed was not delivered: it fails only over what is not yet delivered, and only what the guest
    /// got proves the failure wrong.
    /// </summary>
    /// <returns>Whether it moved.</returns>
    public static bool Raise(Message message, MessageStatus status)
    {
        if (message.Direction == Direction.In || message.Status >= status)
        {
            return false;
        }

        (message.ErrorCode, message.ErrorText) = (null, null);
        message.Status = status;
        return true;
    }

    private static async Task<List<Message>> Concerned(StatusItem item, Arrived call, CancellationToken cancel)
    {
        var mine = Ours(call);
        if (item.Ids.Count > 0)
        {
            var ids = item.Ids;
            return await Held(mine.Where(m => ids.Contains(m.ExternalId!)), call, cancel);
        }

        // A receipt says: everything up to here.
        var until =
            item.UpTo
            ?? (
                item.UpToId is { } upTo
                    ? await mine.Where(m => m.ExternalId == upTo).Select(m => (DateTime?)m.At).SingleOrDefaultAsync(cancel)
                    : null
            );
        if (until is null || !item.To.IsNamed || await Conversations.Find(item.To, call, cancel) is not { } conversation)
        {
            return [];
        }

        var unread = mine.Where(m => m.ConversationId == conversation.Id && m.At <= until)
            .Where(m => m.Status != MessageStatus.Read && m.ExternalId != null);
        return await Held(unread.OrderByDescending(m => m.At).Take(Most), call, cancel);
    }

    private static IQueryable<Message> Ours(Arrived call) =>
        call.Db.Messages.Where(m =>
            m.OrganizationId == call.OrganizationId && m.AccountId == call.Account.Id && m.Direction == Direction.Out
        );

    /// <summary>
    /// Messages whose rows this save holds. The provider's answer to a send and its statuses come at once, and are written by different
    /// saves: none may write over what another has learned.
    /// </summary>
    private static async Task<List<Message>> Held(IQueryable<Message> which, Arrived call, CancellationToken cancel)
    {
        var ids = await which.Select(m => m.Id).ToListAsync(cancel);
        await call.Db.LockRows($"messages", call.OrganizationId, ids, cancel);
        return await call.Db.Messages.Where(m => m.OrganizationId == call.OrganizationId && ids.Contains(m.Id)).ToListAsync(cancel);
    }
}
