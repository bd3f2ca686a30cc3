using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>When a cancellation stays, whatever comes after it.</summary>
public enum CancellationRule
{
    /// <summary>Without a revision. With one, the greater revision wins.</summary>
    ByRevision,

    /// <summary>Also against a message with an equal revision.</summary>
    AtTies,

    /// <summary>Always: the revisions may not move with the changes.</summary>
    Always,
}

/// <summary>A booking to save, fully checked: every value is clean and within its limits.</summary>
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
    /// <summary>Problems with guest fields that were accepted all the same. Each begins with the field's path.</summary>
    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>What a cancellation means to messages about the same booking that say otherwise.</summary>
    public CancellationRule Cancellation { get; init; }

    /// <summary>The phone, if no property's country is needed to read it. It is read before the save waits for its turn.</summary>
    private Phone? ReadAhead { get; init; }

    /// <summary>
    /// <c>Kept</c> is the phone as the booking stores it. <c>Possible</c> is the number that leads to a contact; null when the phone cannot
    /// be used.
    /// </summary>
    public readonly record struct BookedPhone(string? Kept, Phone? Possible);

    /// <param name="input">The booking as it was received.</param>
    /// <param name="now">The present time. A later <c>bookedAt</c> is refused, with one day of tolerance.</param>
    /// <param name="others">Errors found so far, when people typed the booking. Errors in guest fields are then refused as well. Null for a
    /// channel.</param>
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
        var roomType = errors.Text("roomType", input.RoomType, Booking.RoomTypeMax);
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
            ReadAhead =
                readable is not null
                && (region is not null || readable.StartsWith('+'))
                && Phone.Parse(readable, region) is { Possible: true } ahead
                    ? ahead
                    : null,
        };
    }

    /// <summary>With one more warning; it begins with the field's path.</summary>
    public Incoming Warned(string warning) => this with { Warnings = [.. Warnings, warning] };

    /// <summary>Reads the phone with the guest's country as its region, or else the property's country.</summary>
    public BookedPhone PhoneAt(Property property)
    {
        if (RawPhone is null)
        {
            return default;
        }

        if (
            Readable is null
            || (ReadAhead ?? Phone.Parse(Readable, Region ?? property.Country)) is not { Possible: true, IsDummy: false } phone
        )
        {
            return new(RawPhone, null);
        }

        return new(RawPhone.AsSpan().IndexOfAny('\t', '\n') < 0 ? phone.Full : RawPhone, phone);
    }

    /// <summary>The guest in the form that <see cref="ResolveContact"/> takes.</summary>
    public ResolveContact.Given Guest(BookedPhone phone) => new(Name, Text.OneLine(RawPhone), phone.Possible, RawEmail, Email, Region);

    /// <summary>The guest's fields to store in <see cref="Booking.Claimed"/> when the public form sent them; null for none.</summary>
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
    /// Whether the stored booking is newer: it has a higher revision, or it was cancelled by the outside system and this booking, without a
    /// revision, would undo that.
    /// </summary>
    public bool IsOlder(Booking stored)
    {
        var undoes = stored is { Status: BookingStatus.Cancelled, CancelledOutside: true } && Status != BookingStatus.Cancelled;
        return Revision is not { } mine
            ? undoes
            : Cancellation switch
            {
                CancellationRule.Always => undoes || (Status != BookingStatus.Cancelled && mine < stored.Revision),
                CancellationRule.AtTies => mine < stored.Revision || (undoes && !(mine > stored.Revision)),
                _ => mine < stored.Revision,
            };
    }

    /// <summary>A booking that is new here, before its values are written.</summary>
    public Booking New(Property property, DateTime now) =>
        new()
        {
            OrganizationId = property.OrganizationId,
            PropertyId = property.Id,
            Source = Source,
            ExternalId = ExternalId,
            Currency = Total.Currency,
            BookedAt = BookedAt ?? now,
            CreatedAt = now,
            UpdatedAt = now,
        };

    /// <summary>
    /// Writes all values to the booking except its contact and its converted total. A deleted guest's data is not written again.
    /// </summary>
    public void Write(Booking booking, BookedPhone phone)
    {
        booking.Status = Status;
        booking.CancelledOutside = Status == BookingStatus.Cancelled;
        (booking.Arrival, booking.Departure) = (Arrival, Departure);
        (booking.Total, booking.Currency) = (Total.Minor, Total.Currency);
        booking.Reference = Reference;
        booking.Revision = booking.Revision > Revision ? booking.Revision : Revision ?? booking.Revision;
        booking.RoomType = RoomType;
        (booking.Adults, booking.Children) = (Adults, Children);
        booking.BookedAt = BookedAt ?? booking.BookedAt;
        if (booking.GuestDeleted)
        {
            return;
        }

        booking.Notes = Notes;

        // Many cancellations come without guest data. Then the stored guest stays.
        var saysGuest = Name is not null || phone.Kept is not null || RawEmail is not null;
        var stored = saysGuest ? [] : booking.Warnings?.Split('\n').Where(GuestFields.IsOfGuest) ?? [];
        booking.Warnings = string.Join('\n', stored.Union(Warnings, StringComparer.Ordinal)) is { Length: > 0 } warnings ? warnings : null;
        if (saysGuest)
        {
            booking.GuestName = Name;
            booking.GuestPhone = phone.Kept;
            booking.PhoneUnusable = phone.Kept is not null && phone.Possible is null;
            booking.GuestEmail = RawEmail;
        }
    }
}
