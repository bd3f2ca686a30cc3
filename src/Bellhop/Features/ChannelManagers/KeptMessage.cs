using System.Security.Cryptography;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.ChannelManagers;

/// <summary>A channel manager's message as it is kept, without payment cards, until one of the guests that it names is deleted.</summary>
internal static class KeptMessage
{
    /// <summary>The kept message: the same content again is the same message.</summary>
    public static async Task<Hook> Of(Connection connection, SentMessage message, BellhopDb db, CancellationToken cancel)
    {
        var digest = SHA256.HashData(message.Bytes);
        var known = await db.Hooks.SingleOrDefaultAsync(
            h => h.OrganizationId == connection.OrganizationId && h.ConnectionId == connection.Id && h.Digest == digest,
            cancel
        );
        return known
            ?? db.Hooks.Add(
                new()
                {
                    OrganizationId = connection.OrganizationId,
                    ConnectionId = connection.Id,
                    Digest = digest,
                    Body = message.Bytes,
                    ReceivedAt = db.Now,
                }
            ).Entity;
    }

    /// <summary>Says which guests the message names, so that its bytes go with any of them.</summary>
    public static async Task Link(Hook hook, ReservationSave reading, BellhopDb db, CancellationToken cancel)
    {
        if (reading.NamesDeleted)
        {
            hook.Body = []; // a deleted guest's data does not come back by a repeated message
            return;
        }

        var linked =
            db.Entry(hook).State == EntityState.Added
                ? []
                : await db
                    .HookContacts.Where(c => c.OrganizationId == hook.OrganizationId && c.HookId == hook.Id)
                    .Select(c => c.ContactId)
                    .ToListAsync(cancel);
        foreach (var contact in reading.Contacts.Except(linked))
        {
            db.HookContacts.Add(
                new()
                {
                    OrganizationId = hook.OrganizationId,
                    HookId = hook.Id,
                    ContactId = contact,
                }
            );
        }
    }
}
