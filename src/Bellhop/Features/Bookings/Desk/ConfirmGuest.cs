using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>
/// Staff confirm the guest's fields that were typed into the public booking form. Confirmed fields become part of the contact.
/// </summary>
public static class ConfirmGuest
{
    /// <param name="Fields">Any of <c>name</c>, <c>phone</c> and <c>email</c>. Fields that are not claimed (any more) are ignored.</param>
    public sealed record Input(IReadOnlyList<string> Fields);

    /// <param name="Attached">The fields that the contact has now: its name, or a phone or e-mail that leads to it.</param>
    /// <param name="Pair">Another contact that the phone or e-mail leads to, or led to by a claim. The two are listed as likely duplicates.
    /// Null when there is none.</param>
    public sealed record Result(IReadOnlyList<string> Attached, Other? Pair);

    /// <param name="ContactId">Null when the actor does not see this contact.</param>
    public sealed record Other(Guid? ContactId);

    /// <exception cref="Refusal">403 without bookings.manage and contacts.edit; 400 for an unknown field; 404; 409 <c>no-guest</c> for a
    /// booking without a contact.</exception>
    public static async Task<Answered<Result>> Run(Guid id, Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsManage);
        who.Demand(Permission.ContactsEdit);
        var errors = new ValidationErrors();
        if (input.Fields.Count == 0)
        {
            errors.Add("fields", "Required");
        }

        if (input.Fields.Any(f => !ClaimedField.All.Contains(f, StringComparer.Ordinal)))
        {
            errors.Add("fields", "OneOf", string.Join(", ", ClaimedField.All));
        }

        errors.Refuse();
        return await db.Save(
            async () =>
            {
                var booking = await GetBooking.ForChange(id, who, db, cancel);
                if (
                    booking.ContactId is not { } guest
                    || await ResolveContact.ForChange(db, who.OrganizationId, guest, cancel) is not { } contact
                )
                {
                    throw Refusal.Conflict("no-guest", ErrorText.Of<BookingTexts>("NoGuest"));
                }

                var claimed = ClaimedField.Read(booking.Claimed);
                var wanted = claimed.Intersect(input.Fields, StringComparer.Ordinal).ToList();
                var result = wanted.Count == 0 ? new(wanted, null) : await Confirm(booking, wanted, contact, who, db, cancel);
                return new Answered<Result>(result, ContactId: contact.Id);
            },
            cancel,
            SettingsLock.Shared(who.OrganizationId)
        );
    }

    private static async Task<Result> Confirm(
        Booking booking,
        IReadOnlyList<string> wanted,
        Contact contact,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        // A usable phone is stored as E.164; the e-mail is stored as it was received.
        var guest = new ResolveContact.Given(
            Kept(ClaimedField.Name, booking.GuestName),
            Kept(ClaimedField.Phone, booking.GuestPhone),
            Kept(ClaimedField.Phone, booking.GuestPhone) is { } phone ? Phone.Parse(phone, null) : null,
            Kept(ClaimedField.Email, booking.GuestEmail),
            Email.Parse(Kept(ClaimedField.Email, booking.GuestEmail))
        );
        var (byPhone, byEmail) = await ResolveContact.FillBlanks(contact, guest, who, db, cancel);
        booking.Claimed = ClaimedField.Write(ClaimedField.Read(booking.Claimed).Except(wanted, StringComparer.Ordinal));
        booking.UpdatedAt = db.Now.After(booking.UpdatedAt);
        db.Concerns(db.Happened(who, "booking.guestConfirmed", "booking", booking.Id, wanted), contact.Id, booking.PropertyId);
        await db.Flush(cancel);

        var attached = wanted.Where(field =>
            field switch
            {
                ClaimedField.Name => contact.Name == booking.GuestName,
                ClaimedField.Phone => byPhone is { IsAttached: true },
                _ => byEmail is { IsAttached: true },
            }
        );
        return new([.. attached], await Pair(byPhone?.Other ?? byEmail?.Other, who, db, cancel));

        string? Kept(string field, string? value) => wanted.Contains(field, StringComparer.Ordinal) ? value : null;
    }

    internal static async Task<Other?> Pair(Guid? other, Actor who, BellhopDb db, CancellationToken cancel) =>
        other is not { } id
            ? null
            : new(await db.Contacts.VisibleTo(who, db.ContactsAtProperty).AnyAsync(c => c.Id == id, cancel) ? id : null);
}
