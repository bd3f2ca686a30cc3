using Bellhop.Platform;

namespace Bellhop.Features.Bookings.Payments;

/// <summary>A payment or refund as the API and the booking's page show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind"><c>payment</c> or <c>refund</c>.</param>
/// <param name="Amount">Above 0 for both kinds.</param>
/// <param name="Method"><c>cash</c>, <c>card</c>, <c>transfer</c>, <c>online</c> or <c>other</c>.</param>
/// <param name="On">The day of the payment.</param>
/// <param name="Note">Staff's words.</param>
/// <param name="Author">Who entered it.</param>
/// <param name="CreatedAt">When it was entered, UTC.</param>
public sealed record PaymentRow(
    Guid Id,
    string Kind,
    Money Amount,
    string Method,
    DateOnly On,
    string? Note,
    PaymentAuthor Author,
    DateTime CreatedAt
)
{
    internal static PaymentRow Of(Payment p) =>
        new(
            p.Id,
            PaymentRules.Name(p.Kind),
            new(p.Amount, p.Currency),
            PaymentRules.Name(p.Method),
            p.Day,
            p.Note,
            new(p.AuthorId, p.AuthorName),
            p.CreatedAt
        );
}

/// <param name="Id">The id of the user or key.</param>
/// <param name="Name">The author's name at that time.</param>
public sealed record PaymentAuthor(Guid Id, string Name);
