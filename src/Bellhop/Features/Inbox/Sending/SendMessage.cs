using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>
/// Answers a guest. The message is queued in this save and sent right afterwards, by the account's outbox. Whoever the guest waited for has
/// answered from now on; if the message fails, the guest waits again.
/// </summary>
public static class SendMessage
{
    /// <param name="Text">What to say; beside files it goes with the first of them where the channel can do so. Line breaks are
    /// allowed.</param>
    /// <param name="AttachmentIds">Files that the caller has uploaded for this conversation. Each goes as a message of its own.</param>
    /// <param name="Template">Instead of text and files: a WhatsApp template.</param>
    /// <param name="ReplyTo">The message to quote: its id, or the provider's.</param>
    /// <param name="LastSeenId">The last message or note that the writer has seen. Where a guest or colleague wrote after it, nothing is
    /// sent.</param>
    public sealed record Input(
        string? Text = null,
        IReadOnlyList<Guid>? AttachmentIds = null,
        TemplateInput? Template = null,
        string? ReplyTo = null,
        Guid? LastSeenId = null
    );

    /// <param name="Name">The template's name at the provider.</param>
    /// <param name="Language">Its language, such as <c>en_US</c>.</param>
    /// <param name="Parameters">What stands in its blanks, by their numbers or names: <c>{"1": "Ana"}</c>. Those of the heading begin with
    /// <c>header.</c>, those of a button's link are <c>button.0</c>.</param>
    public sealed record TemplateInput(string Name, string Language, IReadOnlyDictionary<string, string>? Parameters = null);

    /// <summary>So many files go at once.</summary>
    public const int FilesMost = 10;

    /// <returns>The message, queued. Several files are several messages, and this is the first.</returns>
    /// <exception cref="Refusal">404 for a conversation, attachment or quoted message that the actor does not see; 400 listing every field
    /// at fault; 409 <c>window-closed</c> with what is <c>possible</c>, <c>answered-meanwhile</c> with <c>lastId</c>, or
    /// <c>not-connected</c> where nothing can be sent from the account.</exception>
    public static async Task<Saved<MessageRow>> Run(Guid id, Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsReply);
        return await db.Save(
            async () =>
            {
                var conversation = await ConversationSeenBy.ForChange(id, who, db, cancel);
                var draft = await OutgoingDraft.Read(input, conversation, who, db, cancel);
                await DemandConnected(conversation, db, cancel);
                DemandWindow(conversation, draft, db.Now);
                await DemandLast(input.LastSeenId, conversation, who, db, cancel);
                var messages = await Queue(draft, conversation, who, db, cancel);
                return await MessageRow.Answer(messages[0].Id, conversation, who, db, cancel);
            },
            cancel
        );
    }

    private static async Task<List<Message>> Queue(
        OutgoingDraft draft,
        Conversation conversation,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var messages = new List<Message>();
        var at = db.Now;
        foreach (var part in draft.Parts)
        {
            var message = new Message
            {
                OrganizationId = conversation.OrganizationId,
                ConversationId = conversation.Id,
                AccountId = conversation.AccountId,
                Direction = Direction.Out,
                AuthorKind = AuthorKind.Staff,
                AuthorId = who.Id,
                AuthorName = who.Name,
                Type = part.Type,
                ReplyTo = messages.Count == 0 ? draft.ReplyTo : null,
                Card = part.Template is null ? null : JsonSerializer.Serialize(part.Template, JsonSerializerOptions.Web),
                Status = MessageStatus.Queued,
                At = at,
                CreatedAt = db.Now,
            };
            message.Write(part.Text);
            db.Messages.Add(message);
            if (part.File is { } file)
            {
                db.MessageFiles.Add(file.SentWith(message));
                db.Uploads.Remove(file);
            }

            await MessageAttempts.Add(message, conversation, db, cancel);
            conversation.Last(message);
            await Conversations.Answered(conversation, message.At, db, cancel);
            messages.Add(message);
            at = at.AddMilliseconds(1); // they are shown and sent in this order
        }

        await DeleteDraft.Forget(conversation.Id, who, db, cancel);
        conversation.HandledBy = Handler.Staff;
        conversation.Touched(db.Now);
        db.Happened(who, "message.queued", "message", messages[0].Id);
        db.TellOfMany(conversation.OrganizationId, "conversation");
        return messages;
    }

    /// <exception cref="Refusal">409.</exception>
    internal static async Task DemandConnected(Conversation conversation, BellhopDb db, CancellationToken cancel)
    {
        var isConnected = await db.ChannelAccounts.AnyAsync(
            a =>
                a.OrganizationId == conversation.OrganizationId
                && a.Id == conversation.AccountId
                && a.RemovedAt == null
                && db.Connections.Any(c => c.OrganizationId == a.OrganizationId && c.Id == a.ConnectionId && c.DeletedAt == null),
            cancel
        );
        if (!isConnected)
        {
            throw Refusal.Conflict("not-connected", ErrorText.Of<InboxTexts>("NotConnected"));
        }
    }

    // Our clock only spares the guest's staff a refusal that is certain; the provider decides.
    private static void DemandWindow(Conversation conversation, OutgoingDraft draft, DateTime now)
    {
        if (!draft.IsTemplate && WindowOf(conversation, now)?.Kind == "closed")
        {
            var isWhatsApp = conversation.Channel == AccountKind.WhatsApp;
            throw Refusal.Conflict(
                "window-closed",
                ErrorText.Of<InboxTexts>(isWhatsApp ? "WindowClosedTemplate" : "WindowClosed"),
                ("possible", isWhatsApp ? new[] { "template" } : [])
            );
        }
    }

    internal static ConversationRow.AnswerWindow? WindowOf(Conversation conversation, DateTime now) =>
        ConversationRow.WindowOf(conversation.Channel, conversation.LastGuestAt, conversation.LastAdAt, conversation.CreatedAt, now);

    private static async Task DemandLast(Guid? lastSeenId, Conversation conversation, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (lastSeenId is not { } seenId)
        {
            return;
        }

        var mine = db.Messages.Where(m => m.OrganizationId == conversation.OrganizationId && m.ConversationId == conversation.Id);
        var seenAt =
            await mine.Where(m => m.Id == seenId).Select(m => (DateTime?)m.At).SingleOrDefaultAsync(cancel)
            ?? await db
                .ConversationNotes.Where(n => n.OrganizationId == conversation.OrganizationId)
                .Where(n => n.ConversationId == conversation.Id && n.Id == seenId)
                .Select(n => (DateTime?)n.At)
                .SingleOrDefaultAsync(cancel)
            ?? throw Refusal.NotThere("message", seenId);
        var later = await mine.Where(m => m.At >= seenAt && m.Id != seenId)
            .Where(m => m.Direction == Direction.In || m.AuthorId != who.Id)
            .OrderByDescending(m => m.At)
            .ThenByDescending(m => m.Id)
            .Select(m => new
            {
                m.Id,
                m.At,
                m.Direction,
                m.AuthorName,
            })
            .ToListAsync(cancel);
        var missed = later.Find(m => (m.At, m.Id).CompareTo((seenAt, seenId)) > 0);
        if (missed is not null)
        {
            throw Refusal.Conflict(
                "answered-meanwhile",
                missed.Direction == Direction.In || missed.AuthorName is null
                    ? ErrorText.Of<InboxTexts>("WroteMeanwhile")
                    : ErrorText.Of<InboxTexts>("AnsweredMeanwhile", missed.AuthorName),
                ("lastId", missed.Id)
            );
        }
    }
}
