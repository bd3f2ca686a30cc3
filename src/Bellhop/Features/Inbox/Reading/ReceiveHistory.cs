using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Inbox;

/// <summary>
/// Stores what was written before the number was connected. Nobody waits for an answer to it, nothing opens or wakes by it, and no other
/// program is told of it.
/// </summary>
internal static class ReceiveHistory
{
    public static async Task Run(PastItem item, Arrived call, CancellationToken cancel)
    {
        var db = call.Db;
        if (await ReceiveMessage.IsKnown(item.Id, call, cancel))
        {
            await AddFiles(item, call, cancel);
            return;
        }

        if (!item.Guest.IsNamed)
        {
            return;
        }

        var conversation = await Conversations.Find(item.Guest, call, cancel);
        if (conversation is null)
        {
            var arrival = await ReceiveMessage.Arrival(null, call, cancel);
            var guest = call.GuestOf(item.Guest);
            var (contact, _) = await ResolveContact.ReceiveFromChannel(guest, arrival, false, call.Who, db, cancel, call.Save.Guests);
            conversation = Conversations.New(item.Guest, contact, call);
            conversation.State = ConversationState.Closed;
        }

        var message = new Message
        {
            OrganizationId = call.OrganizationId,
            ConversationId = conversation.Id,
            AccountId = call.Account.Id,
            ExternalId = item.Id,
            Direction = item.IsGuests ? Direction.In : Direction.Out,
            AuthorKind = item.IsGuests ? AuthorKind.Guest : AuthorKind.PhoneApp,
            AuthorId = item.IsGuests ? conversation.ContactId : null,
            Type = item.Type,
            ReplyTo = item.ReplyTo,
            Card = item.Card,
            Status = item.IsGuests ? MessageStatus.Received : ReceiveStatus.Of(item.Status),
            At = call.At,
            CreatedAt = db.Now,
        };
        message.Write(item.Text);
        db.Messages.Add(message);
        await ReceiveMessage.AddFiles(message, item.Attachments, db, cancel);
        conversation.Last(message);
        if (item.IsGuests && !(conversation.LastGuestAt >= call.At))
        {
            conversation.LastGuestAt = call.At; // the window is open as long as it would have been
        }

        await See(conversation, call, cancel);
        conversation.Touched(db.Now);
        db.TellOfMany(call.OrganizationId, "conversation");
        Conversations.Link(conversation.ContactId, call);
    }

    /// <summary>What was written before is no news: nobody has it unseen, whoever joins the team later.</summary>
    private static async Task See(Conversation conversation, Arrived call, CancellationToken cancel)
    {
        var mark = await call.Db.ConversationsSeen.FindAsync([call.OrganizationId, conversation.Id, ConversationSeen.Everybody], cancel);
        if (mark is null)
        {
            mark = new()
            {
                OrganizationId = call.OrganizationId,
                ConversationId = conversation.Id,
                PersonId = ConversationSeen.Everybody,
            };
            call.Db.ConversationsSeen.Add(mark);
        }

        mark.SeenAt = mark.SeenAt > call.At ? mark.SeenAt : call.At;
    }

    /// <summary>The history tells of a file first by an empty place, and of the file itself later.</summary>
    private static async Task AddFiles(PastItem item, Arrived call, CancellationToken cancel)
    {
        if (item.Attachments is not { Count: > 0 })
        {
            return;
        }

        var db = call.Db;
        if (await ChangeMessage.Find(item.Id, call, cancel) is not { Type: MessageType.Unsupported, DeletedAt: null } message)
        {
            return;
        }

        (message.Type, message.Card) = (item.Type, item.Card);
        message.Write(item.Text);
        await ReceiveMessage.AddFiles(message, item.Attachments, db, cancel);
        if (await db.Conversations.FindAsync([call.OrganizationId, message.ConversationId], cancel) is { } conversation)
        {
            conversation.Touched(db.Now);
            Conversations.Link(conversation.ContactId, call);
        }

        db.TellOfMany(call.OrganizationId, "conversation");
    }
}
