namespace Bellhop.Data;

/// <summary>The list of room types that the search of bookings reads, written at a save's end.</summary>
public abstract partial class BellhopDb
{
    // A known room type is left alone, so that bookings of the same room do not wait for each other.
    private const string AddRoomType =
        "INSERT INTO room_types (organization_id, name, words) VALUES (@room_organization, @room_name, @room_words) ON CONFLICT DO NOTHING";

    // All writers use the order of the key, so that they never deadlock.
    private IEnumerable<LastWrite> RoomTypeWrites() =>
        SaveContext
            .RoomTypes.OrderBy(room => room.Key.OrganizationId)
            .ThenBy(room => room.Key.Name, StringComparer.Ordinal)
            .Select(room => new LastWrite(
                "rooms",
                AddRoomType,
                c => c.With("room_organization", room.Key.OrganizationId).With("room_name", room.Key.Name).With("room_words", room.Value)
            ));
}
