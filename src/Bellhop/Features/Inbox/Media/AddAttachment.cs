using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>
/// Takes a file that is to be sent to a guest: multipart with <c>file</c> and <c>conversationId</c>. It is the uploader's own until it is
/// sent, and is gone after a day.
/// </summary>
public static class AddAttachment
{
    /// <summary>So many files of one person may wait to be sent.</summary>
    private const int MostWaiting = 100;

    private const int TryAgain = 600;
    private const string UsualName = "file";

    /// <exception cref="Refusal">404 for a conversation that the actor does not see; 400 for a file that is empty and for fields at fault;
    /// 413 <c>too-large</c> over the channel's limit for files of its type, with <c>most</c> bytes; 429.</exception>
    public static async Task<Saved<MessageRow.File>> Run(
        StreamedUpload upload,
        Actor who,
        BellhopDb db,
        MediaFolder folder,
        KeepMedia keep,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ConversationsReply);
        await DemandRoom(who, db, cancel);
        string? aside = null;
        try
        {
            var received = await upload.Read(Create, ["conversationId"], cancel);
            var conversation = await ConversationOf(received, who, db, cancel);
            return await Take(received, aside!, conversation, who, db, folder, keep, cancel);
        }
        finally
        {
            if (aside is not null)
            {
                File.Delete(aside);
            }
        }

        FileStream Create()
        {
            var file = folder.Aside();
            aside = file.Name;
            return file;
        }
    }

    /// <exception cref="Refusal">429.</exception>
    private static async Task DemandRoom(Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (await db.Uploads.CountAsync(u => u.OrganizationId == who.OrganizationId && u.UploaderId == who.Id, cancel) >= MostWaiting)
        {
            throw Refusal.TooMany(TryAgain);
        }
    }

    private static async Task<Conversation> ConversationOf(
        StreamedUpload.Received received,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var errors = new ValidationErrors();
        var named = received.Fields.GetValueOrDefault("conversationId");
        if (string.IsNullOrWhiteSpace(named))
        {
            errors.Add("conversationId", "Required");
        }

        if (received.Bytes == 0)
        {
            errors.Add("file", ErrorText.Of<InboxTexts>("EmptyFile"));
        }

        errors.Refuse();
        var id = Guid.TryParseExact(named, "D", out var known) ? known : Guid.Empty; // a text that is no id is an unknown one
        return await db.Conversations.VisibleTo(who).AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel)
            ?? throw Refusal.NotThere("conversation", id);
    }

    private static async Task<Saved<MessageRow.File>> Take(
        StreamedUpload.Received received,
        string aside,
        Conversation conversation,
        Actor who,
        BellhopDb db,
        MediaFolder folder,
        KeepMedia keep,
        CancellationToken cancel
    )
    {
        var type = MediaContent.SentAs(await KeepMedia.TypeOf(aside, cancel), conversation.Channel);
        var most = SendLimits.Of(conversation.Channel).Of(type);
        if (received.Bytes > most)
        {
            throw TooLarge(most);
        }

        var id = Guid.CreateVersion7();
        var kept = await keep.Run(aside, who.OrganizationId, id, cancel);
        try
        {
            return await Add(
                new()
                {
                    OrganizationId = who.OrganizationId,
                    Id = id,
                    ConversationId = conversation.Id,
                    UploaderId = who.Id,
                    Type = type,
                    FileName = FileNames.Clean(received.FileName) ?? UsualName,
                    ContentType = kept.ContentType,
                    Bytes = kept.Bytes,
                    HasPreview = kept.HasPreview,
                    CreatedAt = db.Now,
                },
                who,
                db,
                cancel
            );
        }
        catch
        {
            folder.Delete(who.OrganizationId, id);
            throw;
        }
    }

    private static Task<Saved<MessageRow.File>> Add(Upload upload, Actor who, BellhopDb db, CancellationToken cancel) =>
        db.Save(
            async () =>
            {
                await ConversationSeenBy.Demand(upload.ConversationId, who, db, cancel); // its guest may have been deleted meanwhile
                db.Uploads.Add(upload);
                return new Saved<MessageRow.File>(MessageRow.Shown(upload), upload.CreatedAt, $"/attachments/{upload.Id}");
            },
            cancel
        );

    private static Refusal TooLarge(int most) =>
        Refusal.Of(StatusCodes.Status413PayloadTooLarge, "too-large", ErrorText.Of<InboxTexts>("FileTooLarge", most / 1024 / 1024));
}
