using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.RealAddresses;

/// <summary>
/// The guest of a booking gives the real address on a tablet at the desk. Staff are signed in there and saw who typed it: it is proven.
/// </summary>
public static class SaveAddress
{
    /// <param name="Email">The guest's own address; one of a booking site is refused.</param>
    public sealed record Input(string Email);

    /// <exception cref="Refusal">403 without bookings.manage and contacts.edit; 400 for an address that leads to nobody; 404; 409
    /// <c>no-guest</c> for a booking without a contact.</exception>
    public static async Task<Answered<ConfirmGuest.Result>> Run(Guid id, Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsManage);
        who.Demand(Permission.ContactsEdit);
        var (typed, email) = Read(input.Email);
        return await db.Save(
            async () =>
            {
                var booking = await GetBooking.ForChange(id, who, db, cancel);
                var contact =
                    await GuestOf(booking, who.OrganizationId, db, cancel)
                    ?? throw Refusal.Conflict("no-guest", ErrorText.Of<BookingTexts>("NoGuest"));
                contact.TakenOff = TakenOff.Remove(contact.TakenOff, contact.Id, IdentityKind.Email, email.Address);
                var attached = await Learn(booking, contact, typed, email, who, db, cancel);
                var result = new ConfirmGuest.Result(
                    attached.IsAttached ? [ClaimedField.Email] : [],
                    await ConfirmGuest.Pair(attached.Other, who, db, cancel)
                );
                return new Answered<ConfirmGuest.Result>(result, ContactId: contact.Id);
            },
            cancel
        );
    }

    /// <exception cref="Refusal">400 for an address that is none, a booking site's or a made-up one.</exception>
    internal static (string Typed, Email Email) Read(string? given)
    {
        var errors = new ValidationErrors();
        var typed = errors.Text("email", given, Contact.EmailMax, required: true);
        var email = typed is null ? null : TypedIdentity.ReadEmail("email", typed, errors);
        errors.Refuse();
        return (typed!, email!);
    }

    /// <summary>The booking's guest, held until the save ends; null where there is none.</summary>
    internal static async Task<Contact?> GuestOf(Booking booking, int organizationId, BellhopDb db, CancellationToken cancel) =>
        booking.ContactId is { } id ? await ResolveContact.ForChange(db, organizationId, id, cancel) : null;

    /// <summary>
    /// The contact learns a proven address, and every question for it ends. If it leads to another contact, the two are listed as a likely
    /// pair. Call it inside a save.
    /// </summary>
    internal static async Task<ResolveContact.Attachment> Learn(
        Booking booking,
        Contact contact,
        string typed,
        Email email,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var given = new ResolveContact.Given(null, EmailAsGiven: typed, Email: email);
        var (_, attached) = await ResolveContact.FillBlanks(contact, given, who, db, cancel);
        db.Concerns(db.Happened(who, "booking.addressGiven", "booking", booking.Id, "email"), contact.Id, booking.PropertyId);
        var asks = await db
            .AddressAsks.Where(a => a.OrganizationId == who.OrganizationId && a.BookingId == booking.Id && a.UsedAt == null)
            .ToListAsync(cancel);
        asks.ForEach(a => a.UsedAt = db.Now);
        return attached ?? default;
    }
}
