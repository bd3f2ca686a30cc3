using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>
/// Staff enter a booking at the desk or on the phone. It is saved by <see cref="ReceiveBooking"/>, like every booking, but a guest's phone
/// or e-mail that cannot be used is refused.
/// </summary>
public static class AddBooking
{
    /// <param name="PropertyId">The property of the stay.</param>
    /// <param name="Source"><c>WalkIn</c> or <c>Phone</c>.</param>
    /// <param name="Status">A name of <see cref="BookingStatus"/>.</param>
    /// <param name="Arrival">YYYY-MM-DD.</param>
    /// <param name="Departure">YYYY-MM-DD, not before arrival.</param>
    /// <param name="Total">Price of the whole stay, in the property's currency.</param>
    /// <param name="ContactId">The guest, if staff found one. Otherwise name, phone and e-mail say who the guest is.</param>
    public sealed record Input(
        Guid PropertyId,
        string Source,
        string Status,
        string Arrival,
        string Departure,
        decimal? Total,
        Guid? ContactId = null,
        string? Name = null,
        string? Phone = null,
        string? Email = null,
        string? RoomType = null,
        int? Adults = null,
        int? Children = null,
        string? Notes = null
    );

    /// <exception cref="Refusal">403 without bookings.manage; 404 for a property or guest that the actor does not see; 400 listing every
    /// field at fault.</exception>
    public static async Task<Saved<BookingRow>> Run(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsManage);
        if (input.ContactId is not null)
        {
            who.Demand(Permission.ContactsView);
        }

        return await db.Save(
            async () =>
            {
                var property = await db.FindProperty(input.PropertyId, who, cancel) ?? throw Refusal.NotThere("property", input.PropertyId);
                var errors = new ValidationErrors();
                if (input.Source is not (nameof(Platform.Source.WalkIn) or nameof(Platform.Source.Phone)))
                {
                    errors.Add("source", "OneOf", "WalkIn, Phone");
                }

                if (input.Total is null)
                {
                    errors.Add("total", "Required");
                }

                var guest = input.ContactId is { } known ? await Known(known, who, db, cancel) : Typed(input, property, errors);
                var incoming = Incoming.Read(
                    new(
                        property.Id,
                        input.Source,
                        input.Status,
                        input.Arrival,
                        input.Departure,
                        new(input.Total ?? 0, property.Currency),
                        guest,
                        RoomType: input.RoomType,
                        Adults: input.Adults,
                        Children: input.Children,
                        Notes: input.Notes
                    ),
                    db.Now,
                    errors
                );
                return await ReceiveBooking.Take(property.Id, incoming, who, db, cancel, input.ContactId);
            },
            cancel,
            SettingsLock.Shared(who.OrganizationId)
        );
    }

    private static async Task<ReceiveBooking.GuestInput> Known(Guid contactId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var contact =
            await db.Contacts.AsNoTracking().VisibleTo(who, db.ContactsAtProperty).SingleOrDefaultAsync(c => c.Id == contactId, cancel)
            ?? throw Refusal.NotThere("contact", contactId);
        return new(contact.Name, contact.Phone, contact.Email);
    }

    private static ReceiveBooking.GuestInput Typed(Input input, Property property, ValidationErrors errors)
    {
        // Incoming.Read checks lengths and characters. This checks only phones and e-mails that cannot be used.
        var (phone, _) = Text.Clean(Text.OneLine(input.Phone));
        if (phone is { Length: <= Contact.PhoneMax })
        {
            TypedIdentity.ReadPhone("guest.phone", phone, property.Country, errors);
        }

        var (email, _) = Text.Clean(input.Email);
        if (email is { Length: <= Contact.EmailMax })
        {
            TypedIdentity.ReadEmail("guest.email", email, errors);
        }

        if (phone is null && email is null && Text.Clean(Text.OneLine(input.Name)).Value is null)
        {
            errors.Add("guest.name", ErrorText.Of<BookingTexts>("WhoComes"));
        }

        return new(input.Name, input.Phone, input.Email);
    }
}
