using System.Text.Json;
using Bellhop.Platform;

namespace Bellhop.Features.Channels;

/// <summary>Reads booking revisions as Channex writes them, sent by its webhook or read from its feed.</summary>
internal static class ChannexRevision
{
    /// <summary>The revisions in a message, each with its envelope; none in another message, or in one without data.</summary>
    public static IEnumerable<JsonElement> Elements(JsonElement message)
    {
        var data = message.FirstOf("data", "payload");
        JsonElement[] found = (data.ValueKind, message.ValueKind) switch
        {
            (JsonValueKind.Array, _) => [.. data.EnumerateArray()],
            (JsonValueKind.Object, _) => [data],
            (_, JsonValueKind.Array) => [.. message.EnumerateArray()],
            _ => [message],
        };
        return found.Any(IsRevision) ? found.Where(r => r.ValueKind == JsonValueKind.Object) : [];
    }

    public static SentReservation Read(JsonElement element, int index)
    {
        var booking = element.Has("attributes") ? element.In("attributes") : element;
        var number = booking.Key("ota_reservation_code");
        var key = booking.Key("unique_id") ?? number;
        var rooms = booking.All("rooms").Where(r => !IsCancelled(r)).ToList();
        var arrival = SentValues.Day(Of(booking, "arrival_date")) ?? rooms.Min(r => SentValues.Day(Of(r, "checkin_date")));
        var departure = SentValues.Day(Of(booking, "departure_date")) ?? rooms.Max(r => SentValues.Day(Of(r, "checkout_date")));
        var currency = Of(booking, "currency")?.ToUpperInvariant();
        var raw = Of(booking, "amount");
        var amount = SentValues.Amount(raw) ?? Sum(rooms);
        var state = Of(booking, "status")?.ToLowerInvariant() switch
        {
            "new" or "modified" or "confirmed" or null => SentState.Confirmed,
            "cancelled" or "canceled" => SentState.Cancelled,
            "pending" => SentState.Pending,
            "no_show" => SentState.NoShow,
            "request" or "inquiry" => SentState.Requested,
            _ => (SentState?)null,
        };
        List<JsonElement> occupancies = booking.Has("occupancy") ? [booking.In("occupancy")] : rooms.ConvertAll(r => r.In("occupancy"));
        var guest = GuestOf(booking, rooms);
        return new()
        {
            Index = index,
            Id = key,
            Key = key,
            Reference = number ?? key,
            AcknowledgedBy = booking.Key("revision_id") ?? (element.Word("type") == "booking_revision" ? element.Key("id") : null),
            Source = SourceNames.Of(Of(booking, "ota_name"), key?.Split('-')[0]),
            State = state ?? SentState.Confirmed,
            Revision = SentValues.Revision(Of(booking, "updated_at") ?? Of(booking, "inserted_at")),
            Order = SentOrder.ByRevision,
            Arrival = arrival,
            Departure = departure,
            Amount = amount is { } said && currency is not null ? SentValues.Rounded(said, currency) : null,
            Currency = currency,
            Guest = guest,
            Rooms = rooms.Count,
            RoomType = SentValues.Join(", ", rooms.Select(r => Of(r, "room_type_name") ?? Of(r, "title")).Distinct(StringComparer.Ordinal)),
            Adults = Sum(occupancies, "adults"),
            Children = Sum(occupancies, "children") is { } children ? children + (Sum(occupancies, "infants") ?? 0) : null,
            Notes = SentValues.Join(
                "\n\n",
                booking.Text("notes"),
                guest is { Others: { Count: > 0 } others } ? "With: " + string.Join(", ", others) : null
            ),
            BookedAt = SentValues.Instant(Of(booking, "booked_at")),
            WrittenAt = SentValues.Instant(Of(booking, "inserted_at")),
            IsFirst = string.Equals(Of(booking, "status"), "new", StringComparison.OrdinalIgnoreCase),
            Fault =
                key is null ? "no-id"
                : key.Length > SentReservation.KeyMax ? "long-id"
                : state is null ? "unknown-status"
                : IsWrong(booking, "arrival_date", arrival) || IsWrong(booking, "departure_date", departure) || departure < arrival
                    ? "bad-dates"
                : (raw is not null && amount is null) || (amount is not null && currency is null) ? "bad-total"
                : null,
        };
    }

    private static bool IsRevision(JsonElement element)
    {
        var booking = element.Has("attributes") ? element.In("attributes") : element;
        return booking.Has("unique_id") || booking.Has("ota_reservation_code") || (booking.Has("revision_id") && booking.Has("customer"));
    }

    private static bool IsWrong(JsonElement booking, string name, DateOnly? read) => booking.Has(name) && read is null;

    private static bool IsCancelled(JsonElement room) =>
        room.IsTrue("is_cancelled") || room.Word("status").StartsWith("cancel", StringComparison.OrdinalIgnoreCase);

    private static decimal? Sum(List<JsonElement> rooms)
    {
        var amounts = rooms.ConvertAll(r => SentValues.Amount(Of(r, "amount")) ?? SumOfDays(r.In("days")));
        return amounts.Count == 0 || amounts.Exists(a => a is null or > SentValues.MostMoney) ? null : amounts.Sum();
    }

    // A room's nights, each with its price.
    private static decimal? SumOfDays(JsonElement days)
    {
        if (days.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var prices = days.EnumerateObject().Take(SentValues.MostNights).Select(d => SentValues.Amount(Payload.Raw(d.Value))).ToList();
        return prices.Count == 0 || prices.Exists(p => p is null or > SentValues.MostMoney) ? null : prices.Sum();
    }

    private static int? Sum(List<JsonElement> occupancies, string name) =>
        occupancies.ConvertAll(o => Count(o, name)) is var counts && counts.Exists(c => c is not null)
            ? Math.Min(counts.Sum() ?? 0, 9999)
            : null;

    private static SentGuest? GuestOf(JsonElement booking, List<JsonElement> rooms)
    {
        var customer = booking.In("customer");
        var said = NameOf(customer);
        var name = said is not null && said.Any(char.IsLetterOrDigit) ? said : null; // a dot stands for a name that was not given
        var others = rooms
            .SelectMany(r => r.All("guests"))
            .Select(NameOf)
            .OfType<string>()
            .Where(n => !string.Equals(n, name, StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.Ordinal)
            .Take(20)
            .ToList();
        var guest = new SentGuest(
            name ?? others.FirstOrDefault() ?? said,
            customer.Phone("phone"),
            Of(customer, "mail") ?? Of(customer, "email"),
            Of(customer, "country"),
            Of(customer, "language"),
            Others: name is null ? [.. others.Skip(1)] : others
        );
        return guest.SaysAnything ? guest : null;
    }

    private static string? NameOf(JsonElement person) => SentValues.Join(" ", Of(person, "name"), Of(person, "surname"));

    private static int? Count(JsonElement occupancy, string name) =>
        occupancy.Small(name) is >= 0 and <= 9999 and var number ? number : null;

    private static string? Of(JsonElement element, string name) =>
        element.In(name).ValueKind switch
        {
            JsonValueKind.String => element.Name(name),
            _ => Payload.Raw(element.In(name)),
        };
}
