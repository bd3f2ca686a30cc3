using System.Text.Json;
using Bellhop.Platform;

namespace Bellhop.Features.Channels;

/// <summary>Reads reservations as apaleo writes them: alone, in a list, or under <c>reservations</c>.</summary>
internal static class ApaleoReservation
{
    public static IEnumerable<JsonElement> Elements(JsonElement message)
    {
        JsonElement[] found = message.ValueKind switch
        {
            JsonValueKind.Array => [.. message.EnumerateArray()],
            _ when message.In("reservations").ValueKind == JsonValueKind.Array => [.. message.All("reservations")],
            _ => [message],
        };
        return found.Any(IsReservation) ? found.Where(r => r.ValueKind == JsonValueKind.Object) : [];
    }

    private static bool IsReservation(JsonElement item) => item.Has("primaryGuest") || item.Has("totalGrossAmount");

    /// <summary>Whether it only says that something changed, as apaleo's own webhooks do.</summary>
    public static bool IsTrigger(JsonElement message) => message.Has("topic") && message.In("data").Has("entityId");

    public static SentReservation Read(JsonElement reservation, int index)
    {
        var key = reservation.Key("id");
        var status = reservation.Name("status");
        var state = status switch
        {
            null or "Confirmed" => SentState.Confirmed,
            "InHouse" => SentState.InHouse,
            "CheckedOut" => SentState.Completed,
            "Canceled" => SentState.Cancelled,
            "NoShow" => SentState.NoShow,
            _ => (SentState?)null,
        };
        var total = reservation.In("totalGrossAmount");
        var currency = total.Name("currency");
        var amount = SentValues.Amount(total.In("amount").ValueKind == JsonValueKind.Number ? total.In("amount").GetRawText() : null);
        var (arrival, departure) = (SentValues.Day(reservation.Name("arrival")), SentValues.Day(reservation.Name("departure")));
        var person = reservation.In("primaryGuest");
        var booker = NameOf(reservation.In("booker"));
        var guest = new SentGuest(
            NameOf(person),
            person.Phone("phone"),
            person.Name("email"),
            person.In("address").Name("countryCode") ?? person.Name("nationalityCountryCode"),
            person.Name("preferredLanguage"),
            Others: [.. reservation.Few("additionalGuests").Select(NameOf).OfType<string>()],
            Booker: booker is null || string.Equals(booker, NameOf(person), StringComparison.OrdinalIgnoreCase)
                ? null
                : SentValues.Join(", ", booker, reservation.In("booker").Name("email"))
        );
        return new()
        {
            Index = index,
            Id = key,
            Key = key,
            Reference = reservation.Key("externalCode") ?? reservation.Key("bookingId") ?? key,
            Source = SourceNames.Of(reservation.Name("channelCode"), reservation.Name("source")),
            State = state ?? SentState.Confirmed,
            Revision = SentValues.Revision(reservation.Name("modified")),
            Order = SentOrder.ByRevision,
            Arrival = arrival,
            Departure = departure,
            DaysMayFollow = guest.SaysAnything,
            Amount = amount is { } said && currency is not null ? SentValues.Rounded(said, currency) : null,
            Currency = currency,
            Guest = guest.SaysAnything ? guest : null,
            Rooms = 1,
            RoomType = reservation.In("unitGroup").Name("name"),
            Adults = reservation.Small("adults"),
            Children = reservation.Has("childrenAges") ? reservation.All("childrenAges").Count() : null,
            Notes = SentValues.Join(
                "\n\n",
                reservation.Text("guestComment"),
                guest.Others is { Count: > 0 } others ? "With: " + string.Join(", ", others) : null,
                guest.Booker is { } who ? "Booked by: " + who : null
            ),
            BookedAt = SentValues.Instant(reservation.Name("created")),
            Fault =
                key is null ? "no-id"
                : key.Length > SentReservation.KeyMax ? "long-id"
                : state is null ? "unknown-status"
                : (reservation.Has("arrival") && arrival is null)
                || (reservation.Has("departure") && departure is null)
                || departure < arrival
                    ? "bad-dates"
                : reservation.Has("totalGrossAmount") && (amount is null || currency is null) ? "bad-total"
                : null,
        };
    }

    private static string? NameOf(JsonElement person) =>
        SentValues.Join(" ", person.Name("firstName"), person.Name("middleInitial"), person.Name("lastName"));
}
