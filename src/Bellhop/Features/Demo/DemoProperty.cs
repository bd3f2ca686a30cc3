using Bellhop.Platform;

namespace Bellhop.Features.Demo;

/// <summary>One of the demo's two properties: its prices, how many guests come, from where, and how they book.</summary>
internal sealed record DemoProperty(
    string Name,
    string Currency,
    string TimeZone,
    string Country,
    string Code,
    int BusyDay,
    int Bed,
    int MostNights,
    string[] Rooms,
    IReadOnlyList<(Source Source, int Weight)> Sources
)
{
    /// <summary>
    /// Arrivals on a day in percent of the busiest month, January first. Lisbon is full in summer, Prague also in December.
    /// </summary>
    public required int[] Season { get; init; }

    public required Func<Nation, int> Draw { get; init; }

    public static DemoProperty Hostel { get; } =
        new(
            "Lantern Hostel Lisboa",
            "EUR",
            "Europe/Lisbon",
            "PT",
            "LX",
            7,
            28,
            9,
            ["6-bed dorm", "8-bed dorm", "Female 4-bed dorm", "Twin room", "Double room with balcony"],
            [
                (Source.BookingCom, 300),
                (Source.Hostelworld, 250),
                (Source.Website, 130),
                (Source.Airbnb, 50),
                (Source.Expedia, 30),
                (Source.Agoda, 35),
                (Source.WalkIn, 60),
                (Source.WhatsApp, 55),
                (Source.Instagram, 25),
                (Source.Phone, 15),
                (Source.Facebook, 10),
                (Source.TikTok, 8),
                (Source.LiveChat, 10),
                (Source.AiAgent, 6),
                (Source.Telegram, 5),
                (Source.Group, 8),
                (Source.Dashboard, 6),
                (Source.Import, 4),
                (Source.Manual, 4),
                (Source.ChannelManager, 6),
            ]
        )
        {
            Season = [34, 38, 52, 66, 78, 90, 100, 100, 86, 68, 44, 42],
            Draw = nation => nation.Hostel,
        };

    public static DemoProperty Hotel { get; } =
        new(
            "Hotel Lucerna Praha",
            "CZK",
            "Europe/Prague",
            "CZ",
            "PG",
            4,
            1350,
            5,
            ["Single room", "Double room", "Twin room", "Family room", "Attic suite"],
            [
                (Source.BookingCom, 310),
                (Source.Expedia, 120),
                (Source.Website, 150),
                (Source.Agoda, 60),
                (Source.Airbnb, 30),
                (Source.Phone, 60),
                (Source.TravelAgent, 60),
                (Source.Corporate, 55),
                (Source.Group, 25),
                (Source.ChannelManager, 25),
                (Source.WalkIn, 25),
                (Source.WhatsApp, 30),
                (Source.Dashboard, 10),
                (Source.LiveChat, 12),
                (Source.AiAgent, 6),
                (Source.Facebook, 6),
                (Source.Telegram, 6),
                (Source.Manual, 4),
            ]
        )
        {
            Season = [40, 44, 58, 74, 88, 92, 84, 86, 90, 80, 62, 100],
            Draw = nation => nation.Hotel,
        };

    /// <summary>The planned arrivals on a day, in thousandths.</summary>
    public int Arrivals(DateOnly day) =>
        BusyDay
        * 10
        * Season[day.Month - 1]
        * (
            day.DayOfWeek is DayOfWeek.Friday or DayOfWeek.Saturday ? 125
            : day.DayOfWeek == DayOfWeek.Sunday ? 80
            : 95
        )
        / 100;

    /// <summary>The price of a night, in main units of the property's currency.</summary>
    public int Night(string room, int adults, DateOnly day, SeededRandom dice)
    {
        var place = room.Contains("dorm", StringComparison.Ordinal)
            ? adults
            : 1.2 + (0.35 * adults) + (room.Contains("suite", StringComparison.Ordinal) ? 1.1 : 0);
        return (int)(Bed * place * (0.65 + (Season[day.Month - 1] / 200.0)) * dice.Between(88, 118) / 100);
    }
}
