using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>
/// At a property's midnight, arrivals of the new day become last bookings. Asks for itself again; one that was missed is caught up with.
/// </summary>
public static class RollLast
{
    private const int InOneSave = 100;

    /// <summary>The work as jobs name it.</summary>
    public static readonly JobHandler Handler = new(
        Recalculation.RollLast,
        (job, who, db, cancel) => Run(Guid.Parse(job.Argument), who, db, cancel)
    );

    /// <summary>Sees to it that every property has its rolling waiting: at the start, and every hour.</summary>
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

                // First of all the next time: whatever becomes of this one, the chain goes on.
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
    /// Counts the property's next guests by id anew, all or those with an arrival that has come; the last one's id, null where there are no
    /// more. Inside a save that holds the settings.
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
