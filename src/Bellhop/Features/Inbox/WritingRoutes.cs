using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Inbox;

/// <summary>What staff begin to write, and the replies that they keep.</summary>
internal static class WritingRoutes
{
    public static void MapWriting(this RouteGroupBuilder api)
    {
        var draft = api.MapGroup("/conversations/{id}/draft").WithTags("Conversations");
        draft.MapGet("/", GetDraft.Run).WithName("GetDraft").WithSummary("What you have begun to write in a conversation");
        draft
            .MapPut("/", SaveDraft.Run)
            .WithName("SaveDraft")
            .Needs(Permission.ConversationsReply)
            .WithSummary("Keeps what you have begun to write");
        draft
            .MapDelete("/", DeleteDraft.Run)
            .WithName("DeleteDraft")
            .Needs(Permission.ConversationsReply)
            .WithSummary("Forgets what you have begun to write");

        var replies = api.MapGroup("/saved-replies").WithTags("Saved replies");
        replies
            .MapGet("/", ListSavedReplies.Run)
            .WithQuery(PageQuery.Names)
            .WithName("ListSavedReplies")
            .WithSummary("Your own saved replies and the shared ones, by name");
        replies
            .MapPost("/", AddSavedReply.Run)
            .WithName("AddSavedReply")
            .Needs(Permission.ConversationsReply)
            .WithSummary("Keeps a reply to use again; a shared one needs settings.manage");
        replies
            .MapPatch("/{id}", ChangeSavedReply.Run)
            .WithName("ChangeSavedReply")
            .Needs(Permission.ConversationsReply)
            .WithSummary("Changes a saved reply, by merge patch");
        replies
            .MapDelete("/{id}", DeleteSavedReply.Run)
            .WithName("DeleteSavedReply")
            .Needs(Permission.ConversationsReply)
            .WithSummary("Deletes a saved reply");
    }
}
