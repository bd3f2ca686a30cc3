using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Ui;

namespace Bellhop.Features.Inbox;

/// <summary>Fills the placeholders of a saved reply for the guest of a conversation, as the page puts it at the cursor.</summary>
internal static class FillReply
{
    private const int LatestBookings = 10;

    /// <returns>The text in the viewer's way of writing days and money. What is not known stays a placeholder.</returns>
    /// <exception cref="Refusal">404 for a conversation that the actor does not see.</exception>
    public static async Task<string> Run(
        Guid conversationId,
        string text,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ConversationsReply);
        return Placeholders.Fill(text, await Values(conversationId, who, db, cursors, cancel));
    }

    /// <summary>What stands for each placeholder; null for what is not known.</summary>
    internal static async Task<IReadOnlyDictionary<string, string?>> Values(
        Guid conversationId,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        var row = await GetConversation.Read(conversationId, who, db, cancel) ?? throw Refusal.NotThere("conversation", conversationId);
        var booking =
            row.Contact is { } contact && who.Can(Permission.BookingsView) && who.Can(Permission.ContactsView)
                ? await Active(contact.Id, who, db, cursors, cancel)
                : null;
        return new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [Placeholders.Guest] = InboxWords.NameOf(row),
            [Placeholders.Property] = row.Property.Name,
            [Placeholders.Arrival] = booking is null ? null : Show.Day(booking.Arrival),
            [Placeholders.Departure] = booking is null ? null : Show.Day(booking.Departure),
            [Placeholders.Room] = booking?.RoomType,
            [Placeholders.Reference] = booking?.Reference,
            [Placeholders.Balance] = booking is null ? null : Show.Money(booking.Balance),
            [Placeholders.Me] = who.Name,
        };
    }

    private static async Task<BookingRow?> Active(Guid contactId, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        var house = await SeeOrganization.Run(who, db, cancel);
        var latest = await ListContactBookings.Run(contactId, new(LatestBookings), who, db, cursors, cancel);
        return ActiveBooking.Of(latest.Items, house, db.Host.Clock)?.Booking;
    }
}
