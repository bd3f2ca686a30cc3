using Bellhop.Platform;

namespace Bellhop.Features.Channels;

/// <summary>What a sender says that a reservation is.</summary>
public enum SentState
{
    Pending,
    Hold,
    Confirmed,
    InHouse,
    Completed,
    Cancelled,
    NoShow,

    /// <summary>The guest asks for an offer: no booking.</summary>
    Requested,
}

/// <summary>How the revisions of a sender order its messages.</summary>
public enum SentOrder
{
    /// <summary>Each change has a greater revision. Of two equal ones, a cancellation wins.</summary>
    ByRevision,

    /// <summary>
    /// The revision may be the time at which the reservation was made, which changes do not move. A cancellation always wins: no booking
    /// site brings a cancelled number back.
    /// </summary>
    ByCreation,
}

/// <summary>One reservation as a sender describes it. What the message does not say is null, and leaves what is known as it is.</summary>
public sealed record SentReservation
{
    /// <summary>The longest outside key that a booking has.</summary>
    public const int KeyMax = 128;

    /// <summary>The id by which the answer names it; null where the message has none.</summary>
    public string? Id { get; init; }

    /// <summary>The outside key of its booking, the same over all revisions.</summary>
    public string? Key { get; init; }

    /// <summary>The number that the guest has from the booking site.</summary>
    public string? Reference { get; init; }
    public Source Source { get; init; } = Source.ChannelManager;
    public SentState State { get; init; } = SentState.Confirmed;
    public long? Revision { get; init; }
    public SentOrder Order { get; init; }
    public DateOnly? Arrival { get; init; }
    public DateOnly? Departure { get; init; }

    /// <summary>Such senders also write of a reservation before its days: it waits for them, and counts nowhere until then.</summary>
    public bool DaysMayFollow { get; init; }

    /// <summary>The price of the whole stay, all rooms once.</summary>
    public decimal? Amount { get; init; }
    public string? Currency { get; init; }

    /// <summary>Null where the message names nobody.</summary>
    public SentGuest? Guest { get; init; }

    /// <summary>How many rooms are left of it; 0 where the message names none.</summary>
    public int Rooms { get; init; }
    public string? RoomType { get; init; }
    public int? Adults { get; init; }
    public int? Children { get; init; }
    public string? Notes { get; init; }
    public DateTime? BookedAt { get; init; }

    /// <summary>When this revision was written. A reservation that does not say when it was booked was booked by then.</summary>
    public DateTime? WrittenAt { get; init; }

    /// <summary>It says that the reservation is new: of two equal revisions, it is the older one.</summary>
    public bool IsFirst { get; init; }

    /// <summary>The property that the sender means; null for the connection's own.</summary>
    public Guid? PropertyId { get; init; }

    /// <summary>Why it cannot be taken: a name of ours, such as <c>no-id</c>. Null where it can be read.</summary>
    public string? Fault { get; init; }

    /// <summary>The id by which a sender that is pulled wants to hear that this message is kept; null for none.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>Its place among the reservations of the message.</summary>
    public int Index { get; init; }

    /// <summary>Whether it says nothing but which reservation it is and what became of it.</summary>
    public bool IsIdOnly => Guest is null && Arrival is null && Departure is null && Amount is null;
}

/// <summary>Who travels. Who booked for them is another person, and is kept apart.</summary>
/// <param name="Phone">The mobile number, else another; never a fax.</param>
/// <param name="Email">A real address, else one by which the booking site passes mail on.</param>
/// <param name="Country">A country's code or name.</param>
/// <param name="Language">The language's code.</param>
/// <param name="Newsletter">What the guest answered about newsletters; null for no answer.</param>
/// <param name="Others">The names of those who travel with the guest.</param>
/// <param name="Booker">Who booked for the guest, in words; null where the guest booked.</param>
public sealed record SentGuest(
    string? Name = null,
    string? Phone = null,
    string? Email = null,
    string? Country = null,
    string? Language = null,
    bool? Newsletter = null,
    IReadOnlyList<string>? Others = null,
    string? Booker = null
)
{
    public bool SaysAnything => Name is not null || Phone is not null || Email is not null;
}

/// <summary>The forms in which senders write reservations.</summary>
public enum SentForm
{
    /// <summary>OpenTravel's XML.</summary>
    Ota,

    /// <summary>Revisions as Channex writes them.</summary>
    Channex,

    /// <summary>The JSON of <c>POST /bookings</c>.</summary>
    Own,

    /// <summary>Reservations as apaleo writes them.</summary>
    Apaleo,
}
