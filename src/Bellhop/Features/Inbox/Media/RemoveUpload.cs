using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>Takes back a file of one's own that is not sent yet.</summary>
public static class RemoveUpload
{
    /// <exception cref="Refusal">404 for a file that is sent, or somebody else's.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsReply);
        await db.Save(
            async () =>
            {
                var upload =
                    await db
                        .Uploads.Where(u => u.OrganizationId == who.OrganizationId && u.Id == id && u.UploaderId == who.Id)
                        .Where(u => db.Conversations.VisibleTo(who).Any(c => c.Id == u.ConversationId))
                        .SingleOrDefaultAsync(cancel)
                    ?? throw Refusal.NotThere("attachment", id);
                await DeleteMedia.Of(upload, db, cancel);
            },
            cancel
        );
    }
}
