using System.Text.Json.Serialization;
using Bellhop.Features.Bookings;
using Bellhop.Features.Flags;

namespace Bellhop.Features.Today;

/// <summary>The lists of a day at the desk.</summary>
public enum TodayList
{
    /// <summary>Confirmed or in house, with arrival on the day.</summary>
    Arrivals,

    /// <summary>In house or completed, with departure on the day.</summary>
    Departures,

    /// <summary>In house, by <see cref="Bookings.InHouse"/>. On another day than today, only stays of that night.</summary>
    InHouse,

    /// <summary>Pending bookings that guests asked for, by the booking form or the AI agent, whatever their days; and enquiries.</summary>
    Requests,
}

/// <summary>A booking with what the desk needs to know of its guest.</summary>
public sealed record TodayItem : BookingRow
{
    internal TodayItem(BookingRow booking)
        : base(booking) { }

    /// <summary>
    /// The guest's how many-th counted booking at this property it is, by arrival. A booking that does not count itself has the number of
    /// those before it. Null without a contact, and for an actor without contacts.view.
    /// </summary>
    public int? StayNumber { get; init; }

    /// <summary>
    /// It is no booking: the guest asks for an offer. Its id is the enquiry's, and it has no total. Without days, both are the day on which
    /// it came.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Enquiry { get; init; }

    /// <summary>What must not be missed, the most urgent first; empty for an actor without contacts.view.</summary>
    public IReadOnlyList<GuestFlag> Flags { get; init; } = [];
}
