using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>Tries to send a message again that has failed, or of which nobody knows whether it came through.</summary>
public static class AddAttempt
{
    /// <param name="Confirm">For a message of unknown fate: yes, the guest may get it twice.</param>
    public sealed record Input(bool Confirm = false);

    /// <returns>The message, queued again.</returns>
    /// <exception cref="Refusal">404; 409 <c>not-failed</c> for a message that is under way or arrived, <c>confirm-needed</c> for one of
    /// unknown fate, or <c>not-connected</c>.</exception>
    public static async Task<Saved<MessageRow>> Run(Guid id, Input? input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsReply);
        return await db.Save(
            async () =>
            {
                var (message, conversation) = await MessageAttempts.ForChange(id, who, db, cancel);
                if (message.Status == MessageStatus.Unknown && input?.Confirm != true)
                {
                    throw Refusal.Conflict("confirm-needed", ErrorText.Of<InboxTexts>("ConfirmNeeded"));
                }

                if (message.Status is not (MessageStatus.Failed or MessageStatus.Unknown) || message.AuthorKind == AuthorKind.PhoneApp)
                {
                    throw Refusal.Conflict("not-failed", ErrorText.Of<InboxTexts>("NotFailed"));
                }

                await SendMessage.DemandConnected(conversation, db, cancel);
                (message.Status, message.ErrorCode, message.ErrorText, message.ExternalId) = (MessageStatus.Queued, null, null, null);
                await MessageAttempts.Add(message, conversation, db, cancel);
                await Conversations.Answered(conversation, db.Now, db, cancel);
                conversation.Touched(db.Now);
                db.Happened(who, "message.queued", "message", id);
                db.TellOfMany(who.OrganizationId, "conversation");
                return await MessageRow.Answer(id, conversation, who, db, cancel);
            },
            cancel
        );
    }
}
