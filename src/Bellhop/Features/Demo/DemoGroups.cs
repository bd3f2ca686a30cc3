using System.Globalization;
using Bellhop.Features.Bookings;
using Bellhop.Platform;

namespace Bellhop.Features.Demo;

/// <summary>Groups of the hostel: several rooms for the same nights, each in the name of one who sleeps there.</summary>
internal static class DemoGroups
{
    private const int Nights = 3;

    /// <summary>Days from today on which a group arrives, with its size.</summary>
    private static readonly (int Day, int Rooms, string Name)[] Groups =
    [
        (-40, 5, "Coro de Braga"),
        (0, 6, "Rowing club Coimbra"),
        (12, 8, "Gymnasium Plzeň, class 3B"),
    ];

    /// <summary>Books the groups that arrive at a property on a day.</summary>
    public static void Book(
        DemoProperty house,
        DateOnly day,
        DateTime now,
        List<DemoGuest> guests,
        Dictionary<string, int> serials,
        List<DemoPlan.Arrival> arrivals,
        SeededRandom dice
    )
    {
        var today = DateOnly.FromDateTime(now);
        foreach (var group in Groups.Where(g => g.Day == day.DayNumber - today.DayNumber && house == DemoProperty.Hostel))
        {
            var at = day.AddDays(-60).ToDateTime(new TimeOnly(10, 0), DateTimeKind.Utc);
            at = at < now ? at : now.AddDays(-3);
            for (var room = 1; room <= group.Rooms; room++)
            {
                var guest = DemoPlan.Guest(house, DateOnly.FromDateTime(at), guests, serials, dice);
                var until = day.AddDays(Nights);
                guest.BusyUntil = until > guest.BusyUntil ? until : guest.BusyUntil;
                var one = DemoPlan.StayOf(house, Source.Group, guest, house.Rooms[0], 4, day, until, today, arrivals.Count, dice);
                arrivals.Add(
                    new(
                        at,
                        house,
                        guest,
                        Source.Group,
                        one with
                        {
                            Status = day < today ? BookingStatus.Completed : BookingStatus.Confirmed,
                            Reference = string.Create(CultureInfo.InvariantCulture, $"{one.Reference}/{room}"),
                            Notes = $"Group: {group.Name}, room {room} of {group.Rooms}",
                        }
                    )
                );
            }
        }
    }
}
