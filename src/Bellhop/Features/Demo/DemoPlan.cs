using System.Globalization;
using Bellhop.Features.Bookings;
using Bellhop.Platform;

namespace Bellhop.Features.Demo;

/// <summary>
/// Plans the guests of both properties up to a moment, and the bookings ahead of it. The plan is always the same for the same moment.
/// </summary>
internal static class DemoPlan
{
    private const ulong Seed = 20_260_301;
    internal const int DaysBack = 400;
    private const int DaysAhead = 170;

    /// <summary>Arrivals of today in thousandths of a busy day's.</summary>
    private const int FullDay = 2600;

    /// <summary>
    /// A guest who comes in from a source at a time, with or without a booking. Without one, the guest writes or stands at the desk.
    /// </summary>
    internal sealed record Arrival(DateTime At, DemoProperty DemoProperty, DemoGuest Guest, Source Source, Stay? Stay);

    /// <summary>A booked stay. The total is in main units.</summary>
    internal sealed record Stay(
        BookingStatus Status,
        DateOnly From,
        DateOnly To,
        decimal Total,
        string Currency,
        string? ExternalId,
        string Reference,
        string Room,
        int Adults,
        int Children,
        string? Notes,
        string? Phone,
        string? Email
    );

    private static readonly string[] Wishes =
    [
        "Arrives after 23:00",
        "Lower bunk, please",
        "Vegetarian breakfast",
        "Needs an invoice with the company's name",
        "Quiet room, away from the street",
        "Travels with a bicycle",
        "Birthday on the second night",
        "Allergic to feathers",
        "Asks for a cot",
        "Early check-in if possible",
        "Airport pick-up asked for",
        "Two friends in the same dorm",
    ];

    /// <summary>Everything that happened before <paramref name="now"/>, in order of time.</summary>
    /// <param name="daysBack">How many days before it the first guests arrive.</param>
    public static List<Arrival> Make(DateTime now, int daysBack = DaysBack)
    {
        var dice = new SeededRandom(Seed);
        var guests = new List<DemoGuest>();
        var serials = new Dictionary<string, int>(StringComparer.Ordinal);
        var arrivals = new List<Arrival>();
        DemoProperty[] houses = [DemoProperty.Hostel, DemoProperty.Hotel];
        var today = DateOnly.FromDateTime(now);
        for (var day = today.AddDays(-daysBack); day <= today.AddDays(DaysAhead); day = day.AddDays(1))
        {
            foreach (var house in houses)
            {
                for (var left = Wanted(house, day, today, dice); left > 0; left--)
                {
                    arrivals.Add(Book(house, day, now, guests, serials, arrivals.Count, dice));
                }

                DemoGroups.Book(house, day, now, guests, serials, arrivals, dice);

                if (day <= today && dice.Percent(18))
                {
                    arrivals.Add(Ask(house, day, now, guests, serials, dice));
                }
            }
        }

        return [.. arrivals.OrderBy(a => a.At)];
    }

    private static int Wanted(DemoProperty house, DateOnly day, DateOnly today, SeededRandom dice)
    {
        var thousandths = house.Arrivals(day) * dice.Between(70, 130) / 100;
        var ahead = day.DayNumber - today.DayNumber;
        if (ahead > 0)
        {
            thousandths = (int)(thousandths * Math.Exp(-ahead / 40.0));
        }

        if (ahead == 0)
        {
            thousandths = Math.Max(thousandths, house.BusyDay * FullDay); // there is always something to see on the first page
        }

        return (thousandths / 1000) + (dice.Below(1000) < thousandths % 1000 ? 1 : 0);
    }

    private static Arrival Book(
        DemoProperty house,
        DateOnly day,
        DateTime now,
        List<DemoGuest> guests,
        Dictionary<string, int> serials,
        int number,
        SeededRandom dice
    )
    {
        var today = now.DayIn(Clock.Zone(house.TimeZone)!);
        var ahead = Math.Max(0, day.DayNumber - today.DayNumber);
        var source = dice.Weighted(house.Sources);
        while (source == Source.WalkIn && ahead > 0)
        {
            source = dice.Weighted(house.Sources); // nobody walks in tomorrow
        }

        var at = BookedAt(source, day, ahead, now, dice);
        var guest = Guest(house, DateOnly.FromDateTime(at), guests, serials, dice);
        var departure = day.AddDays(1 + dice.Falling(2, house.MostNights - 1));
        guest.BusyUntil = departure > guest.BusyUntil ? departure : guest.BusyUntil;
        var room = dice.One(house.Rooms);
        var adults = room.StartsWith("Single", StringComparison.Ordinal) ? 1 : dice.Weighted([(1, 40), (2, 48), (3, 8), (4, 4)]);
        return new(at, house, guest, source, StayOf(house, source, guest, room, adults, day, departure, today, number, dice));
    }

    internal static Stay StayOf(
        DemoProperty house,
        Source source,
        DemoGuest guest,
        string room,
        int adults,
        DateOnly day,
        DateOnly departure,
        DateOnly today,
        int number,
        SeededRandom dice
    )
    {
        var inDollars = source is Source.TravelAgent or Source.Group && dice.Percent(30);
        var total = (decimal)house.Night(room, adults, day, dice) * (departure.DayNumber - day.DayNumber);
        if (inDollars)
        {
            total = Math.Round(total * (house.Currency == "EUR" ? 1.09m : 0.044m), 2);
        }
        else if (house.Currency == "EUR" && dice.Percent(35))
        {
            total = Math.Round(total * 0.97m, 2); // an odd price
        }

        return new(
            Status(source, day, departure, today, dice),
            day,
            departure,
            total,
            inDollars ? "USD" : house.Currency,
            Key(source, number, dice),
            string.Create(CultureInfo.InvariantCulture, $"{house.Code}-{10_000 + number}"),
            room,
            adults,
            dice.Percent(room.StartsWith("Family", StringComparison.Ordinal) ? 80 : 5) ? dice.Between(1, 2) : 0,
            dice.Percent(9) ? dice.One(Wishes) : null,
            source == Source.Airbnb || (Outside(source) && dice.Percent(7)) ? null : Spelt(guest, dice),
            Address(source, guest, number, dice)
        );
    }

    private static BookingStatus Status(Source source, DateOnly day, DateOnly departure, DateOnly today, SeededRandom dice)
    {
        if (source != Source.WalkIn && dice.Percent(source == Source.BookingCom ? 17 : 9))
        {
            return BookingStatus.Cancelled;
        }

        if (day > today)
        {
            return dice.Weighted([(BookingStatus.Confirmed, 88), (BookingStatus.Pending, 7), (BookingStatus.Hold, 5)]);
        }

        if (departure < today || (departure == today && dice.Percent(70)))
        {
            return source != Source.WalkIn && dice.Percent(3) ? BookingStatus.NoShow : BookingStatus.Completed;
        }

        return day == today && source != Source.WalkIn && dice.Percent(50) ? BookingStatus.Confirmed : BookingStatus.InHouse;
    }

    private static DateTime BookedAt(Source source, DateOnly day, int ahead, DateTime now, SeededRandom dice)
    {
        var lead = source switch
        {
            Source.WalkIn => 0,
            Source.Group or Source.TravelAgent => dice.Falling(60, 240),
            Source.Website or Source.BookingCom or Source.Expedia or Source.Agoda or Source.Airbnb or Source.Hostelworld => dice.Falling(
                26,
                200
            ),
            _ => dice.Falling(11, 120),
        };
        var at = day.AddDays(-Math.Max(lead, ahead > 0 ? ahead + dice.Falling(14, 90) : 0))
            .ToDateTime(new TimeOnly(dice.Between(7, 21), dice.Below(60), dice.Below(60)), DateTimeKind.Utc);
        return at < now.AddMinutes(-2) ? at : now.AddMinutes(-dice.Between(3, 400));
    }

    /// <summary>An earlier guest, or a new one.</summary>
    internal static DemoGuest Guest(
        DemoProperty house,
        DateOnly booked,
        List<DemoGuest> guests,
        Dictionary<string, int> serials,
        SeededRandom dice
    )
    {
        for (var tries = guests.Count > 50 && dice.Percent(52) ? 4 : 0; tries > 0; tries--)
        {
            // The newer half of the guests comes back more often.
            var known = guests[dice.Percent(60) ? guests.Count - 1 - dice.Below(guests.Count / 2) : dice.Below(guests.Count)];
            if (known.BusyUntil < booked)
            {
                return known;
            }
        }

        var nation = dice.Weighted([.. Nations.All.Select(n => (n, house.Draw(n)))]);
        var serial = serials.GetValueOrDefault(nation.Country);
        serials[nation.Country] = serial + 1;
        var guest = DemoGuest.Make(nation, serial, dice);
        guests.Add(guest);
        return guest;
    }

    /// <summary>A guest who asks without booking.</summary>
    private static Arrival Ask(
        DemoProperty house,
        DateOnly day,
        DateTime now,
        List<DemoGuest> guests,
        Dictionary<string, int> serials,
        SeededRandom dice
    )
    {
        var source = dice.Weighted([
            (Source.WhatsApp, 30),
            (Source.Instagram, 18),
            (Source.Manual, 20),
            (Source.LiveChat, 12),
            (Source.Facebook, 8),
            (Source.Phone, 6),
            (Source.Telegram, 4),
            (Source.TikTok, 2),
        ]);
        return new(BookedAt(Source.WalkIn, day, 0, now, dice), house, Guest(house, day, guests, serials, dice), source, null);
    }

    private static bool Outside(Source source) =>
        source is Source.BookingCom or Source.Airbnb or Source.Expedia or Source.Agoda or Source.Hostelworld;

    private static string? Key(Source source, int number, SeededRandom dice) =>
        source switch
        {
            Source.BookingCom or Source.Agoda => string.Create(CultureInfo.InvariantCulture, $"{dice.Between(30_000, 49_999)}{number:D5}"),
            Source.Airbnb => string.Create(CultureInfo.InvariantCulture, $"HM{dice.Between(100, 999)}X{number:D5}"),
            Source.Expedia or Source.Hostelworld or Source.ChannelManager or Source.TravelAgent => string.Create(
                CultureInfo.InvariantCulture,
                $"{number + 700_000}"
            ),
            Source.Website => string.Create(CultureInfo.InvariantCulture, $"W-{number:D6}"),
            _ => null,
        };

    /// <summary>The e-mail address that a channel passes on. Channels with a relay make a new relay address for each booking.</summary>
    private static string? Address(Source source, DemoGuest guest, int number, SeededRandom dice) =>
        source switch
        {
            Source.BookingCom => string.Create(CultureInfo.InvariantCulture, $"{guest.Latin}.{number + 510_000}@guest.booking.com"),
            Source.Airbnb => string.Create(CultureInfo.InvariantCulture, $"{guest.Latin}.{number:x}@guest.airbnb.com"),
            Source.Expedia => string.Create(
                CultureInfo.InvariantCulture,
                $"{number:x}{dice.Between(10_000, 99_999)}@m.expediapartnercentral.com"
            ),
            Source.Agoda => string.Create(CultureInfo.InvariantCulture, $"{guest.Latin}-{number:x}@agoda-messaging.com"),
            Source.WalkIn => null,
            _ => guest.Email,
        };

    /// <summary>The guest's phone number in one of the ways in which people write it.</summary>
    private static string? Spelt(DemoGuest guest, SeededRandom dice) =>
        (guest.Phone, dice.Below(10)) switch
        {
            (null, _) => null,
            (var phone, 0) when Phone.Parse("00" + phone[1..], guest.Country).E164 == phone => "00" + phone[1..],
            (var phone, 1 or 2) => string.Create(CultureInfo.InvariantCulture, $"{phone[..4]} {phone[4..7]} {phone[7..]}"),
            var (phone, _) => phone,
        };
}
