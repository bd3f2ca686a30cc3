using System.Globalization;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Notices;

/// <summary>
/// Tells the author of a note, and those whom it names, on the day it is due; and forgets old notices. It may run on several processes at
/// once.
/// </summary>
internal static class TellOfDueNotes
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>A note that became due longer ago is old news, for example after a restart.</summary>
    private const int DaysBack = 2;

    public static readonly RecurringTask Recurring = new("tellOfDueNotes", Run);

    public static readonly RecurringTask Forget = new(
        "forgetNotices",
        (db, cancel) =>
        {
            var before = db.Now - Kept;
            return RecurringTasks.Forget(db, db.Notices.Where(n => n.At < before).OrderBy(n => n.At), cancel);
        }
    );

    private static async Task Run(BellhopDb db, CancellationToken cancel)
    {
        foreach (var house in await db.Organizations.AsNoTracking().Select(o => new { o.Id, o.TimeZone }).ToListAsync(cancel))
        {
            var today = db.Now.DayIn(Clock.Zone(house.TimeZone) ?? TimeZoneInfo.Utc);
            var since = today.AddDays(-DaysBack);
            var due = await db
                .Notes.AsNoTracking()
                .Where(n => n.OrganizationId == house.Id && !n.Done && n.Due <= today && n.Due >= since)
                .OrderBy(n => n.Id)
                .Select(n => new
                {
                    n.Id,
                    n.Due,
                    n.AuthorKind,
                    n.AuthorId,
                })
                .ToListAsync(cancel);
            await db.SaveInBatches(
                due,
                100,
                async some =>
                {
                    foreach (var note in some)
                    {
                        var people = await db
                            .NoteMentions.Where(m => m.OrganizationId == house.Id && m.NoteId == note.Id)
                            .Select(m => m.UserId)
                            .ToListAsync(cancel);
                        if (note.AuthorKind == ActorKind.User)
                        {
                            people.Add(note.AuthorId);
                        }

                        var once = string.Create(CultureInfo.InvariantCulture, $"due/{note.Id:N}/{note.Due:yyyy-MM-dd}");
                        foreach (var person in people.Distinct())
                        {
                            await NewNotice.Write(NoticeKind.NoteDue, house.Id, person, note.Id, once, db, cancel);
                        }
                    }
                },
                cancel
            );
        }
    }
}
