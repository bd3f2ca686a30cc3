using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>
/// Deletes files from disk whose rows are gone. A save has no effect outside the database, so it queues this; files that no row names are
/// looked for too, each hour in another part of the folder, so that it is looked through once a day.
/// </summary>
public sealed class DeleteMedia(MediaFolder folder)
{
    /// <summary>The name of the job; its argument is the files' ids.</summary>
    public const string Kind = "deleteMedia";

    /// <summary>How long an upload waits to be sent.</summary>
    internal static readonly TimeSpan KeptUploads = TimeSpan.FromDays(1);

    /// <summary>So many hours go by until all files were looked at.</summary>
    internal const int Parts = 24;

    private const int AtOnce = 500;
    private int _part = Random.Shared.Next(Parts); // else a program that starts anew each day would always see the same files

    public JobHandler Handler =>
        new(
            Kind,
            (job, who, db, cancel) =>
            {
                who.DemandSystem();
                return Run(JsonSerializer.Deserialize<List<Guid>>(job.Argument)!, who.OrganizationId, db, cancel);
            }
        );

    public RecurringTask Recurring =>
        new(
            "deleteMedia",
            async (db, cancel) =>
            {
                var before = db.Now - KeptUploads;
                var unsent = await db
                    .Uploads.Where(u => u.CreatedAt < before)
                    .Select(u => new { u.OrganizationId, u.Id })
                    .ToListAsync(cancel);
                await RecurringTasks.Forget(db, db.Uploads.Where(u => u.CreatedAt < before).OrderBy(u => u.CreatedAt), cancel);
                var suspects = unsent.Select(u => (u.OrganizationId, u.Id)).Concat(folder.WrittenBefore(before, NextPart(), Parts));
                foreach (var files in suspects.Distinct().GroupBy(f => f.OrganizationId).ToList())
                {
                    foreach (var some in files.Select(f => f.Id).Chunk(AtOnce))
                    {
                        await Run(some, files.Key, db, cancel);
                    }
                }
            }
        );

    /// <summary>Has the files of messages deleted, and removes their rows, in the caller's save.</summary>
    internal static async Task Of(Conversation conversation, BellhopDb db, CancellationToken cancel)
    {
        var files = await db
            .MessageFiles.Where(f => f.OrganizationId == conversation.OrganizationId)
            .Where(f =>
                db.Messages.Any(m => m.OrganizationId == f.OrganizationId && m.Id == f.MessageId && m.ConversationId == conversation.Id)
            )
            .ToListAsync(cancel);
        var uploads = await db
            .Uploads.Where(u => u.OrganizationId == conversation.OrganizationId && u.ConversationId == conversation.Id)
            .ToListAsync(cancel);
        db.RemoveRange(files);
        db.RemoveRange(uploads);
        await Queue(conversation.OrganizationId, [.. files.Select(f => f.Id), .. uploads.Select(u => u.Id)], db, cancel);
    }

    /// <summary>As the other, of one message.</summary>
    internal static async Task Of(Message message, BellhopDb db, CancellationToken cancel)
    {
        var files = await db
            .MessageFiles.Where(f => f.OrganizationId == message.OrganizationId && f.MessageId == message.Id)
            .ToListAsync(cancel);
        files = [.. files.Union(db.MessageFiles.Local.Where(f => f.MessageId == message.Id))]; // it may be of this very save
        db.RemoveRange(files);
        await Queue(message.OrganizationId, [.. files.Select(f => f.Id)], db, cancel);
    }

    /// <summary>As the others, of one file that is not sent.</summary>
    internal static async Task Of(Upload upload, BellhopDb db, CancellationToken cancel)
    {
        db.Remove(upload);
        await Queue(upload.OrganizationId, [upload.Id], db, cancel);
    }

    private static async Task Queue(int organizationId, IReadOnlyCollection<Guid> ids, BellhopDb db, CancellationToken cancel)
    {
        foreach (var some in ids.Chunk(AtOnce))
        {
            await db.Queue(Actor.System(organizationId), Kind, JsonSerializer.Serialize(some), cancel: cancel);
        }
    }

    private int NextPart() => (int)((uint)Interlocked.Increment(ref _part) % Parts);

    /// <summary>Deletes those of the files that no row names.</summary>
    private async Task Run(IReadOnlyCollection<Guid> ids, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var kept = (
            await db
                .MessageFiles.Where(f => f.OrganizationId == organizationId && ids.Contains(f.Id))
                .Select(f => f.Id)
                .Union(db.Uploads.Where(u => u.OrganizationId == organizationId && ids.Contains(u.Id)).Select(u => u.Id))
                .ToListAsync(cancel)
        ).ToHashSet();
        foreach (var id in ids.Where(id => !kept.Contains(id)))
        {
            folder.Delete(organizationId, id);
        }
    }
}
