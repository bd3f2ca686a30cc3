using System.Globalization;
using Bellhop.Data;
using Bellhop.Features.Inbox;
using Bellhop.Features.Properties;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Notices;

/// <summary>
/// Tells of guests who wait for an answer too long: whoever has the conversation, else everybody who may answer it. Where the reception is
/// closed, it tells once it opens. One job an organisation waits for the next guest; it may run twice.
/// </summary>
internal static class TellOfLongWaits
{
    /// <summary>A guest who waits as long as this waits too long.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <summary>A wait that began longer ago is old news, for example after a restart.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(1);

    /// <summary>How often it looks whether a closed reception has opened.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    /// <summary>So many conversations are looked at in one run, those that wait longest first.</summary>
    private const int AtOnce = 500;

    private const string Kind = "tellOfLongWaits";

    public static readonly JobHandler Handler = new(Kind, (_, who, db, cancel) => Run(who, db, cancel));

    /// <summary>Makes sure, in the current save, that a job looks when the wait has become long.</summary>
    public static Task Queue(int organizationId, DateTime waitingSince, BellhopDb db, CancellationToken cancel)
    {
        var due = waitingSince + Limit;
        return db.Queue(Actor.System(organizationId), Kind, "", once: Kind, runAt: due > db.Now ? due : db.Now, cancel: cancel);
    }

    public static Task Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        return db.Save(() => Tell(who, db, cancel), cancel);
    }

    private static async Task Tell(Actor who, BellhopDb db, CancellationToken cancel)
    {
        var (now, oldest) = (db.Now, db.Now - Oldest);
        var waiting = await db
            .Conversations.AsNoTracking()
            .Where(c => c.OrganizationId == who.OrganizationId && c.WaitingEmpty == 0 && c.WaitingSince > oldest)
            .Where(c => c.State == ConversationState.Open && c.HandledBy == Inbox.Handler.Staff)
            .OrderBy(c => c.WaitingSince)
            .Take(AtOnce)
            .ToListAsync(cancel);
        var due = waiting.Where(c => c.WaitingSince + Limit <= now).ToList();
        var places = await db
            .Properties.AsNoTracking()
            .Where(p => p.OrganizationId == who.OrganizationId)
            .ToDictionaryAsync(p => p.Id, cancel);
        var team = await NoticeReaders.Of(NoticeKind.WaitingTooLong, who.OrganizationId, db, cancel);
        var told = await Told(who.OrganizationId, [.. team.Select(m => m.UserId)], oldest, db, cancel);
        var isClosed = false;
        foreach (var conversation in due)
        {
            if (places.GetValueOrDefault(conversation.PropertyId) is not { } place)
            {
                continue;
            }

            if (!OpeningHours.IsOpen(place.Hours, TimeZoneInfo.ConvertTimeFromUtc(now, place.Zone)))
            {
                isClosed = true;
                continue;
            }

            var once = string.Create(
                CultureInfo.InvariantCulture,
                $"waitingTooLong/{conversation.Id:N}/{conversation.WaitingSince!.Value.Ticks}"
            );
            foreach (var person in team.Where(m => Answers(m, conversation)).Select(m => m.UserId).Where(p => !told.Contains((p, once))))
            {
                await NewNotice.Write(NoticeKind.WaitingTooLong, who.OrganizationId, person, conversation.Id, once, db, cancel);
            }
        }

        if (isClosed)
        {
            await Queue(who.OrganizationId, now + Pause - Limit, db, cancel);
        }

        if (waiting.Find(c => c.WaitingSince + Limit > now) is { WaitingSince: { } next })
        {
            await Queue(who.OrganizationId, next, db, cancel);
        }
    }

    /// <summary>Who was told of which wait already.</summary>
    private static async Task<HashSet<(Guid Person, string Once)>> Told(
        int organizationId,
        List<Guid> people,
        DateTime since,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var notices = await db
            .Notices.AsNoTracking()
            .Where(n => n.OrganizationId == organizationId && people.Contains(n.UserId) && n.At > since)
            .Where(n => n.Kind == NoticeKind.WaitingTooLong.Name)
            .Select(n => new { n.UserId, n.Once })
            .ToListAsync(cancel);
        return [.. notices.Select(n => (n.UserId, n.Once))];
    }

    private static bool Answers(Membership member, Conversation conversation) =>
        (conversation.AssigneeId is null || conversation.AssigneeId == member.UserId) && member.Sees(conversation.PropertyId);
}
