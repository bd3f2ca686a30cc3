using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>Has a file fetched again from its provider, after that has failed.</summary>
public static class FetchAgain
{
    /// <returns>The file, which is being fetched.</returns>
    /// <exception cref="Refusal">404 for a file of a conversation that the actor does not see; 409 <c>not-failed</c> for one that is here,
    /// on its way, or no longer there to be fetched.</exception>
    public static async Task<Answered<MessageRow.File>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsReply);
        return await db.Save(
            async () =>
            {
                var file =
                    await MediaSeenBy.Files(who, db).SingleOrDefaultAsync(f => f.Id == id, cancel)
                    ?? throw Refusal.NotThere("attachment", id);
                if (file.State != MediaState.Failed)
                {
                    throw Refusal.Conflict("not-failed", ErrorText.Of<InboxTexts>("FileNotFailed"));
                }

                file.State = MediaState.Waiting;
                await FetchMedia.Queue(file, db, cancel);
                db.TellOfMany(who.OrganizationId, "conversation");
                return new Answered<MessageRow.File>(MessageRow.Shown(file), StatusCodes.Status202Accepted);
            },
            cancel
        );
    }
}

/// <summary>Which files an actor sees: those of messages in conversations that the actor sees.</summary>
internal static class MediaSeenBy
{
    public static IQueryable<MessageFile> Files(Actor who, BellhopDb db) =>
        db.MessageFiles.Where(f =>
            f.OrganizationId == who.OrganizationId
            && db.Messages.Any(m =>
                m.OrganizationId == f.OrganizationId
                && m.Id == f.MessageId
                && db.Conversations.VisibleTo(who).Any(c => c.Id == m.ConversationId)
            )
        );
}
