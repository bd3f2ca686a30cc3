using System.Globalization;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>
/// Writes the event for a changed booking, inside a save. The stay's old and new values are in a separate row with the guest's id, so that
/// they are deleted together with the guest.
/// </summary>
internal static class BookingChanges
{
    /// <param name="booking">Tracked by the context; its changes are not written yet.</param>
    /// <param name="changed">Names of the changed properties of <see cref="Booking"/>.</param>
    public static void Say(Booking booking, IReadOnlyCollection<string> changed, Actor who, BellhopDb db)
    {
        var happened = db.Happened(who, "booking.updated", "booking", booking.Id, changed.Select(Field));
        Keep(happened, booking, Values(booking, changed, db), who, db);
    }

    /// <summary>Changes a booking's paid sum and writes the event for it.</summary>
    /// <param name="action"><c>payment.created</c> or <c>payment.deleted</c>.</param>
    /// <param name="booking">Tracked by the context and locked.</param>
    /// <param name="added">Minor units of the booking's currency; negative if less is paid than before.</param>
    public static void SayPaid(string action, Booking booking, long added, Actor who, BellhopDb db)
    {
        var before = booking.Paid;
        booking.Paid += added;
        booking.UpdatedAt = db.Now.After(booking.UpdatedAt);
        Dictionary<string, string?[]> values = new(StringComparer.Ordinal);
        if (added != 0)
        {
            values["paid"] = [Money(before, booking.Currency), Money(booking.Paid, booking.Currency)];
        }

        Keep(db.Happened(who, action, "booking", booking.Id, ["paid"]), booking, values, who, db);
    }

    private static void Keep(Event happened, Booking booking, Dictionary<string, string?[]> values, Actor who, BellhopDb db)
    {
        if (booking.ContactId is not { } guest)
        {
            return;
        }

        db.Concerns(happened, guest, booking.PropertyId);
        if (values.Count > 0)
        {
            db.EventDetails.Add(
                new()
                {
                    OrganizationId = who.OrganizationId,
                    Id = happened.Id,
                    ContactId = guest,
                    Detail = JsonSerializer.Serialize(values),
                }
            );
        }
    }

    // Only days, status, room, people and money: what the guest wrote is not stored a second time.
    private static Dictionary<string, string?[]> Values(Booking booking, IReadOnlyCollection<string> changed, BellhopDb db)
    {
        var entry = db.Entry(booking);
        var values = new Dictionary<string, string?[]>(StringComparer.Ordinal);
        foreach (
            var name in changed.Intersect(
                [
                    nameof(Booking.Arrival),
                    nameof(Booking.Departure),
                    nameof(Booking.Status),
                    nameof(Booking.RoomType),
                    nameof(Booking.Adults),
                    nameof(Booking.Children),
                ],
                StringComparer.Ordinal
            )
        )
        {
            values[Field(name)] = [Text(entry.Property(name).OriginalValue), Text(entry.Property(name).CurrentValue)];
        }

        if (changed.Contains(nameof(Booking.Total)) || changed.Contains(nameof(Booking.Currency)))
        {
            var (total, currency) = (entry.Property(b => b.Total), entry.Property(b => b.Currency));
            values["total"] = [Money(total.OriginalValue, currency.OriginalValue), Money(booking.Total, booking.Currency)];
        }

        return values;
    }

    private static string Money(long minor, string currency) =>
        string.Create(CultureInfo.InvariantCulture, $"{new Money(minor, currency).Amount} {currency}");

    private static string? Text(object? value) =>
        value switch
        {
            null => null,
            DateOnly day => day.Iso(),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };

    private static string Field(string property) => char.ToLowerInvariant(property[0]) + property[1..];
}
