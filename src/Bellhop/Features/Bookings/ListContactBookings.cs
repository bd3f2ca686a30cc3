using System.Globalization;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>A guest's bookings at the properties one sees, the latest arrival first.</summary>
public static class ListContactBookings
{
    /// <exception cref="Refusal">404 for a contact not seen.</exception>
    public static async Task<Page<BookingRow>> Run(Guid id, PageQuery query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        query.Refuse();
        var binding = $"bookings/{who.OrganizationId}/{id}/{(who.Properties is { } limited ? string.Join(',', limited.Order()) : "all")}";
        var bookings = db.Bookings.AsNoTracking().VisibleTo(who).Where(b => b.ContactId == id);
        if (query.After(cursors, binding)?.Split('/') is [var arrival, var last])
        {
            var (day, after) = (DateOnly.ParseExact(arrival, "yyyy-MM-dd", CultureInfo.InvariantCulture), Guid.Parse(last));
            bookings = bookings.Where(b => b.Arrival <= day && (b.Arrival < day || b.Id < after));
        }

        var rows = await bookings.OrderByDescending(b => b.Arrival).ThenByDescending(b => b.Id).Take(query.Limit + 1)
            .Join(db.Properties, b => new { b.OrganizationId, Id = b.PropertyId }, p => new { p.OrganizationId, p.Id }, (b, p) => new { Booking = b, p.Name })
            .OrderByDescending(b => b.Booking.Arrival).ThenByDescending(b => b.Booking.Id).ToListAsync(cancel);
        if (rows.Count == 0)
        {
            await ContactSeen.Demand(id, who, db, cancel);
        }

        return query.Page(rows.ConvertAll(r => BookingRow.Of(r.Booking, r.Name)), row => string.Create(CultureInfo.InvariantCulture, $"{row.Arrival:yyyy-MM-dd}/{row.Id}"), cursors, binding);
    }
}
