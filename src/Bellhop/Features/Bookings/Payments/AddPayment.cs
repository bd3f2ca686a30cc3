using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings.Payments;

/// <summary>Staff enter money that a guest paid for a booking, or got back.</summary>
public static class AddPayment
{
    /// <param name="Kind"><c>payment</c> or <c>refund</c>.</param>
    /// <param name="Amount">Above 0, in the booking's currency. A refund is at most what is paid.</param>
    /// <param name="Method"><c>cash</c>, <c>card</c>, <c>transfer</c>, <c>online</c> or <c>other</c>.</param>
    /// <param name="On">YYYY-MM-DD.</param>
    /// <param name="Note">Up to 500 characters.</param>
    public sealed record Input(string Kind, MoneyInput Amount, string Method, string On, string? Note = null);

    /// <exception cref="Refusal">404 for a booking that the actor does not see; 400 listing every field at fault.</exception>
    public static async Task<Saved<PaymentRow>> Run(Guid id, Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsManage);
        return await db.Save(
            async () =>
            {
                // Of two refunds at the same time, the second must see what the first one left.
                var booking = await GetBooking.ForChange(id, who, db, cancel);
                var payment = Read(input, booking, who, db.Now);
                db.Payments.Add(payment);
                BookingChanges.SayPaid("payment.created", booking, payment.Signed, who, db);
                return new Saved<PaymentRow>(
                    PaymentRow.Of(payment),
                    payment.CreatedAt,
                    $"/bookings/{id}/payments/{payment.Id}",
                    booking.ContactId
                );
            },
            cancel
        );
    }

    private static Payment Read(Input input, Booking booking, Actor who, DateTime now)
    {
        var errors = new ValidationErrors();
        var kind = PaymentRules.Read<PaymentKind>("kind", input.Kind, PaymentRules.Kinds, errors);
        var amount = input.Amount.Read("amount", errors);
        if (amount is { } money)
        {
            if (money.Currency != booking.Currency)
            {
                errors.Add("amount.currency", ErrorText.Of<BookingTexts>("Payment.Currency", booking.Currency));
            }
            else if (money.Minor <= 0)
            {
                errors.Add("amount.amount", ErrorText.Of<BookingTexts>("Payment.Nothing"));
            }
            else if (kind == PaymentKind.Refund && money.Minor > booking.Paid)
            {
                errors.Add("amount.amount", ErrorText.Of<BookingTexts>("Payment.Beyond", new Money(booking.Paid, booking.Currency).Amount));
            }
            else if (booking.Paid + money.Minor > MoneyInput.Most)
            {
                errors.Add("amount.amount", "AmountTooLarge");
            }
        }

        var method = PaymentRules.Read<PaymentMethod>("method", input.Method, PaymentRules.Methods, errors);
        var day = errors.Day("on", input.On);
        var note = errors.Text("note", input.Note, Payment.NoteMax);
        errors.Refuse();
        return new()
        {
            OrganizationId = booking.OrganizationId,
            BookingId = booking.Id,
            Kind = kind!.Value,
            Amount = amount!.Value.Minor,
            Currency = amount.Value.Currency,
            Method = method!.Value,
            Day = day!.Value,
            Note = note,
            AuthorKind = who.Kind,
            AuthorId = who.Id,
            AuthorName = who.Name,
            CreatedAt = now,
        };
    }
}
