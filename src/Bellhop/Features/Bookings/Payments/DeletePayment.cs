using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings.Payments;

/// <summary>Takes a payment or a refund back that was entered by mistake. The event stays.</summary>
public static class DeletePayment
{
    /// <exception cref="Refusal">404; 412 where <paramref name="match"/> names another version; 409 <c>refunded</c> for a payment that was
    /// given back to the guest: its refund is taken back first.</exception>
    public static async Task Run(Guid id, Guid paymentId, Actor who, BellhopDb db, IfMatch match, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsManage);
        await db.Save(
            async () =>
            {
                await db.LockBooking(who.OrganizationId, id, cancel);
                var (booking, payment) = await ListPayments.Find(id, paymentId, who, db, cancel);
                match.Demand(payment.CreatedAt);
                var paid = await PaymentRules.PaidOf(who.OrganizationId, [id], db, cancel);
                if (paid[(id, payment.Currency)] < payment.Signed)
                {
                    throw Refusal.Conflict("refunded", ErrorText.Of<BookingTexts>("Payment.Refunded"));
                }

                db.Payments.Remove(payment);
                if (booking.ContactId is { } guest)
                {
                    // A kept response may quote the note, so the responses about this guest are deleted too.
                    await db
                        .IdempotentResponses.Where(a => a.OrganizationId == who.OrganizationId && a.ContactId == guest)
                        .ExecuteDeleteAsync(cancel);
                }

                BookingChanges.SayPaid("payment.deleted", booking, payment.Currency == booking.Currency ? -payment.Signed : 0, who, db);
            },
            cancel
        );
    }
}
