using System.Globalization;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>
/// Fetches a file of a message from its provider, at once: ids and addresses expire. What goes wrong in passing is tried again with growing
/// pauses; after that it is for staff to have it tried again.
/// </summary>
public sealed class FetchMedia(ConnectionSecrets secrets, ProviderMedia provider, MediaFolder folder, KeepMedia keep)
{
    /// <summary>The name of the job; its argument is the file and how often it was tried.</summary>
    public const string Kind = "fetchMedia";

    // WhatsApp stops answering for half an hour after twenty failures in an hour.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromHours(1),
    ];

    public JobHandler Handler =>
        new(
            Kind,
            (job, who, db, cancel) =>
                job.Argument.Split('/') is [var id, var tries]
                    ? Run(Guid.Parse(id), int.Parse(tries, CultureInfo.InvariantCulture), who, db, cancel)
                    : Task.CompletedTask
        );

    /// <summary>Has a file fetched, in the caller's save.</summary>
    internal static Task Queue(MessageFile file, BellhopDb db, CancellationToken cancel, int tries = 0) =>
        db.Queue(
            Actor.System(file.OrganizationId),
            Kind,
            string.Create(CultureInfo.InvariantCulture, $"{file.Id}/{tries}"),
            runAt: tries == 0 ? null : db.Now + Pauses[tries - 1],
            cancel: cancel
        );

    public async Task Run(Guid id, int tries, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        if (await Find(id, who, db, cancel) is not var (place, token))
        {
            return;
        }

        var aside = folder.Aside();
        try
        {
            MediaOutcome outcome;
            await using (aside)
            {
                outcome = await provider.Fetch(place, token, aside, cancel);
                aside.Flush(flushToDisk: true);
            }

            // A provider's empty answer is no file.
            outcome = outcome == MediaOutcome.Taken && new FileInfo(aside.Name).Length == 0 ? MediaOutcome.Later : outcome;
            var kept = outcome == MediaOutcome.Taken ? await keep.Run(aside.Name, who.OrganizationId, id, cancel) : null;
            if (!await Note(id, outcome, kept, tries, who, db, cancel) && kept is not null)
            {
                folder.Delete(who.OrganizationId, id); // its guest was deleted meanwhile
            }
        }
        finally
        {
            File.Delete(aside.Name);
        }
    }

    /// <summary>Where the provider has the file, and the account's token; null where there is nothing to fetch any more.</summary>
    private async Task<(MediaPlace Place, string? Token)?> Find(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var found = await db
            .MessageFiles.AsNoTracking()
            .Where(f => f.OrganizationId == who.OrganizationId && f.Id == id && f.State == MediaState.Waiting)
            .Join(
                db.Messages,
                f => new { f.OrganizationId, Id = f.MessageId },
                m => new { m.OrganizationId, m.Id },
                (f, m) =>
                    new
                    {
                        f.MediaId,
                        f.ProviderUrl,
                        m.AccountId,
                    }
            )
            .Join(
                db.ChannelAccounts.Where(a => a.OrganizationId == who.OrganizationId),
                f => f.AccountId,
                a => a.Id,
                (f, a) =>
                    new
                    {
                        f.MediaId,
                        f.ProviderUrl,
                        a.Kind,
                        a.ConnectionId,
                    }
            )
            .SingleOrDefaultAsync(cancel);
        if (found is null)
        {
            return null;
        }

        var connection = await db
            .Connections.AsNoTracking()
            .SingleAsync(c => c.OrganizationId == who.OrganizationId && c.Id == found.ConnectionId, cancel);
        return (
            new(found.Kind, found.MediaId, found.ProviderUrl),
            connection.DeletedAt is null ? secrets.Decrypt(connection.Secrets).AccessToken : null
        );
    }

    /// <returns>False where nobody waits for the file any more.</returns>
    private static Task<bool> Note(
        Guid id,
        MediaOutcome outcome,
        KeepMedia.Kept? kept,
        int tries,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        db.Save(
            async () =>
            {
                var file = await db.MessageFiles.SingleOrDefaultAsync(f => f.OrganizationId == who.OrganizationId && f.Id == id, cancel);
                if (file is not { State: MediaState.Waiting })
                {
                    return file is not null;
                }

                switch (outcome)
                {
                    case MediaOutcome.Taken:
                        (file.State, file.ContentType, file.Bytes, file.HasPreview) = (
                            MediaState.Kept,
                            kept!.ContentType,
                            kept.Bytes,
                            kept.HasPreview
                        );
                        break;
                    case MediaOutcome.Later when tries < Pauses.Length:
                        await Queue(file, db, cancel, tries + 1);
                        break;
                    default:
                        file.State = outcome switch
                        {
                            MediaOutcome.Gone => MediaState.Gone,
                            MediaOutcome.TooLarge => MediaState.TooLarge,
                            _ => MediaState.Failed,
                        };
                        break;
                }

                db.TellOfMany(who.OrganizationId, "conversation");
                return true;
            },
            cancel
        );
}
