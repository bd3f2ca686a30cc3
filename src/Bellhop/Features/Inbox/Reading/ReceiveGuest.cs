using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>What providers say of a guest: another number or id, no marketing any more, our account blocked.</summary>
internal static class ReceiveGuest
{
    /// <summary>The guest keeps contact and conversation, under the new number or id.</summary>
    public static async Task Move(GuestMovedItem item, Arrived call, CancellationToken cancel)
    {
        var contact = await ResolveContact.MoveOnChannel(call.GuestOf(item.From), call.GuestOf(item.To), call.Who, call.Db, cancel);
        var conversation = await Conversations.Find(item.From, call, cancel);
        if (conversation is not null && !await IsTaken(conversation, item.To, call, cancel))
        {
            var byNumber = conversation.GuestId == conversation.GuestNumber;
            conversation.GuestId = item.To.Id ?? (byNumber ? item.To.Number! : conversation.GuestId);
            conversation.GuestNumber = item.To.Number ?? conversation.GuestNumber;
            conversation.Touched(call.Db.Now);
            call.Db.TellOfMany(call.OrganizationId, "conversation");
        }

        Conversations.Link(contact?.Id, call);
    }

    /// <summary>Keeps the answer of a guest whom we know. Nobody becomes a guest by it.</summary>
    public static async Task Prefer(PreferenceItem item, Arrived call, CancellationToken cancel)
    {
        if (await ResolveContact.ByChannel(call.GuestOf(item.From), call.Who, call.Db, cancel) is not { } contact)
        {
            return;
        }

        await MarketingWish.Keep(contact.Id, item.Wants, call.At, call.Who, call.Db, cancel);
        Conversations.Link(contact.Id, call);
    }

    /// <summary>A call opens the window of a conversation that is there. It makes none, and nobody waits by it.</summary>
    public static async Task Call(CallItem item, Arrived call, CancellationToken cancel)
    {
        if (await Conversations.Find(item.From, call, cancel) is { } conversation && !(conversation.LastGuestAt >= call.At))
        {
            conversation.LastGuestAt = call.At;
            conversation.Touched(call.Db.Now);
            call.Db.TellOfMany(call.OrganizationId, "conversation");
            Conversations.Link(conversation.ContactId, call);
        }
    }

    public static async Task Reach(ReachItem item, Arrived call, CancellationToken cancel)
    {
        if (await Conversations.Find(item.From, call, cancel) is { } conversation && conversation.Unreachable == item.IsReachable)
        {
            conversation.Unreachable = !item.IsReachable;
            conversation.Touched(call.Db.Now);
            call.Db.TellOfMany(call.OrganizationId, "conversation");
            Conversations.Link(conversation.ContactId, call);
        }
    }

    // Whoever had the number before may have a thread of their own here; each thread keeps its own.
    private static Task<bool> IsTaken(Conversation conversation, Guest to, Arrived call, CancellationToken cancel)
    {
        var ids = new[] { to.Id, to.Number }.OfType<string>().ToList();
        return call.Db.Conversations.AnyAsync(
            c =>
                c.OrganizationId == call.OrganizationId
                && c.AccountId == call.Account.Id
                && c.Id != conversation.Id
                && ids.Contains(c.GuestId),
            cancel
        );
    }
}
