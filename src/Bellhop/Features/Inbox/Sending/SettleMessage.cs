using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>Says what became of a message of unknown fate, after staff have looked for themselves.</summary>
public static class SettleMessage
{
    /// <param name="As"><c>sent</c> or <c>failed</c>.</param>
    public sealed record Input(string As);

    /// <exception cref="Refusal">404; 400; 409 <c>not-unknown</c> for a message whose fate is known.</exception>
    public static async Task<Saved<MessageRow>> Run(Guid id, Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsReply);
        return await db.Save(
            async () =>
            {
                var (message, conversation) = await MessageAttempts.ForChange(id, who, db, cancel);
                var status = input.As switch
                {
                    "sent" => MessageStatus.Sent,
                    "failed" => MessageStatus.Failed,
                    _ => MessageStatus.Unknown,
                };
                if (status == MessageStatus.Unknown)
                {
                    var errors = new ValidationErrors();
                    errors.Add("as", "OneOf", "sent, failed");
                    errors.Refuse();
                }

                if (message.Status != MessageStatus.Unknown)
                {
                    throw Refusal.Conflict("not-unknown", ErrorText.Of<InboxTexts>("NotUnknown"));
                }

                var attempts = await db
                    .MessageAttempts.Where(a => a.OrganizationId == who.OrganizationId && a.MessageId == id)
                    .Where(a => a.State == AttemptState.Unknown)
                    .OrderByDescending(a => a.CreatedAt)
                    .ToListAsync(cancel);
                foreach (var attempt in attempts)
                {
                    attempt.End(status == MessageStatus.Sent ? AttemptState.Sent : AttemptState.Failed, db.Now);
                }

                message.Status = status;
                if (status == MessageStatus.Failed && attempts.Count > 0)
                {
                    Conversations.WaitsAgain(conversation, attempts[0]);
                }

                conversation.Touched(db.Now);
                db.Happened(who, "message.settled", "message", id);
                db.TellOfMany(who.OrganizationId, "conversation");
                return await MessageRow.Answer(id, conversation, who, db, cancel);
            },
            cancel
        );
    }
}
