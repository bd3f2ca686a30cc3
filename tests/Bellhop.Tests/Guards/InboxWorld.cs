using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Inbox;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Guards;

/// <summary>A connection, something that could not be read, and a conversation, for the matrix.</summary>
internal static class InboxWorld
{
    /// <param name="Kept">A message's, on disk.</param>
    /// <param name="Failed">A message's that could not be fetched.</param>
    /// <param name="Upload">One that is not sent yet.</param>
    public sealed record FilesMade(Guid Kept, Guid Failed, Guid Upload);

    public static async Task<(Guid Connection, Guid Parked, Guid Conversation, Guid Message, FilesMade Files)> Make(
        TestApp app,
        Guid property,
        Guid contact,
        Actor who,
        BellhopDb db
    )
    {
        var number = Guid.CreateVersion7().ToString("N");
        var connection = await AddConnection.Run(
            new("meta", "Front desk", property, new("app", "verify", "access"), [new("whatsApp", number, property)]),
            who,
            db,
            app.Services.GetRequiredService<ConnectionSecrets>(),
            app.Services.GetRequiredService<PublicAddress>(),
            default
        );
        var id = connection.Value.Id;
        return await db.Arrange(async () =>
        {
            var account = await db.ChannelAccounts.SingleAsync(a => a.OrganizationId == who.OrganizationId && a.ConnectionId == id);
            var conversation = new Conversation
            {
                OrganizationId = who.OrganizationId,
                AccountId = account.Id,
                Channel = AccountKind.WhatsApp,
                PropertyId = property,
                GuestId = number,
                ContactId = contact,
                LastAt = db.Now,
                LastGuestAt = db.Now,
                CreatedAt = db.Now,
                UpdatedAt = db.Now,
            };
            var parked = new ParkedItem
            {
                OrganizationId = who.OrganizationId,
                ConnectionId = id,
                Body = "{}"u8.ToArray(),
                Reason = "unknown-account",
                Summary = "whatsApp message",
                At = db.Now,
            };
            var unsure = new Message
            {
                OrganizationId = who.OrganizationId,
                ConversationId = conversation.Id,
                AccountId = account.Id,
                Direction = Direction.Out,
                AuthorKind = AuthorKind.Staff,
                Status = MessageStatus.Unknown,
                At = db.Now,
                CreatedAt = db.Now,
            };
            var kept = FileOf(unsure, MediaState.Kept);
            var failed = FileOf(unsure, MediaState.Failed);
            var upload = new Upload
            {
                OrganizationId = who.OrganizationId,
                ConversationId = conversation.Id,
                UploaderId = who.Id,
                Type = MessageType.Document,
                FileName = "map.pdf",
                ContentType = "application/pdf",
                CreatedAt = db.Now,
            };
            db.AddRange(conversation, parked, unsure, kept, failed, upload);
            var folder = app.Services.GetRequiredService<MediaFolder>();
            var aside = folder.Aside();
            aside.Dispose();
            folder.Keep(aside.Name, who.OrganizationId, kept.Id);
            return (id, parked.Id, conversation.Id, unsure.Id, new FilesMade(kept.Id, failed.Id, upload.Id));
        });
    }

    private static MessageFile FileOf(Message message, MediaState state) =>
        new()
        {
            OrganizationId = message.OrganizationId,
            MessageId = message.Id,
            Kind = "document",
            FileName = "map.pdf",
            State = state,
        };
}
