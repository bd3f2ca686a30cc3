using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings.Payments;

/// <summary>How payments are named, and what a booking's paid sum is.</summary>
public static class PaymentRules
{
    /// <summary>The kinds as the API writes them.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Enum.GetValues<PaymentKind>().Select(Name)];

    /// <summary>The methods as the API writes them.</summary>
    public static IReadOnlyList<string> Methods { get; } = [.. Enum.GetValues<PaymentMethod>().Select(Name)];

#pragma warning disable CA1308 // the API's names are lower-case
    public static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    /// <summary>The value with this name; null, with an error that lists the names, for any other text.</summary>
    internal static T? Read<T>(string field, string? raw, IReadOnlyList<string> names, ValidationErrors errors)
        where T : struct, Enum
    {
        if (names.Contains(raw, StringComparer.Ordinal))
        {
            return Enum.Parse<T>(raw!, ignoreCase: true);
        }

        errors.Add(field, "OneOf", string.Join(", ", names));
        return null;
    }

    /// <summary>
    /// Computes the paid sum again when the booking's currency has changed. Payments in another currency are not part of it; they stay and
    /// count again when the currency changes back.
    /// </summary>
    internal static async Task CountPaid(Booking booking, BellhopDb db, CancellationToken cancel) =>
        booking.Paid = (await PaidOf(booking.OrganizationId, [booking.Id], db, cancel)).GetValueOrDefault((booking.Id, booking.Currency));

    /// <summary>Payments less refunds by booking and currency, in minor units. What nobody paid has no entry.</summary>
    internal static Task<Dictionary<(Guid Booking, string Currency), long>> PaidOf(
        int organizationId,
        IReadOnlyCollection<Guid> bookings,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        db
            .Payments.Where(p => p.OrganizationId == organizationId && bookings.Contains(p.BookingId))
            .GroupBy(p => new { p.BookingId, p.Currency })
            .Select(g => new { g.Key, Sum = g.Sum(p => p.Kind == PaymentKind.Payment ? p.Amount : -p.Amount) })
            .ToDictionaryAsync(g => (g.Key.BookingId, g.Key.Currency), g => g.Sum, cancel);
}
