using System.Text.Json.Serialization;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>
/// A booking as the API and the page show it. <c>Paid</c> is payments less refunds; <c>Balance</c> is the total less that, negative when
/// the guest gets money back.
/// </summary>
public record BookingRow(
    Guid Id,
    PropertyName Property,
    Guid? ContactId,
    Source Source,
    string? ExternalId,
    string? Reference,
    BookingStatus Status,
    DateOnly Arrival,
    DateOnly Departure,
    int Nights,
    Money Total,
    Money Paid,
    Money Balance,
    Money? Converted,
    BookingGuest? Guest,
    string? RoomType,
    int? Adults,
    int? Children,
    string? Notes,
    DateTime BookedAt,
    DateTime CreatedAt,
    DateTime UpdatedAt
)
{
    internal const string PhoneWarning = "guest.phone: not a possible phone number; kept as it came, it leads to no contact.";

    /// <summary>Problems with values that were accepted all the same. Left out of the JSON when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>
    /// The guest's fields (<c>name</c>, <c>phone</c>, <c>email</c>) that were typed into the public form and are not confirmed. Left out of
    /// the JSON when there is none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Claimed { get; init; }

    /// <param name="b">The stored booking.</param>
    /// <param name="property">The property's name.</param>
    internal static BookingRow Of(Booking b, string property) =>
        new(
            b.Id,
            new(b.PropertyId, property),
            b.ContactId,
            b.Source,
            b.ExternalId,
            b.Reference,
            b.Status,
            b.Arrival,
            b.Departure,
            b.Nights,
            new(b.Total, b.Currency),
            new(b.Paid, b.Currency),
            new(b.Total - b.Paid, b.Currency),
            b.Converted is { } converted ? new Money(converted, b.ConvertedCurrency!) : null,
            b.GuestName is null && b.GuestPhone is null && b.GuestEmail is null
                ? null
                : new BookingGuest(b.GuestName, b.GuestPhone, b.GuestEmail),
            b.RoomType,
            b.Adults,
            b.Children,
            b.Notes,
            b.BookedAt,
            b.CreatedAt,
            b.UpdatedAt
        )
        {
            Claimed = b.Claimed is null ? null : ClaimedField.Read(b.Claimed),
            Warnings = Warn(b) is { Count: > 0 } warnings ? warnings : null,
        };

    private static List<string> Warn(Booking b)
    {
        List<string> warnings = [.. b.Warnings?.Split('\n') ?? []];
        if (b.PhoneUnusable)
        {
            warnings.Add(PhoneWarning);
        }

        if (b.Converted is null)
        {
            warnings.Add(
                $"total: no rate from {b.Currency} to the organisation's currency on or before the day it was booked; left "
                    + "out of totals until there is one."
            );
        }

        return warnings;
    }
}

/// <summary>The guest, as the booking names them.</summary>
public sealed record BookingGuest(string? Name, string? Phone, string? Email);
