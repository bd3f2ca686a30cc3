using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>
/// Converts totals again after a change of a rate, of the organisation's currency or of a property's zone, and recounts the guests'
/// figures. It works in small saves and may safely run twice.
/// </summary>
public static class ConvertBookings
{
    private const int InOneSave = 200;

    /// <summary>The job handler.</summary>
    public static readonly JobHandler Handler = new(
        Recalculation.Convert,
        async (job, who, db, cancel) =>
            await Run(JsonSerializer.Deserialize<Recalculation.Which>(job.Argument, JsonSerializerOptions.Web)!, job, who, db, cancel)
    );

    public static async Task Run(Recalculation.Which which, Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        for (Guid? last = Guid.Empty; last is { } after; )
        {
            cancel.ThrowIfCancellationRequested();
            last = await db.Save(() => Some(which, after, job, db, cancel), cancel, SettingsLock.Shared(job.OrganizationId));
        }

        if (which.PropertyId is { } property)
        {
            for (Guid? last = Guid.Empty; last is { } after; )
            {
                cancel.ThrowIfCancellationRequested();
                last = await db.Save(
                    () => RollLast.Recount(job.OrganizationId, property, after, null, db, cancel),
                    cancel,
                    SettingsLock.Shared(job.OrganizationId)
                );
            }
        }
    }

    /// <summary>Converts the next bookings by id. Returns the last booking's id, or null when there are no more.</summary>
    private static async Task<Guid?> Some(Recalculation.Which which, Guid after, Job job, BellhopDb db, CancellationToken cancel)
    {
        var bookings = db.Bookings.Where(b => b.OrganizationId == job.OrganizationId && b.Id > after);
        bookings = which.From is { } from ? bookings.Where(b => b.Currency == from) : bookings;
        bookings = which.PropertyId is { } property ? bookings.Where(b => b.PropertyId == property) : bookings;
        if (which.Day is { } day)
        {
            var first = day.AddDays(-1).StartIn(TimeZoneInfo.Utc); // no zone is a whole day ahead
            bookings = bookings.Where(b => b.BookedAt >= first);
        }

        var programmes = await db
            .Programmes.AsNoTracking()
            .Where(p => p.OrganizationId == job.OrganizationId)
            .ToDictionaryAsync(p => p.PropertyId, p => p.Currency, cancel);
        var some = await bookings.AsNoTracking().OrderBy(b => b.Id).Take(InOneSave).ToListAsync(cancel);
        foreach (var seen in some)
        {
            var before = (seen.Converted, seen.ConvertedCurrency);
            var place = (await db.Properties.FindAsync([job.OrganizationId, seen.PropertyId], cancel))!;
            await BookingRules.Convert(seen, place, db, cancel);
            if (before == (seen.Converted, seen.ConvertedCurrency))
            {
                if (MayGivePoints(seen, programmes))
                {
                    await db.LockBooking(job.OrganizationId, seen.Id, cancel);
                    db.RecomputePoints(job.OrganizationId, seen.Id, seen.PropertyId);
                }

                continue;
            }

            await db.LockBooking(job.OrganizationId, seen.Id, cancel);
            var booking = await db.Bookings.SingleAsync(b => b.OrganizationId == job.OrganizationId && b.Id == seen.Id, cancel);
            await BookingRules.Convert(booking, place, db, cancel);
            booking.UpdatedAt = db.Now.After(booking.UpdatedAt);
        }

        await db
            .Jobs.Where(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(j => j.Progress, j => j.Progress + some.Count), cancel);
        return some.Count < InOneSave ? null : some[^1].Id;
    }

    /// <summary>
    /// Whether a rate may change the booking's points where it does not change the converted total: to the currency of the property's
    /// programme, which may be another than the organisation's.
    /// </summary>
    private static bool MayGivePoints(Booking booking, Dictionary<Guid, string> programmes) =>
        booking is { Status: BookingStatus.Completed, ContactId: not null }
        && programmes.TryGetValue(booking.PropertyId, out var currency)
        && currency != booking.Currency
        && currency != booking.ConvertedCurrency;
}
