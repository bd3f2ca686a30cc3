using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>
/// Writes the search texts and room types of bookings that an older version saved. The migration queues this job, because only our code
/// folds texts. It works in small saves and may safely run twice.
/// </summary>
public static class WriteBookingTexts
{
    /// <summary>The job's kind. The migration names it too.</summary>
    public const string Kind = "bookings.texts";

    private const int InOneSave = 500;

    /// <summary>The job handler.</summary>
    public static readonly JobHandler Handler = new(Kind, async (job, who, db, cancel) => await Run(job, who, db, cancel));

    public static async Task Run(Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        for (Guid? last = Guid.Empty; last is { } after; )
        {
            cancel.ThrowIfCancellationRequested();
            last = await db.Save(() => Some(after, job, db, cancel), cancel);
        }
    }

    /// <summary>Writes the next bookings by id. Returns the last booking's id, or null when there are no more.</summary>
    private static async Task<Guid?> Some(Guid after, Job job, BellhopDb db, CancellationToken cancel)
    {
        var some = await db
            .Bookings.AsNoTracking()
            .Where(b => b.OrganizationId == job.OrganizationId && b.Id > after)
            .OrderBy(b => b.Id)
            .Take(InOneSave)
            .Select(b => new
            {
                Booking = b,
                Guest = db
                    .Contacts.Where(c => c.OrganizationId == b.OrganizationId && c.Id == b.ContactId)
                    .Select(c => c.Search)
                    .FirstOrDefault(),
            })
            .ToListAsync(cancel);
        some.ForEach(s => RoomType.Note(s.Booking, db.SaveContext));

        Guid[] wrong = [.. some.Where(s => !BookingText.IsRight(s.Booking, s.Guest)).Select(s => s.Booking.Id)];
        await BookingText.Rewrite(job.OrganizationId, wrong, db, cancel);
        await db
            .Jobs.Where(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(j => j.Progress, j => j.Progress + some.Count), cancel);
        return some.Count < InOneSave ? null : some[^1].Booking.Id;
    }
}
