using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>Finds and makes the conversations that events belong to.</summary>
internal static class Conversations
{
    /// <summary>
    /// The guest's conversation on the account, by any of the ids: a guest whose number is seen first and whose id later has one thread.
    /// </summary>
    public static async Task<Conversation?> Find(Guest guest, Arrived call, CancellationToken cancel)
    {
        var ids = new[] { guest.Id, guest.Number }.OfType<string>().ToList();
        bool IsTheirs(Conversation c) =>
            c.AccountId == call.Account.Id && (ids.Contains(c.GuestId) || (guest.Number is not null && c.GuestNumber == guest.Number));
        var found = call
            .Db.Conversations.Local.Where(IsTheirs)
            .OrderByDescending(c => c.GuestId == guest.Id)
            .ThenBy(c => c.Id)
            .FirstOrDefault();
        if (found is null && !call.Save.HasAsked(call.Account.Id, guest))
        {
            found = await call
                .Db.Conversations.Where(c => c.OrganizationId == call.OrganizationId && c.AccountId == call.Account.Id)
                .Where(c => ids.Contains(c.GuestId) || (guest.Number != null && c.GuestNumber == guest.Number))
                .OrderByDescending(c => c.GuestId == guest.Id)
                .ThenBy(c => c.Id)
                .FirstOrDefaultAsync(cancel);
        }

        if (found is not null && call.Db.Entry(found).State != EntityState.Added && call.Save.Held.Add(found.Id))
        {
            await Hold(found, call.Db, cancel);
        }

        return found is not null && call.Db.Entry(found).State == EntityState.Detached ? null : found; // deleted meanwhile
    }

    public static Conversation New(Guest guest, Contact? contact, Arrived call)
    {
        var conversation = new Conversation
        {
            OrganizationId = call.OrganizationId,
            AccountId = call.Account.Id,
            Channel = call.Account.Kind,
            PropertyId = call.Account.PropertyId,
            GuestId = guest.Id ?? guest.Number!,
            GuestNumber = guest.Number,
            ContactId = contact?.Id,
            Visitor = contact is null ? guest.Name : null,
            LastAt = call.At,
            CreatedAt = call.Db.Now,
            UpdatedAt = call.Db.Now,
        };
        call.Db.Conversations.Add(conversation);
        return conversation;
    }

    /// <summary>Keeps the ids that an event shows: the business-scoped id is the stronger one, and the number is what we send to.</summary>
    public static void Learn(Conversation conversation, Guest guest)
    {
        conversation.GuestId = guest.Id ?? conversation.GuestId;
        conversation.GuestNumber = guest.Number ?? conversation.GuestNumber;
    }

    /// <summary>Our side answered at this instant: who wrote before waits no more. It takes answers in any order.</summary>
    public static async Task Answered(Conversation conversation, DateTime at, BellhopDb db, CancellationToken cancel)
    {
        if (conversation.AnsweredUntil >= at)
        {
            return;
        }

        conversation.AnsweredUntil = at;
        if (conversation.WaitingSince is null || conversation.WaitingSince > at)
        {
            return;
        }

        var stored = await db
            .Messages.Where(m =>
                m.OrganizationId == conversation.OrganizationId
                && m.ConversationId == conversation.Id
                && m.Direction == Direction.In
                && m.At > at
            )
            .MinAsync(m => (DateTime?)m.At, cancel);
        var making = db
            .Messages.Local.Where(m => m.ConversationId == conversation.Id && m.Direction == Direction.In && m.At > at)
            .Min(m => (DateTime?)m.At);
        conversation.Wait(stored < making ? stored : making ?? stored);
    }

    /// <summary>An answer of ours did not come through: unless another one stands, the guest waits as before it.</summary>
    public static void WaitsAgain(Conversation conversation, MessageAttempt attempt)
    {
        if (conversation.Blocked || attempt.WaitedSince is not { } since || conversation.AnsweredUntil > attempt.CreatedAt)
        {
            return;
        }

        conversation.AnsweredUntil = attempt.AnsweredBefore;
        conversation.Wait(conversation.WaitingSince < since ? conversation.WaitingSince : since);
    }

    /// <summary>Notes that the event names the guest, so that its bytes go with the guest.</summary>
    public static void Link(Guid? contactId, Arrived call)
    {
        if (contactId is { } id && call.Save.Links(id))
        {
            call.Db.HookContacts.Add(
                new()
                {
                    OrganizationId = call.OrganizationId,
                    HookId = call.Hook.Id,
                    ContactId = id,
                }
            );
        }
    }

    /// <summary>Holds the row until the save ends, and reads it again: another save may have changed it meanwhile.</summary>
    internal static async Task Hold(Conversation conversation, BellhopDb db, CancellationToken cancel)
    {
        await db.Execute(
            $"""
            UPDATE conversations SET version = version
            WHERE organization_id = {conversation.OrganizationId} AND id = {conversation.Id}
            """,
            cancel
        );
        await db.Entry(conversation).ReloadAsync(cancel);
    }
}
