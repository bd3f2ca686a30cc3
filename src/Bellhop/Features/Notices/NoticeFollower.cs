using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Imports;
using Bellhop.Features.Inbox;
using Bellhop.Features.Notes;
using Bellhop.Features.Team;
using Bellhop.Features.Webhooks;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Bellhop.Features.Notices;

/// <summary>Writes notices in the save of what causes them.</summary>
internal sealed class NoticeFollower : Follower
{
    /// <summary>Told to open pages when somebody has a new notice.</summary>
    public const string Kind = "notice";

    public override IReadOnlyList<Type> Tables { get; } = [typeof(Notice), typeof(UnwantedNotice), typeof(WantedNotice)];

    public override async Task Writing(BellhopDb db, CancellationToken cancel)
    {
        foreach (var mention in Changed<NoteMention>(db, EntityState.Added).Where(m => !IsAuthor(m, db)))
        {
            await NewNotice.Write(NoticeKind.Mentioned, mention.OrganizationId, mention.UserId, mention.NoteId, null, db, cancel);
        }

        foreach (var row in db.ChangeTracker.Entries<Conversation>().Where(e => e.State == EntityState.Modified).ToList())
        {
            await TellAssignee(row, db, cancel);
        }

        foreach (var waits in Started(db).GroupBy(c => c.OrganizationId, c => c.WaitingSince!.Value))
        {
            await TellOfLongWaits.Queue(waits.Key, waits.Min(), db, cancel);
        }

        foreach (var import in Changed<Import>(db, EntityState.Modified, nameof(Import.State)))
        {
            if (import is { State: ImportState.Completed or ImportState.Failed, DryRun: false, StarterKind: ActorKind.User })
            {
                var once = $"import/{import.Id:N}";
                await NewNotice.Write(NoticeKind.ImportFinished, import.OrganizationId, import.StarterId, import.Id, once, db, cancel);
            }
        }

        foreach (var endpoint in Changed<WebhookEndpoint>(db, EntityState.Modified, nameof(WebhookEndpoint.Paused)))
        {
            if (endpoint.Paused is WebhookPause.Failing or WebhookPause.Gone)
            {
                await TellManagers(NoticeKind.EndpointPaused, endpoint.OrganizationId, endpoint.Id, db, cancel);
            }
        }

        foreach (var row in db.ChangeTracker.Entries<ConnectionHealth>().ToList())
        {
            var before = row.State == EntityState.Added ? null : row.Property(h => h.Problem).OriginalValue;
            if (row.State is EntityState.Added or EntityState.Modified && before is null && row.Entity.Problem is not null)
            {
                await TellManagers(NoticeKind.ConnectionFailing, row.Entity.OrganizationId, row.Entity.ConnectionId, db, cancel);
            }
        }
    }

    private static async Task TellAssignee(EntityEntry<Conversation> row, BellhopDb db, CancellationToken cancel)
    {
        var conversation = row.Entity;
        if (conversation.AssigneeId is not { } person)
        {
            return;
        }

        // Whoever takes a conversation knows of it.
        var (organization, id) = (conversation.OrganizationId, conversation.Id);
        if (
            row.Property(c => c.AssigneeId).IsModified
            && !db.ChangeTracker.Entries<Event>().Any(e => e.Entity.EntityId == id && e.Entity.WhoId == person)
        )
        {
            await NewNotice.Write(NoticeKind.Assigned, organization, person, id, null, db, cancel);
        }

        if (row.Property(c => c.WaitingSince) is { IsModified: true, OriginalValue: null } && conversation.WaitingSince is { } since)
        {
            await NewNotice.Write(NoticeKind.Waiting, organization, person, id, $"waiting/{id:N}/{since.Ticks}", db, cancel);
        }
    }

    /// <summary>The conversations in which a guest waits from this save on.</summary>
    private static List<Conversation> Started(BellhopDb db) =>
        [
            .. db
                .ChangeTracker.Entries<Conversation>()
                .Where(e =>
                    e.Entity.WaitingSince is not null
                    && (
                        e.State == EntityState.Added
                        || e is { State: EntityState.Modified }
                            && e.Property(c => c.WaitingSince) is { IsModified: true, OriginalValue: null }
                    )
                )
                .Select(e => e.Entity),
        ];

    private static List<T> Changed<T>(BellhopDb db, EntityState state, string? property = null)
        where T : class =>
        [
            .. db
                .ChangeTracker.Entries<T>()
                .Where(e => e.State == state && (property is null || e.Property(property).IsModified))
                .Select(e => e.Entity),
        ];

    // Whoever writes a note knows of it.
    private static bool IsAuthor(NoteMention mention, BellhopDb db) =>
        db.Notes.Local.Any(n => n.Id == mention.NoteId && n.AuthorKind == ActorKind.User && n.AuthorId == mention.UserId);

    private static async Task TellManagers(NoticeKind kind, int organizationId, Guid subjectId, BellhopDb db, CancellationToken cancel)
    {
        foreach (var member in await NoticeReaders.Of(kind, organizationId, db, cancel))
        {
            await NewNotice.Write(kind, organizationId, member.UserId, subjectId, null, db, cancel);
        }
    }
}

/// <summary>Makes notices, for those who want them.</summary>
internal static class NewNotice
{
    /// <param name="once">The person gets a notice with this text once; null for each time.</param>
    public static async Task Write(
        NoticeKind kind,
        int organizationId,
        Guid userId,
        Guid subjectId,
        string? once,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (
            await db.UnwantedNotices.AnyAsync(u => u.OrganizationId == organizationId && u.UserId == userId && u.Kind == kind.Name, cancel)
            || (
                once is not null
                && await db.Notices.AnyAsync(n => n.OrganizationId == organizationId && n.UserId == userId && n.Once == once, cancel)
            )
        )
        {
            return;
        }

        var notice = new Notice
        {
            OrganizationId = organizationId,
            UserId = userId,
            Kind = kind.Name,
            SubjectId = subjectId,
            Once = once ?? Guid.CreateVersion7().ToString("N"),
            At = db.Now,
        };
        db.Notices.Add(notice);
        await SendNotice.Queue(notice, db, cancel);
        db.TellOfMany(organizationId, NoticeFollower.Kind);
    }
}
