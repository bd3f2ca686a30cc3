using System.Globalization;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>
/// A guest books by a property's hosted form: pending until staff confirm. One form, sent once or ten times, is one booking, and never
/// changes it again.
/// </summary>
public static class BookOnline
{
    public const int MostNights = 365;
    public const int MostNotes = 2000;
    private const int MostPeople = 99;

    /// <param name="FormId">The form that was sent: the booking's outside key.</param>
    /// <param name="Arrival">YYYY-MM-DD, today or later where the property is.</param>
    /// <param name="Departure">YYYY-MM-DD, after arrival.</param>
    /// <param name="Price">What was agreed, in the property's currency; 0 where left out.</param>
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
        decimal? Price = null,
        string? Notes = null
    );

    /// <param name="who">Acts for the form, at its property alone.</param>
    /// <exception cref="Refusal">404 for a property that is not there; 400 listing every field at fault.</exception>
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
                        new(input.Price ?? 0, property.Currency),
                        new(input.Name, input.Phone, input.Email),
                        key,
                        Reference(input.FormId),
                        RoomType: input.RoomType,
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

    /// <summary>What a stranger may not say though a channel may; limits and characters are the door's to check.</summary>
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

        if (Text.Clean(input.Phone).Value is { Length: <= Contact.PhoneMax } phone)
        {
            TypedIdentity.ReadPhone("guest.phone", phone, property.Country, errors);
        }

        if (Day(input.Arrival) is { } arrival)
        {
            Refuse("arrival", arrival < today, "ArrivalPast");
            Refuse("arrival", arrival > today.AddYears(2), "TooFar");
            if (Day(input.Departure) is { } departure)
            {
                Refuse("departure", departure == arrival, "DepartureAfter");
                Refuse("departure", departure.DayNumber - arrival.DayNumber > MostNights, "TooLong", MostNights);
            }
        }

        Refuse("total.amount", input.Price < 0, "NoPrice");
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

    private static DateOnly? Day(string? raw) =>
        DateOnly.TryParseExact(raw, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    // Short enough to say on the phone, without letters that look like figures; the end of the id is random.
    private static string Reference(Guid form)
    {
        const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
        return "W-" + string.Concat(form.ToByteArray(true)[8..].Select(b => Letters[b % Letters.Length]));
    }
}
