using System.Globalization;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Audit;

/// <summary>
/// The only way to delete events: those of the days before one day, with their dependent rows. The log records how many were deleted and up
/// to when. Database triggers refuse every other deletion and every change.
/// </summary>
public static class ForgetEvents
{
    private const int InOneSave = 2000;

    /// <summary>The number of events that <see cref="Run"/> would delete.</summary>
    /// <inheritdoc cref="Run"/>
    public static async Task<long> Count(DateOnly before, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var at = await Start(before, who, db, cancel);
        return await Old(at, who, db).LongCountAsync(cancel);
    }

    /// <summary>
    /// Deletes some events in each save. When it is stopped, the events that are left can be deleted by another call.
    /// </summary>
    /// <param name="before">Events from this day on are kept. It is a day in the organisation's zone, not after today.</param>
    /// <returns>The number of deleted events.</returns>
    /// <exception cref="Refusal">404 for every actor except Bellhop itself; 400 for a day after today.</exception>
    public static async Task<long> Run(DateOnly before, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var at = await Start(before, who, db, cancel);
        var gone = 0L;

        // A timeline must not lead to an event that is gone, so what leads to the old events goes first.
        await db.Save(
            () => db.EventContacts.Where(c => c.OrganizationId == who.OrganizationId && c.At < at).ExecuteDeleteAsync(cancel),
            cancel,
            alone: true
        );
        for (var some = InOneSave; some == InOneSave; gone += some)
        {
            cancel.ThrowIfCancellationRequested();
            some = await db.Save(() => ForgetSome(at, who, db, cancel), cancel, alone: true);
        }

        return gone;
    }

    private static async Task<int> ForgetSome(DateTime at, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var ids = await Old(at, who, db).OrderBy(e => e.Id).Select(e => e.Id).Take(InOneSave).ToListAsync(cancel);
        if (ids.Count == 0)
        {
            return 0;
        }

        db.EventRetentions.Add(new() { OrganizationId = who.OrganizationId, Before = at });
        await db.Flush(cancel);
        await db.EventDetails.Where(d => d.OrganizationId == who.OrganizationId && ids.Contains(d.Id)).ExecuteDeleteAsync(cancel);
        await db.Events.Where(e => e.OrganizationId == who.OrganizationId && ids.Contains(e.Id)).ExecuteDeleteAsync(cancel);
        await db.EventRetentions.Where(r => r.OrganizationId == who.OrganizationId).ExecuteDeleteAsync(cancel);
        db.Happened(
            who,
            "events.forgotten",
            "organization",
            null,
            [string.Create(CultureInfo.InvariantCulture, $"rows={ids.Count}"), $"before={at:yyyy-MM-ddTHH:mm:ssZ}"]
        );
        return ids.Count;
    }

    private static IQueryable<Event> Old(DateTime at, Actor who, BellhopDb db) =>
        db.Events.Where(e => e.OrganizationId == who.OrganizationId && e.At < at);

    private static async Task<DateTime> Start(DateOnly before, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        var name = await db.Organizations.Where(o => o.Id == who.OrganizationId).Select(o => o.TimeZone).SingleAsync(cancel);
        var zone = Clock.Zone(name)!;
        var errors = new ValidationErrors();
        if (before > db.Now.DayIn(zone))
        {
            errors.Add("before", "Above", $"{db.Now.DayIn(zone):yyyy-MM-dd}");
        }

        errors.Refuse();
        return before.StartIn(zone);
    }
}
