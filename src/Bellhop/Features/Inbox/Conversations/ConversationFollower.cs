using System.Security.Cryptography;
using System.Text;
using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>Deletes a guest's conversations with the guest. Of their messages only salted hashes of the ids stay.</summary>
internal sealed class ConversationFollower : Follower
{
    public override IReadOnlyList<Type> Tables { get; } = [typeof(Conversation)];

    /// <summary>The account's random id is the salt: a hash tells nothing to whoever does not have it.</summary>
    public static byte[] HashOf(Guid accountId, string externalId) =>
        SHA256.HashData([.. accountId.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(externalId)]);

    public override Task<bool> HasMoreThanImport(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel) =>
        db.Conversations.AnyAsync(c => c.OrganizationId == organizationId && c.ContactId == contactId, cancel);

    public override async Task ContactDeleted(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel)
    {
        var conversations = await db
            .Conversations.Where(c => c.OrganizationId == organizationId && c.ContactId == contactId)
            .ToListAsync(cancel);
        foreach (var conversation in conversations)
        {
            await DeleteMedia.Of(conversation, db, cancel);
            var messages = await db
                .Messages.Where(m => m.OrganizationId == organizationId && m.ConversationId == conversation.Id)
                .ToListAsync(cancel);
            foreach (var id in messages.Select(m => m.ExternalId).OfType<string>())
            {
                db.ForgottenMessages.Add(new() { OrganizationId = organizationId, Hash = HashOf(conversation.AccountId, id) });
            }

            db.RemoveRange(messages);
            db.RemoveRange(
                await db
                    .ConversationNotes.Where(n => n.OrganizationId == organizationId && n.ConversationId == conversation.Id)
                    .ToListAsync(cancel)
            );
        }

        db.RemoveRange(conversations);
    }
}
