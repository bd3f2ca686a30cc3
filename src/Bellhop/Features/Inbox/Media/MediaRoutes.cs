using Bellhop.Features.Channels;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Inbox;

/// <summary>The files of conversations.</summary>
internal static class MediaRoutes
{
    public static void MapAttachments(this RouteGroupBuilder api)
    {
        var attachments = api.MapGroup("/attachments").WithTags("Conversations");
        attachments
            .MapPost("/", AddAttachment.Run)
            .WithBodyLimit(ProviderMedia.Most + (1024 * 1024))
            .WithFile("conversationId!")
            .WithName("AddAttachment")
            .Needs(Permission.ConversationsReply)
            .WithSummary("Takes a file to send (multipart): yours alone until it is sent, gone after a day");
        attachments
            .MapGet("/{id}", GetAttachment.Run)
            .WithQuery(GetAttachment.Query.Parameters)
            .WithName("GetAttachment")
            .WithSummary("A file of a conversation as a download, or a small picture of it")
            .WithMetadata(new AnyFile());
        attachments
            .MapDelete("/{id}", RemoveUpload.Run)
            .WithName("RemoveAttachment")
            .Needs(Permission.ConversationsReply)
            .WithSummary("Takes back a file of yours that is not sent yet");
        attachments
            .MapPost("/{id}/fetches", FetchAgain.Run)
            .WithName("FetchAttachment")
            .Needs(Permission.ConversationsReply)
            .WithSummary("Fetches a file again from its provider, after that has failed");
    }
}
