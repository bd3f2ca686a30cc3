using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Contacts;

/// <summary>The list and the cards the slow way: every touch and booking read into memory, and counted by the book.</summary>
internal static class Scan
{
    public sealed record Guest(
        Guid Id,
        string? Name,
        string? Phone,
        string? Email,
        string Search,
        string? NameKey,
        Source Source,
        Guid AssignedTo,
        DateTime CreatedAt,
        int Bookings,
        long Spent,
        DateOnly CustomerSince,
        Guid? LastBookingId,
        DateOnly? LastArrival,
        DateTime? ActiveUntil
    );

    public static async Task<List<Guest>> Guests(GuestHouse house, IReadOnlyList<Guid>? properties)
    {
        await using var db = house.Database.Open();
        var contacts = await db.Contacts.AsNoTracking().ToListAsync();
        var touches = (await db.Touches.AsNoTracking().ToListAsync())
            .Where(t => properties?.Contains(t.PropertyId) ?? true)
            .ToLookup(t => t.ContactId);
        var bookings = (await db.Bookings.AsNoTracking().Where(b => b.ContactId != null).ToListAsync())
            .Where(b => properties?.Contains(b.PropertyId) ?? true)
            .ToLookup(b => b.ContactId!.Value);
        var zones = house.Properties.ToDictionary(p => p.Id, p => p.Zone);
        var guests = new List<Guest>();
        foreach (var contact in contacts.Where(c => touches[c.Id].Any()))
        {
            var first = touches[contact.Id].OrderBy(t => t.At).ThenBy(t => t.PropertyId).First();
            var stays = bookings[contact.Id].Select(GuestFigures.Stay.Of).ToList();
            var counted = GuestFigures.Count(stays, "EUR", id => zones[id], zone => db.Now.DayIn(zone));

            // Of each property, the month of the earlier of first touch and first booking there; of several, the earliest of those.
            var since = properties is null
                ? Since(first.At, stays, zones[contact.PropertyId])
                : touches[contact.Id]
                    .GroupBy(t => t.PropertyId)
                    .Min(g => Since(g.Min(t => t.At), stays.FindAll(s => s.PropertyId == g.Key), zones[g.Key]));
            guests.Add(
                new(
                    contact.Id,
                    contact.Name,
                    contact.Phone,
                    contact.Email,
                    contact.Search,
                    contact.NameKey,
                    first.Source,
                    contact.PropertyId,
                    first.At,
                    counted.Bookings,
                    counted.Spent,
                    since,
                    counted.LastBookingId,
                    counted.LastArrival,
                    counted.ActiveUntil
                )
            );
        }

        return guests;
    }

    public static IEnumerable<Guest> Where(this IEnumerable<Guest> guests, ContactFilter filter, DateTime now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Lisbon");
        return guests.Where(g =>
            (filter.Q is null || SearchTerms.Of(filter.Q).AreIn(g.Search))
            && (filter.Sources is null || filter.Sources.Contains(g.Source))
            && (filter.Active is null || filter.Active == g.ActiveUntil > now)
            && (filter.MinBookings is null || g.Bookings >= filter.MinBookings)
            && (filter.MaxBookings is null || g.Bookings <= filter.MaxBookings)
            && (filter.MinSpent is null || g.Spent >= filter.MinSpent * 100)
            && (filter.MaxSpent is null || g.Spent <= filter.MaxSpent * 100)
            && (filter.CreatedFrom is null || g.CreatedAt.DayIn(zone) >= filter.CreatedFrom)
            && (filter.CreatedTo is null || g.CreatedAt.DayIn(zone) <= filter.CreatedTo)
            && (filter.LastStayFrom is null || g.LastArrival >= filter.LastStayFrom)
            && (filter.LastStayTo is null || g.LastArrival <= filter.LastStayTo)
            && (filter.HasPhone is null || filter.HasPhone == g.Phone is not null)
            && (filter.HasEmail is null || filter.HasEmail == g.Email is not null)
        );
    }

    public static List<Guest> InOrder(this IEnumerable<Guest> guests, ContactSort sort, bool descending)
    {
        Func<Guest, IComparable?> key = sort.ToString() switch
        {
            "name" => g => g.NameKey is null ? null : new Bytes(g.NameKey),
            "source" => g => new Bytes(g.Source.ToString()),
            "bookings" => g => g.Bookings,
            "totalSpent" => g => g.Spent,
            "customerSince" => g => g.CustomerSince,
            "lastBooking" => g => g.LastArrival,
            "rating" => _ => null,
            _ => g => g.CreatedAt,
        };
        var filled = guests.OrderBy(g => key(g) is null);
        return [.. descending ? filled.ThenByDescending(key).ThenByDescending(g => g.Id) : filled.ThenBy(key).ThenBy(g => g.Id)];
    }

    public static ContactSummary Cards(this IEnumerable<Guest> guests, DateTime now)
    {
        var all = guests.ToList();
        var month = now.MonthIn(TimeZoneInfo.FindSystemTimeZoneById("Europe/Lisbon"));
        return new(
            all.Count,
            all.Count(g => g.ActiveUntil > now),
            all.Count(g => g.CreatedAt.MonthIn(TimeZoneInfo.FindSystemTimeZoneById("Europe/Lisbon")) == month),
            Average(all.Count(g => g.Bookings > 0)),
            Average(all.Count)
        );

        Money Average(int over) =>
            new(over == 0 ? 0 : (long)Math.Round((decimal)all.Sum(g => g.Spent) / over, MidpointRounding.AwayFromZero), "EUR");
    }

    private static DateOnly Since(DateTime touched, List<GuestFigures.Stay> stays, TimeZoneInfo zone) =>
        stays.Select(s => s.BookedAt).Append(touched).Min().MonthIn(zone);

    /// <summary>A text in the order of its UTF-8 bytes.</summary>
    private sealed record Bytes(string Text) : IComparable
    {
        public int CompareTo(object? obj) =>
            System.Text.Encoding.UTF8.GetBytes(Text).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(((Bytes)obj!).Text));
    }
}
