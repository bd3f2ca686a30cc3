using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>
/// A guest books with a property's hosted form. The booking is pending until staff confirm it. Sending the same form again makes no second
/// booking and changes nothing.
/// </summary>
public static class BookOnline
{
    public const int MostNights = 365;
    public const int MostNotes = 2000;
    private const int MostPeople = 99;

    /// <param name="FormId">The id of the sent form. It becomes the booking's outside key.</param>
    /// <param name="Arrival">YYYY-MM-DD, today or later in the property's zone.</param>
    /// <param name="Departure">YYYY-MM-DD, after arrival.</param>
    /// <param name="Price">The agreed price in the property's currency, as it was typed; 0 when left out.</param>
    public sealed record Input(
        Guid FormId,
        string? Name,
        string? Email,
        string? Phone,
        string? Arrival,
        string? Departure,
        string? RoomType = null,
        int? Adults = null,
        int? Children = null,
        string? Price = null,
        string? Notes = null
    );

    /// <param name="who">The form's actor, limited to this property.</param>
    /// <exception cref="Refusal">404 for a property that does not exist; 400 listing every field at fault.</exception>
    public static async Task<BookingRow> Run(Guid propertyId, Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsManage);
        return await db.Save(
            async () =>
            {
                var property = await db.FindProperty(propertyId, who, cancel) ?? throw Refusal.NotThere("property", propertyId);
                var key = $"form-{input.FormId:N}";
                if (
                    await db
                        .Bookings.AsNoTracking()
                        .VisibleTo(who)
                        .SingleOrDefaultAsync(
                            b => b.PropertyId == propertyId && b.Source == Source.Website && b.ExternalId == key,
                            cancel
                        ) is
                    { } sent
                )
                {
                    return BookingRow.Of(sent, property.Name);
                }

                var incoming = Incoming.Read(
                    new(
                        propertyId,
                        nameof(Source.Website),
                        nameof(BookingStatus.Pending),
                        input.Arrival ?? "",
                        input.Departure ?? "",
                        new(WrittenAmount.Read(input.Price) ?? 0, property.Currency),
                        new(input.Name, input.Phone, input.Email),
                        key,
                        Reference(input.FormId),
                        RoomType: Text.OneLine(input.RoomType),
                        Adults: input.Adults,
                        Children: input.Children,
                        Notes: input.Notes
                    ),
                    db.Now,
                    Check(input, property, db.Now.DayIn(property.Zone))
                );
                return (await ReceiveBooking.Take(propertyId, incoming, who, db, cancel, claimed: true)).Value;
            },
            cancel,
            SettingsLock.Shared(who.OrganizationId)
        );
    }

    /// <summary>Checks for the public form only: channels may send these values. Incoming.Read checks lengths and characters.</summary>
    private static ValidationErrors Check(Input input, Property property, DateOnly today)
    {
        var errors = new ValidationErrors();
        if (Text.Clean(Text.OneLine(input.Name)).Value is null)
        {
            errors.Add("guest.name", "Required");
        }

        var (email, _) = Text.Clean(input.Email);
        if (email is null)
        {
            errors.Add("guest.email", "Required");
        }
        else if (email.Length <= Contact.EmailMax)
        {
            TypedIdentity.ReadEmail("guest.email", email, errors);
        }

        if (Text.Clean(Text.OneLine(input.Phone)).Value is { Length: <= Contact.PhoneMax } phone)
        {
            TypedIdentity.ReadPhone("guest.phone", phone, property.Country, errors);
        }

        if (Clock.ReadDay(input.Arrival) is { } arrival)
        {
            Refuse("arrival", arrival < today, "ArrivalPast");
            Refuse("arrival", arrival > today.AddYears(2), "TooFar");
            if (Clock.ReadDay(input.Departure) is { } departure)
            {
                Refuse("departure", departure == arrival, "DepartureAfter");
                Refuse("departure", departure.DayNumber - arrival.DayNumber > MostNights, "TooLong", MostNights);
            }
        }

        if (!string.IsNullOrWhiteSpace(input.Price))
        {
            var price = WrittenAmount.Read(input.Price);
            Refuse("total.amount", price < 0, "NoPrice");
            Refuse("total.amount", price is null, "PriceUnread");
        }

        errors.Range("adults", input.Adults, 1, MostPeople);
        errors.Range("children", input.Children, 0, MostPeople);
        if (input.Notes?.Length > MostNotes)
        {
            errors.Add("notes", "TooLong", MostNotes);
        }

        return errors;

        void Refuse(string field, bool wrong, string text, params object[] args)
        {
            if (wrong)
            {
                errors.Add(field, ErrorText.Of<BookingTexts>(text, args));
            }
        }
    }

    // Short enough to read out on the phone, and without letters that look like digits. The last 8 bytes of the id are random.
    private static string Reference(Guid form)
    {
        const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
        return "W-" + string.Concat(form.ToByteArray(true)[8..].Select(b => Letters[b % Letters.Length]));
    }
}
