using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Palette;

/// <summary>
/// What the command palette finds for a text: guests as in the guest list, with exact names first, then as <see cref="ShortList"/> says,
/// and bookings by their numbers. The actor finds only what they may see.
/// </summary>
public static class FindAnything
{
    public const int MostGuests = 8;
    public const int MostBookings = 5;

    /// <summary>The least length of a text to look for a booking's number.</summary>
    private const int LeastOfNumber = 3;

    public sealed record Row(IReadOnlyList<ContactRow> Guests, IReadOnlyList<BookingRow> Bookings)
    {
        public static readonly Row None = new([], []);
    }

    /// <param name="typed">The text as typed. An empty or invalid text finds nothing.</param>
    public static async Task<Row> Run(string? typed, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.DemandKnown();
        var (text, error) = Text.Clean(typed, multiline: false);
        if (error is not null || text is not { Length: > 0 and <= ContactFilter.SearchMax })
        {
            return Row.None;
        }

        var guests = who.Can(Permission.ContactsView) ? await Guests(text, who, db, cursors, cancel) : [];
        if (!who.Can(Permission.BookingsView) || text.Length < LeastOfNumber)
        {
            return new(guests, []);
        }

        // This actor may see only bookings, so that bookings are found by number alone. The guests are in the first list already.
        var byNumber = who with
        {
            Permissions = new([Permission.BookingsView]),
        };
        return new(guests, (await ListBookings.Run(new(new(Q: text), new(MostBookings)), byNumber, db, cursors, cancel)).Items);
    }

    private static async Task<IReadOnlyList<ContactRow>> Guests(
        string text,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        var found = (await ListContacts.Run(new(new(Q: text), Limit: ShortList.Candidates), who, db, cursors, cancel))
            .Items.InOrder(text, g => g.Phone, g => g.Active, g => g.LastBooking?.Arrival, db.Now.DayIn(TimeZoneInfo.Utc))
            .ToList();
        var first = new List<ContactRow>();
        foreach (var named in await GuestsByName.Find(SearchTerms.Of(text), MostGuests, who, db, cancel))
        {
            if ((found.FirstOrDefault(g => g.Id == named.Id) ?? await GetContact.Read(named.Id, who, db, cancel)) is { } row)
            {
                first.Add(row);
            }
        }

        return [.. first.Concat(found).DistinctBy(g => g.Id).Take(MostGuests)];
    }
}
