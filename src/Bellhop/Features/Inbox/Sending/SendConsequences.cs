using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>
/// What else follows when a message is refused for good, at once or by a status later: of the guest, of their consent, of the template, of
/// the account.
/// </summary>
internal static class SendConsequences
{
    /// <param name="at">When the provider said so.</param>
    public static async Task Draw(
        Message message,
        Conversation conversation,
        int? code,
        DateTime at,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        switch (code)
        {
            case SendError.Blocked when conversation.Channel == AccountKind.Telegram: // anywhere else it is somebody in between
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
                await MarketingWish.Keep(contactId, wants: false, at, Actor.System(conversation.OrganizationId), db, cancel);
                break;
            case 131053:
                // Another try uploads the file once more.
                foreach (var file in await FilesOf(message, db).ToListAsync(cancel))
                {
                    file.MediaId = null;
                }

                break;
            case 132001 or 132007 when message.Card is not null:
                // What we know of the template is no longer so.
                var connectionId = (await AccountOf(message, db, cancel)).ConnectionId;
                await RefreshTemplatesJob.Queue(message.OrganizationId, connectionId, db, cancel);
                break;
            case 132015 or 132016 when message.Card is { } card:
                await Stop(card, code == 132015 ? "PAUSED" : "DISABLED", await AccountOf(message, db, cancel), db, cancel);
                break;
            case { } held when SendError.Of(held).Action == SendAction.Hold:
                await Hold(message, held, at + SendOutcomes.Hold, db, cancel);
                break;
        }
    }

    private static IQueryable<MessageFile> FilesOf(Message message, BellhopDb db) =>
        db.MessageFiles.Where(f => f.OrganizationId == message.OrganizationId && f.MessageId == message.Id);

    private static Task<ChannelAccount> AccountOf(Message message, BellhopDb db, CancellationToken cancel) =>
        db.ChannelAccounts.SingleAsync(a => a.OrganizationId == message.OrganizationId && a.Id == message.AccountId, cancel);

    /// <summary>The template of this business account: another one's of the same name goes on.</summary>
    private static async Task Stop(string card, string status, ChannelAccount account, BellhopDb db, CancellationToken cancel)
    {
        var said = JsonSerializer.Deserialize<SendMessage.TemplateInput>(card, JsonSerializerOptions.Web)!;
        var template = await db.MessageTemplates.SingleOrDefaultAsync(
            t =>
                t.OrganizationId == account.OrganizationId
                && t.ConnectionId == account.ConnectionId
                && t.WabaId == account.WabaId
                && t.Name == said.Name
                && t.Language == said.Language,
            cancel
        );
        if (template is not null)
        {
            template.Status = status;
        }
    }

    /// <summary>The message is lost, and what waits behind it is not to be: the account waits until somebody has mended it.</summary>
    private static async Task Hold(Message message, int code, DateTime until, BellhopDb db, CancellationToken cancel)
    {
        var outbox = await db.AccountOutboxes.FindAsync([message.OrganizationId, message.AccountId], cancel);
        if (outbox is null || until <= db.Now)
        {
            return; // told so late that it may be mended long since
        }

        (outbox.HoldUntil, outbox.HoldCode) = (until > outbox.HoldUntil ? until : outbox.HoldUntil ?? until, code);
        await SendOutcomes.Look(message.OrganizationId, message.AccountId, db, cancel);
    }
}
