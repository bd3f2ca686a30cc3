using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Features.RealAddresses;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>
/// Stores a guest's message: the contact, the conversation, the message and what waits follow from it, in the caller's save. A message that
/// is there already, or whose guest was deleted, changes nothing.
/// </summary>
internal static class ReceiveMessage
{
    /// <summary>After so long without a word, the guest arrives again.</summary>
    private static readonly TimeSpan NewVisit = TimeSpan.FromHours(24);

    public static async Task Run(MessageItem item, Arrived call, CancellationToken cancel)
    {
        var (db, who) = (call.Db, call.Who);
        if (await IsKnown(item.Id, call, cancel))
        {
            return;
        }

        var conversation = await Conversations.Find(item.From, call, cancel);
        var contact = await Contact(item, conversation, call, cancel);
        if (conversation is null)
        {
            conversation = Conversations.New(item.From, contact, call);
        }
        else
        {
            Conversations.Learn(conversation, item.From);
            conversation.ContactId ??= contact?.Id;
        }

        var message = new Message
        {
            OrganizationId = call.OrganizationId,
            ConversationId = conversation.Id,
            AccountId = call.Account.Id,
            ExternalId = item.Id,
            Direction = Direction.In,
            AuthorKind = AuthorKind.Guest,
            AuthorId = contact?.Id,
            Type = item.Type,
            ReplyTo = item.ReplyTo,
            Card = item.Card,
            Status = MessageStatus.Received,
            At = call.At,
            CreatedAt = db.Now,
        };
        message.Write(item.Text);
        db.Messages.Add(message);
        await ChangeMessage.ApplyEarly(message, call, cancel);
        await AddFiles(message, item.Attachments, db, cancel);
        conversation.Last(message);
        var wasClosed = conversation.State == ConversationState.Closed;
        conversation.GuestWrote(call.At);
        if (wasClosed && conversation.State == ConversationState.Open)
        {
            await OnDuty.Reopened(conversation, db, cancel);
        }

        conversation.LastAdAt = item.Referral is null || conversation.LastAdAt > call.At ? conversation.LastAdAt : call.At;
        conversation.Unreachable = false;
        conversation.Touched(db.Now);
        db.Happened(who, "message.received", "message", message.Id);
        db.TellOfMany(call.OrganizationId, "conversation");
        if (contact is not null && call.Account.Kind == AccountKind.WhatsApp)
        {
            await WrittenAddress.Read(contact, item.Text, who, db, cancel);
        }

        Conversations.Link(contact?.Id, call);
    }

    /// <summary>A message of our side that the provider tells us of: sent by staff's phone or another program, or by ourselves.</summary>
    public static async Task Echo(EchoItem item, Arrived call, CancellationToken cancel)
    {
        var db = call.Db;
        if (await IsKnown(item.Id, call, cancel) || await IsOurs(item, call, cancel))
        {
            return;
        }

        var conversation = await Conversations.Find(item.To, call, cancel);
        if (conversation is null)
        {
            // To whom staff write by the phone is a guest as well, known by the channel's id. No message of theirs: nobody waits.
            var contact = item.To.IsPerson
                ? (
                    await ResolveContact.ReceiveFromChannel(
                        call.GuestOf(item.To),
                        await Arrival(null, call, cancel),
                        isArrival: true,
                        call.Who,
                        db,
                        cancel,
                        call.Save.Guests
                    )
                ).Contact
                : null;
            conversation = Conversations.New(item.To, contact, call);
        }

        var message = new Message
        {
            OrganizationId = call.OrganizationId,
            ConversationId = conversation.Id,
            AccountId = call.Account.Id,
            ExternalId = item.Id,
            Direction = Direction.Out,
            AuthorKind = AuthorKind.PhoneApp,
            Type = item.Type,
            Status = MessageStatus.Sent,
            At = call.At,
            CreatedAt = db.Now,
        };
        message.Write(item.Text);
        db.Messages.Add(message);
        await ChangeMessage.ApplyEarly(message, call, cancel);
        await AddFiles(message, item.Attachments, db, cancel);
        conversation.Last(message);
        await Conversations.Answered(conversation, call.At, db, cancel);
        conversation.Touched(db.Now);
        db.TellOfMany(call.OrganizationId, "conversation");
        Conversations.Link(conversation.ContactId, call);
    }

    /// <summary>Whether the echo is of a message that we sent ourselves: it then gets the provider's id, and counts as sent.</summary>
    private static async Task<bool> IsOurs(EchoItem item, Arrived call, CancellationToken cancel)
    {
        var (ours, attempt) = await ReceiveStatus.ByOwnId(item.OwnId, call, cancel);
        if (ours is null)
        {
            return false;
        }

        ours.ExternalId ??= item.Id;
        await ReceiveStatus.Settle(ours, attempt, MessageStatus.Sent, call, cancel);
        return true;
    }

    private static async Task<Contact?> Contact(MessageItem item, Conversation? conversation, Arrived call, CancellationToken cancel)
    {
        if (!item.From.IsPerson)
        {
            return null;
        }

        var isArrival = conversation?.LastGuestAt is not { } last || item.Referral is not null || call.At - last > NewVisit;
        var (contact, _) = await ResolveContact.ReceiveFromChannel(
            call.GuestOf(item.From, item.OwnPhone),
            await Arrival(item.Referral, call, cancel),
            isArrival,
            call.Who,
            call.Db,
            cancel,
            call.Save.Guests
        );
        return contact;
    }

    internal static async Task<ResolveContact.Arrival> Arrival(Referral? referral, Arrived call, CancellationToken cancel)
    {
        var property = await call.Save.PropertyOf(call.Account, cancel);
        var source = call.Account.Kind switch
        {
            AccountKind.WhatsApp => Source.WhatsApp,
            AccountKind.Messenger => Source.Facebook,
            AccountKind.Instagram => Source.Instagram,
            _ => Source.Telegram,
        };
        return new(
            property,
            source,
            TouchKind.Message,
            new(null),
            Referral: referral is null ? null : JsonSerializer.Serialize(referral, JsonSerializerOptions.Web)
        );
    }

    internal static async Task<bool> IsKnown(string externalId, Arrived call, CancellationToken cancel)
    {
        if (await call.Save.IsKnown(call.Account.Id, externalId, cancel))
        {
            return true;
        }

        if (!await call.Save.HasForgotten(cancel))
        {
            return false;
        }

        var hash = ConversationFollower.HashOf(call.Account.Id, externalId);
        return await call.Db.ForgottenMessages.AnyAsync(m => m.OrganizationId == call.OrganizationId && m.Hash == hash, cancel);
    }

    /// <summary>Keeps what is known of the message's files, and has them fetched. What was taken back already is not.</summary>
    internal static async Task AddFiles(Message message, IReadOnlyList<Attachment>? attachments, BellhopDb db, CancellationToken cancel)
    {
        foreach (var (place, attachment) in (message.DeletedAt is null ? attachments ?? [] : []).Index())
        {
            var isFile = ProviderMedia.IsFile(attachment);
            var file = new MessageFile
            {
                OrganizationId = message.OrganizationId,
                MessageId = message.Id,
                Place = place,
                Kind = attachment.Kind,
                MediaId = attachment.MediaId,
                ProviderUrl = attachment.Url,
                FileName = FileNames.Clean(attachment.FileName),
                ContentType = attachment.ContentType,
                Bytes = attachment.Bytes,
                State =
                    !isFile ? MediaState.Link
                    : attachment.Bytes > ProviderMedia.Most ? MediaState.TooLarge
                    : MediaState.Waiting,
            };
            db.MessageFiles.Add(file);
            if (file.State == MediaState.Waiting)
            {
                await FetchMedia.Queue(file, db, cancel);
            }
        }
    }
}
