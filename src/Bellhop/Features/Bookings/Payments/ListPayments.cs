using System.Globalization;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings.Payments;

/// <summary>What was paid for a booking and what was given back, the latest day first.</summary>
public static class ListPayments
{
    /// <exception cref="Refusal">404 for a booking that the actor does not see.</exception>
    public static async Task<Page<PaymentRow>> Run(
        Guid id,
        PageQuery query,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.BookingsView);
        query.Refuse();
        if (!await db.Bookings.VisibleTo(who).AnyAsync(b => b.Id == id, cancel))
        {
            throw Refusal.NotThere("booking", id);
        }

        var binding = $"payments/{who.OrganizationId}/{id}";
        var payments = db.Payments.AsNoTracking().Where(p => p.OrganizationId == who.OrganizationId && p.BookingId == id);
        if (query.After(cursors, binding)?.Split('/') is [var day, var last])
        {
            var (on, after) = (
                DateOnly.FromDayNumber(int.Parse(day, CultureInfo.InvariantCulture)),
                Guid.Parse(last, CultureInfo.InvariantCulture)
            );
            payments = payments.Where(p => p.Day <= on && (p.Day < on || p.Id < after));
        }

        var rows = await payments.OrderByDescending(p => p.Day).ThenByDescending(p => p.Id).Take(query.Limit + 1).ToListAsync(cancel);
        return query.Page(
            rows.ConvertAll(PaymentRow.Of),
            row => string.Create(CultureInfo.InvariantCulture, $"{row.On.DayNumber}/{row.Id}"),
            cursors,
            binding
        );
    }

    /// <summary>A booking that the actor sees, with one of its payments, both tracked.</summary>
    /// <exception cref="Refusal">404 for either.</exception>
    internal static async Task<(Booking Booking, Payment Payment)> Find(
        Guid id,
        Guid paymentId,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var booking =
            await db.Bookings.VisibleTo(who).SingleOrDefaultAsync(b => b.Id == id, cancel) ?? throw Refusal.NotThere("booking", id);
        var payment =
            await db.Payments.SingleOrDefaultAsync(
                p => p.OrganizationId == who.OrganizationId && p.BookingId == id && p.Id == paymentId,
                cancel
            ) ?? throw Refusal.NotThere("payment", paymentId);
        return (booking, payment);
    }
}

/// <summary>One payment.</summary>
public static class GetPayment
{
    /// <exception cref="Refusal">404.</exception>
    public static async Task<Saved<PaymentRow>> Run(Guid id, Guid paymentId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsView);
        var (booking, payment) = await ListPayments.Find(id, paymentId, who, db, cancel);
        return new(PaymentRow.Of(payment), payment.CreatedAt, ContactId: booking.ContactId);
    }
}
