using System.Text.Json;
using Bellhop.Platform;

namespace Bellhop.Features.Channels;

/// <summary>Reads the JSON of <c>POST /bookings</c>, for programs that already speak it: one booking, a list, or <c>bookings</c>.</summary>
internal static class OwnBooking
{
    public static IEnumerable<JsonElement> Elements(JsonElement message)
    {
        JsonElement[] found = message.ValueKind switch
        {
            JsonValueKind.Array => [.. message.EnumerateArray()],
            _ when message.In("bookings").ValueKind == JsonValueKind.Array => [.. message.All("bookings")],
            _ => [message],
        };
        return found.Any(IsBooking) ? found.Where(b => b.ValueKind == JsonValueKind.Object) : [];
    }

    private static bool IsBooking(JsonElement item) => item.Has("externalId") || (item.Has("arrival") && item.Has("status"));

    public static SentReservation Read(JsonElement booking, int index)
    {
        var key = booking.Key("externalId");
        var status = booking.Key("status");
        var state = Find<SentState>(status);
        var source = Find<Source>(booking.Name("source"));
        var total = booking.In("total");
        var (amount, currency) = (SentValues.Amount(Raw(total, "amount")), total.Name("currency"));
        var (arrival, departure) = (SentValues.Day(booking.Name("arrival")), SentValues.Day(booking.Name("departure")));
        var person = booking.In("guest");
        var guest = new SentGuest(person.Text("name"), person.Phone("phone"), person.Text("email"), person.Text("country"));
        return new()
        {
            Index = index,
            Id = key,
            Key = key,
            Reference = booking.Key("reference"),
            Source = source ?? Source.ChannelManager,
            State = state ?? SentState.Confirmed,
            Revision = booking.Number("revision") ?? SentValues.Revision(booking.Name("revision")),
            Order = SentOrder.ByRevision,
            Arrival = arrival,
            Departure = departure,
            Amount = amount,
            Currency = currency,
            Guest = guest.SaysAnything ? guest : null,
            Rooms = 1,
            RoomType = booking.Name("roomType"),
            Adults = booking.Small("adults"),
            Children = booking.Small("children"),
            Notes = booking.Text("notes"),
            BookedAt = SentValues.Instant(booking.Name("bookedAt")),
            PropertyId = Guid.TryParse(booking.Name("propertyId"), out var property) ? property : null,
            Fault =
                key is null ? "no-id"
                : key.Length > SentReservation.KeyMax ? "long-id"
                : booking.Has("status") && state is null ? "unknown-status"
                : booking.Has("source") && source is null ? "unknown-source"
                : (booking.Has("arrival") && arrival is null) || (booking.Has("departure") && departure is null) || departure < arrival
                    ? "bad-dates"
                : booking.Has("total") && (amount is null || currency is null) ? "bad-total"
                : null,
        };
    }

    private static string? Raw(JsonElement element, string name) =>
        element.In(name).ValueKind == JsonValueKind.Number ? element.In(name).GetRawText() : element.Name(name);

    private static T? Find<T>(string? name)
        where T : struct, Enum =>
        name is not null && Enum.GetNames<T>().Contains(name, StringComparer.Ordinal) ? Enum.Parse<T>(name) : null;
}
