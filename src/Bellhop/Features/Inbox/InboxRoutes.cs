using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Inbox;

public static class InboxRoutes
{
    public static void AddInbox(this WebApplicationBuilder builder) =>
        builder
            .Services.AddSingleton<MediaFolder>()
            .AddSingleton<Previews>()
            .AddSingleton<KeepMedia>()
            .AddSingleton<FetchMedia>()
            .AddSingleton<DeleteMedia>()
            .AddSingleton<OutboxCalls>()
            .AddSingleton<Outbox>()
            .AddHostedService(s => s.GetRequiredService<Outbox>());

    internal static void MapInbox(this RouteGroupBuilder api)
    {
        api.MapGet("/contacts/{id}/conversations", ListContactConversations.Run)
            .WithTags("Conversations")
            .WithQuery(PageQuery.Names)
            .WithName("ListContactConversations")
            .WithSummary("A guest's conversations, newest first");
        var conversations = api.MapGroup("/conversations").WithTags("Conversations");
        conversations
            .MapGet("/", ListConversations.Run)
            .WithQuery(ListConversations.Query.Parameters)
            .WithName("ListConversations")
            .WithSummary("The shared inbox: who waits longest first");
        conversations.MapGet("/{id}", GetConversation.Run).WithName("GetConversation").WithSummary("One conversation");
        conversations
            .MapPatch("/{id}", ChangeConversation.Run)
            .WithName("ChangeConversation")
            .Needs(Permission.ConversationsReply)
            .WithSummary("Changes state, assignee or handler, or says that no answer is needed, by merge patch");
        conversations
            .MapGet("/{id}/messages", ListMessages.Run)
            .WithQuery(PageQuery.Names)
            .WithName("ListMessages")
            .WithSummary("Messages and staff's notes, newest first");
        conversations
            .MapPost("/{id}/messages", SendMessage.Run)
            .WithName("SendMessage")
            .Needs(Permission.ConversationsReply)
            .WithSummary("Answers the guest: text, files or a template; the message is queued and sent at once");
        conversations
            .MapPost("/{id}/notes", AddConversationNote.Run)
            .WithName("AddConversationNote")
            .Needs(Permission.ConversationsReply)
            .WithSummary("A note of staff in a conversation; the guest never gets it");
        conversations.MapPut("/{id}/seen", SeeConversation.Run).WithName("SeeConversation").WithSummary("You have seen it up to now");
        conversations
            .MapPut("/{id}/block", BlockConversation.Run)
            .WithName("BlockConversation")
            .Needs(Permission.ConversationsReply)
            .WithSummary("Blocks the guest: kept, and out of who waits");
        conversations
            .MapDelete("/{id}/block", UnblockConversation.Run)
            .WithName("UnblockConversation")
            .Needs(Permission.ConversationsReply)
            .WithSummary("Unblocks the guest");
        api.MapAttachments();
        var messages = api.MapGroup("/messages").WithTags("Conversations");
        messages
            .MapPost("/{id}/attempts", AddAttempt.Run)
            .WithName("AddAttempt")
            .Needs(Permission.ConversationsReply)
            .WithSummary("Tries a failed message again, or, if you confirm it, one of unknown fate");
        messages
            .MapPost("/{id}/settlements", SettleMessage.Run)
            .WithName("SettleMessage")
            .Needs(Permission.ConversationsReply)
            .WithSummary("Says whether a message of unknown fate was sent or failed");
    }
}
