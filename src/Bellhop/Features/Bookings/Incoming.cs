using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>A booking from outside, checked whole: every value clean and within its limits.</summary>
internal sealed record Incoming(
    Source Source,
    BookingStatus Status,
    DateOnly Arrival,
    DateOnly Departure,
    Money Total,
    string? Name,
    string? RawPhone,
    string? Readable,
    string? Region,
    string? RawEmail,
    Email? Email,
    string? ExternalId,
    string? Reference,
    long? Revision,
    string? RoomType,
    int? Adults,
    int? Children,
    string? Notes,
    DateTime? BookedAt
)
{
    /// <summary>What of the guest was kept although something about it cannot be used; each begins with the field's path.</summary>
    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>A phone as the booking keeps it, and as it leads to a contact where it can.</summary>
    public readonly record struct BookedPhone(string? Kept, Phone? Possible);

    /// <param name="input">As it came.</param>
    /// <param name="now">No booking is made after it.</param>
    /// <param name="others">What is wrong already, where people typed it: then what is wrong with the guest is refused too.</param>
    /// <exception cref="Refusal">400 listing every field at fault.</exception>
    public static Incoming Read(ReceiveBooking.Input input, DateTime now, ValidationErrors? others = null)
    {
        var errors = others ?? new ValidationErrors();
        var source = BookingRules.Name<Source>("source", input.Source, errors);
        var status = BookingRules.Name<BookingStatus>("status", input.Status, errors);
        var arrival = errors.Day("arrival", input.Arrival);
        var departure = errors.Day("departure", input.Departure);
        if (departure < arrival)
        {
            errors.Add("departure", ErrorText.Of<BookingTexts>("DepartureBeforeArrival"));
        }

        var total = input.Total.Read("total", errors);
        var guest = new GuestFields(others);
        var name = guest.Name("guest.name", input.Guest.Name);
        var (phone, readable) = guest.Phone("guest.phone", input.Guest.Phone);
        var (address, email) = guest.Email("guest.email", input.Guest.Email);
        var region = guest.Country("guest.country", input.Guest.Country);
        var externalId = errors.Text("externalId", input.ExternalId, 128);
        var reference = errors.Text("reference", input.Reference, 128);
        var roomType = errors.Text("roomType", input.RoomType, 200);
        var notes = guest.Text("notes", input.Notes, 4000, multiline: true);
        errors.Range("adults", input.Adults, 0, 9999);
        errors.Range("children", input.Children, 0, 9999);
        var bookedAt = input.BookedAt?.UtcDateTime.ToMilliseconds();
        if (bookedAt is { } at && (at.Year < Clock.Earliest.Year || at > now.AddDays(1)))
        {
            errors.Add("bookedAt", ErrorText.Of<BookingTexts>("BookedInFuture"));
        }

        errors.Refuse();
        return new(
            source!.Value,
            status!.Value,
            arrival!.Value,
            departure!.Value,
            total!.Value,
            name,
            phone,
            readable,
            region,
            address,
            email,
            externalId,
            reference,
            input.Revision?.Order,
            roomType,
            input.Adults,
            input.Children,
            notes,
            bookedAt
        )
        {
            Warnings = guest.Warnings,
        };
    }

    /// <summary>The phone read with the guest's country, else the property's, as its region.</summary>
    public BookedPhone PhoneAt(Property property)
    {
        if (RawPhone is null)
        {
            return default;
        }

        if (Readable is null || Phone.Parse(Readable, Region ?? property.Country) is not { Possible: true, IsDummy: false } phone)
        {
            return new(RawPhone, null);
        }

        return new(RawPhone.AsSpan().IndexOfAny('\t', '\n') < 0 ? phone.Full : RawPhone, phone);
    }

    /// <summary>The guest as Intake takes one.</summary>
    public ResolveContact.Given Guest(BookedPhone phone) => new(Name, Text.OneLine(RawPhone), phone.Possible, RawEmail, Email);

    /// <summary>What of the guest somebody says who may be anybody.</summary>
    public string? Claims(BookedPhone phone)
    {
        string?[] said =
        [
            Name is null ? null : ClaimedField.Name,
            phone.Possible is null ? null : ClaimedField.Phone,
            RawEmail is null ? null : ClaimedField.Email,
        ];
        return ClaimedField.Write(said.OfType<string>());
    }

    /// <summary>
    /// Whether the stored booking is the later word: a higher revision, or a cancellation that this, without a revision, would undo.
    /// </summary>
    public bool IsOlder(Booking stored) =>
        Revision is { } mine
            ? mine < stored.Revision
            : stored is { Status: BookingStatus.Cancelled, CancelledOutside: true } && Status != BookingStatus.Cancelled;

    /// <summary>Puts everything on the booking but its contact and its converted total. A deleted guest stays out.</summary>
    public void Write(Booking booking, BookedPhone phone)
    {
        booking.Status = Status;
        booking.CancelledOutside = Status == BookingStatus.Cancelled;
        (booking.Arrival, booking.Departure) = (Arrival, Departure);
        (booking.Total, booking.Currency) = (Total.Minor, Total.Currency);
        booking.Reference = Reference;
        booking.Revision = Revision ?? booking.Revision;
        booking.RoomType = RoomType;
        (booking.Adults, booking.Children) = (Adults, Children);
        booking.BookedAt = BookedAt ?? booking.BookedAt;
        if (booking.GuestDeleted)
        {
            return;
        }

        booking.Notes = Notes;

        // Many cancellations come without the guest: that says nothing of who it was.
        if (Name is not null || phone.Kept is not null || RawEmail is not null)
        {
            booking.GuestName = Name;
            booking.GuestPhone = phone.Kept;
            booking.PhoneUnusable = phone.Kept is not null && phone.Possible is null;
            booking.GuestEmail = RawEmail;
        }
    }
}
