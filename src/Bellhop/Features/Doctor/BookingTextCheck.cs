using System.Runtime.CompilerServices;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Doctor;

/// <summary>Checks what the search of bookings reads: the texts of the bookings themselves and the list of room types.</summary>
internal sealed class BookingTextCheck
{
    private const int InOneSave = 100;

    // For each room type, one booking that has it.
    private readonly Dictionary<string, Guid> _rooms = new(StringComparer.Ordinal);
    private readonly List<string> _wrongRooms = [];
    private readonly HashSet<Guid> _wrong = [];

    /// <summary>Null when a search finds the booking by all that it says.</summary>
    /// <param name="guest">The right search text of the booking's contact; null for none.</param>
    public CheckFigures.Difference? Check(Booking booking, string? guest)
    {
        if (booking.RoomType is { } room)
        {
            _rooms.TryAdd(room, booking.Id);
        }

        return BookingText.IsRight(booking, guest) ? null : Wrong(booking.Id, "searchText");
    }

    /// <summary>Compares the room types of the checked bookings with the stored list and returns each difference.</summary>
    public async IAsyncEnumerable<CheckFigures.Difference> CompareRooms(
        int organizationId,
        BellhopDb db,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var stored = await db
            .RoomTypes.Where(t => t.OrganizationId == organizationId)
            .ToDictionaryAsync(t => t.Name, t => t.Words, StringComparer.Ordinal, cancel);
        foreach (var (room, booking) in _rooms.Where(r => stored.GetValueOrDefault(r.Key) != SearchText.WordsOf(r.Key)))
        {
            _wrongRooms.Add(room);
            yield return Wrong(booking, "roomType");
        }
    }

    /// <summary>Writes the right texts and room types.</summary>
    public async Task Mend(int organizationId, BellhopDb db, CancellationToken cancel)
    {
        if (_wrongRooms.Count > 0)
        {
            await db.Save(
                () =>
                    db.RoomTypes.Where(t => t.OrganizationId == organizationId && _wrongRooms.Contains(t.Name)).ExecuteDeleteAsync(cancel),
                cancel
            );
        }

        await db.SaveInBatches(_wrong.Order(), InOneSave, some => BookingText.Rewrite(organizationId, some, db, cancel), cancel);
    }

    private CheckFigures.Difference Wrong(Guid booking, string field)
    {
        _wrong.Add(booking);
        return new("booking", booking.ToString(), field, null, null);
    }
}
