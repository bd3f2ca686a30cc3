using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>
/// At a property's midnight, bookings that arrive on the new day become last bookings. Each run queues the next one; a missed run is made
/// up for later.
/// </summary>
public static class RollLast
{
    private const int InOneSave = 100;

    /// <summary>The job handler.</summary>
    public static readonly JobHandler Handler = new(
        Recalculation.RollLast,
        (job, who, db, cancel) => Run(Guid.Parse(job.Argument), who, db, cancel)
    );

    /// <summary>Makes sure that a job waits for every property. Runs at the start and every hour.</summary>
    public static readonly RecurringTask Recurring = new("rollLast", Wait);

    public static async Task Run(Guid propertyId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        var today = await db.Save(
            async () =>
            {
                if (
                    await db
                        .Properties.AsNoTracking()
                        .SingleOrDefaultAsync(p => p.OrganizationId == who.OrganizationId && p.Id == propertyId, cancel)
                    is not { } property
                )
                {
                    return (DateOnly?)null;
                }

                // Queue the next run first, so that a failure of this run does not stop later ones.
                var day = db.Now.DayIn(property.Zone);
                await db.QueueRollLast(who.OrganizationId, propertyId, day.AddDays(1).StartIn(property.Zone), cancel);
                return day;
            },
            cancel
        );
        for (Guid? last = today is null ? null : Guid.Empty; last is { } after; )
        {
            cancel.ThrowIfCancellationRequested();
            last = await db.Save(
                () => Recount(who.OrganizationId, propertyId, after, today, db, cancel),
                cancel,
                SettingsLock.Shared(who.OrganizationId)
            );
        }
    }

    /// <summary>
    /// Recounts the property's next guests by id: all of them, or those whose next arrival is on or before <paramref name="arrived"/>.
    /// Returns the last guest's id, or null when there are no more. Call it inside a save that holds the settings lock.
    /// </summary>
    internal static async Task<Guid?> Recount(
        int organizationId,
        Guid propertyId,
        Guid after,
        DateOnly? arrived,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var there = db
            .ContactsAtProperty.AsNoTracking()
            .Where(a => a.OrganizationId == organizationId && a.PropertyId == propertyId && a.ContactId > after);
        there = arrived is { } day ? there.Where(a => a.NextArrival <= day) : there;
        var some = await there.OrderBy(a => a.ContactId).Select(a => a.ContactId).Take(InOneSave).ToListAsync(cancel);
        db.Recompute(organizationId, some);
        return some.Count < InOneSave ? null : some[^1];
    }

    private static async Task Wait(BellhopDb db, CancellationToken cancel)
    {
        var waiting = (
            await db.Jobs.Where(j => j.Kind == Recalculation.RollLast && j.Once != null).Select(j => j.Once!).ToListAsync(cancel)
        ).ToHashSet(StringComparer.Ordinal);
        foreach (var property in await db.Properties.AsNoTracking().Select(p => new { p.OrganizationId, p.Id }).ToListAsync(cancel))
        {
            if (waiting.Contains(property.Id.ToString("D")))
            {
                continue;
            }

            await db.Save(() => db.QueueRollLast(property.OrganizationId, property.Id, null, cancel), cancel);
        }
    }
}
