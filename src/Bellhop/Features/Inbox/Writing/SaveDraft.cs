using System.Text.Json;
using System.Text.Json.Serialization;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>A draft as it is shown; all empty where there is none.</summary>
/// <param name="AttachmentIds">Files that the caller has uploaded for the conversation.</param>
/// <param name="ReplyTo">The message that it answers: our id or the provider's.</param>
public sealed record DraftRow(string? Text, IReadOnlyList<Guid> AttachmentIds, string? ReplyTo)
{
    /// <summary>The files, as a page shows them.</summary>
    [JsonIgnore]
    public IReadOnlyList<MessageRow.File> Files { get; init; } = [];

    internal static DraftRow Of(Draft? draft) =>
        draft is null
            ? new(null, [], null)
            : new(draft.Text, draft.Files is null ? [] : JsonSerializer.Deserialize<List<Guid>>(draft.Files)!, draft.ReplyTo);
}

/// <summary>What the caller has begun to write in a conversation.</summary>
public static class GetDraft
{
    /// <exception cref="Refusal">404 for a conversation that the actor does not see.</exception>
    public static async Task<DraftRow> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsReply);
        await ConversationSeenBy.Demand(id, who, db, cancel);
        var draft = DraftRow.Of(await db.Drafts.FindAsync([who.OrganizationId, id, who.Id], cancel));
        if (draft.AttachmentIds.Count == 0)
        {
            return draft;
        }

        // Files wait a day to be sent; a draft waits longer.
        var files = await db
            .Uploads.AsNoTracking()
            .Where(u => u.OrganizationId == who.OrganizationId && u.UploaderId == who.Id && draft.AttachmentIds.Contains(u.Id))
            .ToListAsync(cancel);
        var left = draft.AttachmentIds.Where(f => files.Exists(u => u.Id == f)).ToList();
        return draft with { AttachmentIds = left, Files = [.. left.Select(f => MessageRow.Shown(files.Find(u => u.Id == f)!))] };
    }
}

/// <summary>Keeps what the caller has begun to write. Colleagues see that somebody writes, and not what.</summary>
public static class SaveDraft
{
    /// <param name="Text">At most 20,000 characters; line breaks are allowed.</param>
    /// <param name="AttachmentIds">Files that the caller has uploaded for this conversation.</param>
    /// <param name="ReplyTo">The message that it answers.</param>
    public sealed record Input(string? Text = null, IReadOnlyList<Guid>? AttachmentIds = null, string? ReplyTo = null);

    /// <exception cref="Refusal">404 for a conversation or file that the actor does not see; 400 listing every field at fault.</exception>
    public static async Task<Saved<DraftRow>> Run(Guid id, Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsReply);
        var errors = new ValidationErrors();
        var text = errors.Text("text", input.Text, Draft.TextMax, multiline: true);
        var replyTo = errors.Text("replyTo", input.ReplyTo, ChannelItem.IdMax);
        List<Guid> files = [.. (input.AttachmentIds ?? []).Distinct()];
        if (files.Count > SendMessage.FilesMost)
        {
            errors.Add("attachmentIds", ErrorText.Of<InboxTexts>("TooManyFiles", SendMessage.FilesMost));
        }

        errors.Refuse();
        return await db.Save(
            async () =>
            {
                await ConversationSeenBy.Demand(id, who, db, cancel);
                foreach (var file in files)
                {
                    var upload = await db.Uploads.FindAsync([who.OrganizationId, file], cancel);
                    if (upload is null || upload.UploaderId != who.Id || upload.ConversationId != id)
                    {
                        throw Refusal.NotThere("attachment", file);
                    }
                }

                var draft = await db.Drafts.FindAsync([who.OrganizationId, id, who.Id], cancel);
                if (draft is null)
                {
                    draft = new()
                    {
                        OrganizationId = who.OrganizationId,
                        ConversationId = id,
                        PersonId = who.Id,
                    };
                    db.Drafts.Add(draft);
                }

                (draft.Text, draft.ReplyTo) = (text, replyTo);
                draft.Files = files.Count == 0 ? null : JsonSerializer.Serialize(files);
                draft.UpdatedAt = db.Now;
                await NotePresence.Mark(id, isWriting: text is not null || files.Count > 0, who, db, cancel);
                return new Saved<DraftRow>(DraftRow.Of(draft), draft.UpdatedAt);
            },
            cancel
        );
    }
}

/// <summary>Forgets what the caller has begun to write.</summary>
public static class DeleteDraft
{
    /// <exception cref="Refusal">404 for a conversation that the actor does not see.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsReply);
        await db.Save(
            async () =>
            {
                await ConversationSeenBy.Demand(id, who, db, cancel);
                await Forget(id, who, db, cancel);
            },
            cancel
        );
    }

    /// <summary>Inside the save that sends it: what was sent is no draft any more.</summary>
    internal static async Task Forget(Guid conversationId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (await db.Drafts.FindAsync([who.OrganizationId, conversationId, who.Id], cancel) is { } draft)
        {
            db.Drafts.Remove(draft);
            await NotePresence.Mark(conversationId, isWriting: false, who, db, cancel);
        }
    }
}
