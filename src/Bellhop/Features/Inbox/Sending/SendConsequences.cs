using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>What else follows when a message is refused for good: of the guest, of their consent, of the template.</summary>
internal static class SendConsequences
{
    public static async Task Draw(Message message, Conversation conversation, int? code, BellhopDb db, CancellationToken cancel)
    {
        switch (code)
        {
            case SendError.Blocked:
                conversation.Unreachable = true;
                break;
            case 131026:
                // Once may be an old app; twice is somebody who is not there.
                conversation.Unreachable |= await db.Messages.AnyAsync(
                    m =>
                        m.OrganizationId == message.OrganizationId
                        && m.ConversationId == message.ConversationId
                        && m.Id != message.Id
                        && m.ErrorCode == 131026,
                    cancel
                );
                break;
            case 131050 when conversation.ContactId is { } contactId:
                await MarketingWish.Keep(contactId, wants: false, db.Now, Actor.System(conversation.OrganizationId), db, cancel);
                break;
            case 132015 or 132016 when message.Card is { } card:
                var said = JsonSerializer.Deserialize<SendMessage.TemplateInput>(card, JsonSerializerOptions.Web)!;
                foreach (
                    var template in await db
                        .MessageTemplates.Where(t => t.OrganizationId == conversation.OrganizationId)
                        .Where(t => t.Name == said.Name && t.Language == said.Language)
                        .ToListAsync(cancel)
                )
                {
                    template.Status = code == 132015 ? "PAUSED" : "DISABLED";
                }

                break;
        }
    }
}
